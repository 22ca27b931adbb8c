/**
 * The life of a message. It only moves up; `failed` is revised when a delivery arrives after all (another device).
 * `sending` is written before the call: a message found there after a crash may or may not have been sent.
 * `suppressed`: overtaken by STOP, by an erasure or by a newer question. `expired`: nobody needs it any more.
 */
export const MESSAGE_STATES = [
  'planned',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'read',
  'failed',
  'expired',
  'suppressed',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** What the channel reports about a message it took over. */
export type DeliveryNews = 'sent' | 'delivered' | 'read' | 'failed';

/** The state after the news. Statuses come late, twice and out of order; an older one changes nothing. */
export function afterDelivery(state: MessageState, news: DeliveryNews): MessageState {
  switch (news) {
    case 'sent':
      return isBelow(state, 'sent') ? 'sent' : state;
    case 'delivered':
      return isBelow(state, 'delivered') ? 'delivered' : state;
    case 'read':
      return isBelow(state, 'read') ? 'read' : state;
    // A message that reached the phone has not failed, whatever a late status says.
    case 'failed':
      return isBelow(state, 'delivered') ? 'failed' : state;
    default: {
      const impossible: never = news;
      throw new Error(`Unknown delivery: ${String(impossible)}`);
    }
  }
}

/**
 * `failed` is below what a phone reports: that decides. `suppressed` and `expired` stay below everything: if Meta
 * reports a delivery, the message did go out, and the books must say so.
 */
const RANK: Readonly<Record<MessageState, number>> = {
  planned: 0,
  suppressed: 0,
  expired: 0,
  sending: 1,
  accepted: 2,
  sent: 3,
  failed: 4,
  delivered: 5,
  read: 6,
};

function isBelow(state: MessageState, other: MessageState): boolean {
  return RANK[state] < RANK[other];
}
