import { afterDelivery, type DeliveryNews } from '../../interview/message-state.ts';
import type { Delivery, InboundStatus } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { JobPayloads, LeaveJob } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { outgoingOf } from '../store/messages.ts';
import type { Store, Writer } from '../store/store.ts';
import type { DeliveriesTable, MessagesTable } from '../store/tables.ts';

/** A message that keeps being refused for its window is not offered for ever. */
const MOST_WINDOW_MISTAKES = 3;

/** Brings the books up to date with what WhatsApp reports. Late, doubled and disordered statuses end the same. */
export function createRecordDeliveries(it: {
  store: Store;
  leave: LeaveJob;
  events: Events;
  now: () => number;
}): (job: JobPayloads['record-deliveries']) => Promise<JobOutcome> {
  const { store, leave, events, now } = it;

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
        ...(failedNow
          ? { reason: status.failure?.sentence ?? null, failure_code: status.failure?.code ?? null }
          : {}),
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
    if (failedNow) await afterFailure(tx, message, status);
  }

  async function afterFailure(tx: Writer, message: MessagesTable, status: StatusNews): Promise<void> {
    const { failure } = status;
    tx.afterCommit(() =>
      events.messageSettled({
        messageId: message.id,
        learnerId: message.learner_id,
        kind: message.kind,
        outcome: 'failed',
        reason: failure?.sentence ?? null,
      }),
    );
    if (failure?.class === 'operator') {
      tx.afterCommit(() => events.operatorNeeded({ about: 'sending', sentence: failure.sentence }));
    }
    if (failure?.class === 'template') await sendAsTemplate(tx, message);
  }

  /** The window was closed after all: the same message goes out again as a template, if it has one. */
  async function sendAsTemplate(tx: Writer, message: MessagesTable): Promise<void> {
    await tx.q
      .updateTable('learners')
      .set({ last_inbound_at: null })
      .where('id', '=', message.learner_id)
      .execute();
    const { whole, teaser } = outgoingOf(tx, message);
    if ((whole === null && teaser === null) || message.attempts >= MOST_WINDOW_MISTAKES) return;
    await tx.q
      .updateTable('messages')
      .set({ state: 'planned', channel_id: null, settled_at: null })
      .where('id', '=', message.id)
      .execute();
    await leave(tx, 'send-message', { messageId: message.id }, { key: message.id, runAt: now() });
  }
}

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
