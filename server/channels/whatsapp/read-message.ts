import type { InboundMessage } from '../channel.ts';
import { heardIn } from './heard-in-message.ts';
import { senderOf } from './identifiers.ts';
import { IGNORED, type ItemReading, misshapen, unreadable } from './item-reading.ts';
import { type Contact, messageSchema, type WireMessage } from './webhook-schema.ts';

/** One item of `messages[]`. */
export function readMessage(item: unknown, contacts: readonly Contact[]): ItemReading<InboundMessage> {
  const parsed = messageSchema.safeParse(item);
  if (!parsed.success) return misshapen(parsed.error);
  const message = parsed.data;
  if (message.group_id) return IGNORED;
  const heard = heardIn(message);
  if (heard.kind !== 'read') return heard;
  const sender = senderOfMessage(message, contacts);
  if (sender.phone === null && sender.bsuid === null)
    return unreadable('the sender has neither a number nor an id');
  return {
    kind: 'read',
    value: {
      channelId: message.id,
      sender,
      sentAt: message.timestamp,
      about: message.context?.id ?? null,
      heard: heard.value,
    },
  };
}

function senderOfMessage(message: WireMessage, contacts: readonly Contact[]): InboundMessage['sender'] {
  // Somebody who moved is sought by the addresses we know, the old ones; a contact would bring in the new ones.
  if (message.type === 'system') {
    const { previous_user_id, previous_parent_user_id } = message.system ?? {};
    return senderOf([previous_user_id, previous_parent_user_id, ...namesOf(message)], []);
  }
  return senderOf(namesOf(message), contacts);
}

/** The id within a group of businesses stands in where there is no other. */
function namesOf({ from_user_id, from_parent_user_id, from }: WireMessage) {
  return [from_user_id, from_parent_user_id, from];
}
