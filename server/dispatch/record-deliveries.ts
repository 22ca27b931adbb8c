import { afterDelivery, type DeliveryNews } from '../../interview/message-state.ts';
import { backInReach } from '../../interview/reachability.ts';
import type { Service } from '../../interview/scene.ts';
import type { Bank } from '../bank.ts';
import type { Delivery, Failure, InboundStatus } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { JobPayloads, LeaveJob } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { factOf } from '../store/account-facts.ts';
import { countBilled, FREE_SERVICE, FREE_SERVICE_MESSAGES } from '../store/billed-messages.ts';
import type { CommitTurn } from '../store/commit-turn.ts';
import { lockMessage } from '../store/lock-learner.ts';
import { priorityOf } from '../store/messages.ts';
import { sceneOf } from '../store/scene-of.ts';
import { probeSucceeded } from '../store/stoppages.ts';
import type { Store, Writer } from '../store/store.ts';
import type { DeliveriesTable, MessagesTable } from '../store/tables.ts';
import { raiseTrouble } from '../store/troubles.ts';
import { forgetUndeliverable } from '../store/undeliverable-days.ts';
import { createAfterRefusal } from './after-refusal.ts';
import type { SendingPace } from './pace.ts';

const DAYS = 24 * 60 * 60 * 1000;

/** Early enough to add a payment method before messages stop arriving. */
const WARN_OF_FREE_SERVICE_AT = 0.8 * FREE_SERVICE_MESSAGES;

/** Brings the books up to date with what WhatsApp reports. Late, doubled and disordered statuses end the same. */
export function createRecordDeliveries(it: {
  store: Store;
  leave: LeaveJob;
  commitTurn: CommitTurn;
  bank: Bank;
  service: Service;
  events: Events;
  pace: SendingPace;
  now: () => number;
  luck: () => number;
}): (job: JobPayloads['record-deliveries']) => Promise<JobOutcome> {
  const { store, leave, commitTurn, bank, service, events, now } = it;
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
    const found = await messageOf(tx, delivery, status);
    const message = found === undefined ? undefined : await lockMessage(tx, found.id);
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
    if (!concerns(message, delivery, news)) return;
    const state = afterDelivery(message.state, news);
    const price = {
      type: message.price_type ?? status.price?.type ?? null,
      category: message.price_category ?? status.price?.category ?? null,
    };
    await tx.q
      .updateTable('messages')
      .set({
        state,
        channel_id:
          message.state === 'sending' ? delivery.channel_id : (message.channel_id ?? delivery.channel_id),
        price_type: price.type,
        price_category: price.category,
        ...(state === message.state ? {} : { settled_at: delivery.at, held_for: null }),
        // It has not failed after all, so nothing of a failure is left to be read.
        ...(hasArrived(state) ? { reason: null, failure_code: null } : {}),
      })
      .where('id', '=', message.id)
      .execute();
    const messageId = message.id;
    tx.afterCommit(() => events.messageDelivered({ messageId, delivery: status.delivery }));
    if (!isBillable(message.state, message.price_category) && isBillable(state, price.category))
      await bill(tx, message, price);
    if (news !== 'failed') await gotThrough(tx, message, news);
    if (state === 'failed' && message.state !== 'failed') await refused(tx, message, status);
  }

  async function refused(tx: Writer, message: MessagesTable, status: StatusNews): Promise<void> {
    const failure = status.failure ?? NO_REASON_GIVEN;
    const next = await afterRefusal(tx, { row: message, failure, from: ['failed'], seenIn: 'status' });
    if (next.kind !== 'again') return;
    await leave(
      tx,
      'send-message',
      { messageId: message.id },
      { key: message.id, runAt: next.at, priority: priorityOf(message.kind) },
    );
  }

  /** It left Meta, so sending works; and once it is on a phone, that phone can be reached. */
  async function gotThrough(tx: Writer, message: MessagesTable, news: DeliveryNews): Promise<void> {
    await probeSucceeded(tx, { messageId: message.id, seenIn: 'status', leave });
    if (news === 'sent') return;
    await forgetUndeliverable(tx, message.learner_id);
    const learner = await tx.q
      .selectFrom('learners')
      .select('unreachable_since')
      .where('id', '=', message.learner_id)
      .executeTakeFirst();
    if (learner === undefined || learner.unreachable_since === null) return;
    const about = { learnerId: message.learner_id, now: now(), service, bank, heardNow: null };
    const scene = await sceneOf(tx, about);
    if (scene !== null) await commitTurn(tx, scene, backInReach(scene), null);
  }

  async function bill(
    tx: Writer,
    message: MessagesTable,
    price: { type: string | null; category: string | null },
  ): Promise<void> {
    const type = price.type ?? 'regular';
    const category = price.category ?? 'unknown';
    const sentAt = message.sending_at ?? message.planned_at;
    const { month, count } = await countBilled(tx, { sentAt, type, category });
    tx.afterCommit(() => events.messageBilled({ messageId: message.id, type, category }));
    if (type !== FREE_SERVICE.type || category !== FREE_SERVICE.category) return;
    if (count < WARN_OF_FREE_SERVICE_AT || (await factOf(tx, 'payment_method')) !== 'missing') return;
    const sentence = `Most of the ${FREE_SERVICE_MESSAGES} free messages of ${month} are used up and the account has no payment method: add one in WhatsApp Manager, or replies will stop arriving.`;
    const trouble = { cause: `free-messages:${month}`, about: 'billing', sentence, detail: null };
    await raiseTrouble(tx, events, { ...trouble, endsAt: now() + 31 * DAYS }, now());
  }
}

/**
 * Whether the news are about the sending that counts. A message that was sent twice (the first call left no answer, or
 * failed later) has two ids at WhatsApp: the older one's failure means nothing any more, but if it was delivered after
 * all, the message has arrived and must not go out again.
 */
function concerns(message: MessagesTable, delivery: DeliveriesTable, news: DeliveryNews): boolean {
  if (news === 'delivered' || news === 'read') return true;
  switch (message.state) {
    case 'sending':
      // Its answer may be overtaken by its status; what has the id of an earlier sending is old.
      return message.channel_id !== delivery.channel_id;
    case 'planned':
      // It waits to be sent again: only a call that left no answer can still bring news.
      return message.channel_id === null && news === 'sent';
    default:
      return message.channel_id === null || message.channel_id === delivery.channel_id;
  }
}

/** Meta bills what was delivered, and says the price in some of the statuses only. */
function isBillable(state: MessagesTable['state'], category: string | null): boolean {
  return hasArrived(state) && category !== null;
}

function hasArrived(state: MessagesTable['state']): boolean {
  return state === 'delivered' || state === 'read';
}

const NO_REASON_GIVEN: Failure = {
  class: 'retry',
  reach: 'message',
  mostTries: null,
  code: null,
  sentence: 'WhatsApp reported a failure without a reason: it is tried again by itself.',
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
