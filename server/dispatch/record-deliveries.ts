import { afterDelivery, type DeliveryNews } from '../../interview/message-state.ts';
import type { Delivery, Failure, InboundStatus } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { JobPayloads, LeaveJob } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import type { Store, Writer } from '../store/store.ts';
import type { DeliveriesTable, MessagesTable } from '../store/tables.ts';
import { createAfterRefusal } from './after-refusal.ts';

/** Brings the books up to date with what WhatsApp reports. Late, doubled and disordered statuses end the same. */
export function createRecordDeliveries(it: {
  store: Store;
  leave: LeaveJob;
  events: Events;
  now: () => number;
  luck: () => number;
}): (job: JobPayloads['record-deliveries']) => Promise<JobOutcome> {
  const { store, leave, events } = it;
  const afterRefusal = createAfterRefusal(it);

  return async ({ ids }) => {
    for (const id of ids) await store.transact((tx) => record(tx, id));
    return done;
  };

  async function record(tx: Writer, deliveryId: string): Promise<void> {
    const delivery = await tx.q
      .selectFrom('deliveries')
      .selectAll()
      .where('id', '=', deliveryId)
      .where('applied', '=', 0)
      .executeTakeFirst();
    if (delivery === undefined) return;
    await tx.q.updateTable('deliveries').set({ applied: 1 }).where('id', '=', deliveryId).execute();
    const status = JSON.parse(delivery.news) as StatusNews;
    const message = await messageOf(tx, delivery, status);
    // Not ours (another program on the same number), or erased meanwhile.
    if (message === undefined) return;
    await apply(tx, message, delivery, status);
  }

  async function apply(
    tx: Writer,
    message: MessagesTable,
    delivery: DeliveriesTable,
    status: StatusNews,
  ): Promise<void> {
    const news = newsOf(status.delivery);
    if (isAboutAbandonedSend(message, delivery, news)) return;
    const state = afterDelivery(message.state, news);
    const failedNow = state === 'failed' && message.state !== 'failed';
    await tx.q
      .updateTable('messages')
      .set({
        state,
        channel_id: message.channel_id ?? delivery.channel_id,
        price_type: message.price_type ?? status.price?.type ?? null,
        price_category: message.price_category ?? status.price?.category ?? null,
        settled_at: state === message.state ? message.settled_at : delivery.at,
      })
      .where('id', '=', message.id)
      .execute();
    tx.afterCommit(() =>
      events.messageDelivered({
        messageId: message.id,
        delivery: status.delivery,
        priceType: status.price?.type ?? null,
        priceCategory: status.price?.category ?? null,
      }),
    );
    if (!failedNow) return;
    const next = await afterRefusal(tx, message, status.failure ?? NO_REASON_GIVEN, ['failed']);
    if (next.kind === 'again') {
      await leave(tx, 'send-message', { messageId: message.id }, { key: message.id, runAt: next.at });
    }
  }
}

/** A message that is tried again keeps the id of its first sending until the next is accepted: old news of it are stale. */
function isAboutAbandonedSend(
  message: MessagesTable,
  delivery: DeliveriesTable,
  news: DeliveryNews,
): boolean {
  const waitsAgain = message.state === 'planned' || message.state === 'sending';
  // But if it was delivered after all, it must not go out a second time.
  const arrived = news === 'delivered' || news === 'read';
  return waitsAgain && message.channel_id === delivery.channel_id && !arrived;
}

const NO_REASON_GIVEN: Failure = {
  class: 'retry',
  reach: 'message',
  mostTries: null,
  code: null,
  sentence: 'WhatsApp reported a failure without a reason; it is tried again by itself.',
  detail: null,
};

/** What is kept of a status between its receipt and its record. Nothing personal: it is stored as it is. */
export type StatusNews = Pick<InboundStatus, 'delivery' | 'callbackData' | 'failure' | 'price'>;

async function messageOf(
  tx: Writer,
  delivery: DeliveriesTable,
  status: StatusNews,
): Promise<MessagesTable | undefined> {
  const byOurId =
    status.callbackData === null
      ? undefined
      : await tx.q
          .selectFrom('messages')
          .selectAll()
          .where('id', '=', status.callbackData)
          .executeTakeFirst();
  return (
    byOurId ??
    (await tx.q
      .selectFrom('messages')
      .selectAll()
      .where('channel_id', '=', delivery.channel_id)
      .executeTakeFirst())
  );
}

function newsOf(delivery: Delivery): DeliveryNews {
  // `played` says of a voice message what `read` says of a text.
  return delivery === 'played' ? 'read' : delivery;
}
