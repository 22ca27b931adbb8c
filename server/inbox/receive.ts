import type {
  AccountNews,
  InboundMessage,
  InboundStatus,
  Sender,
  WebhookReading,
} from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { LeaveJob } from '../jobs.ts';
import { recordFact } from '../store/account-facts.ts';
import { learnerAt } from '../store/addresses.ts';
import { identifiersOf, strangerLane } from '../store/identify.ts';
import { openStoppage } from '../store/stoppages.ts';
import { newId, type Store, type Writer } from '../store/store.ts';
import { recordTemplateNews } from '../store/template-states.ts';
import { NEWS_SHOWN_MS, raiseTrouble } from '../store/troubles.ts';
import { currentTrace } from '../trace.ts';

/**
 * Stores everything a notification said, with the jobs that deal with it, in one transaction: when this resolves, it
 * is on disk and the 200 may go. A copy is recognised by the channel's own id and changes nothing.
 */
export function createReceive(it: {
  store: Store;
  leave: LeaveJob;
  events: Events;
  now: () => number;
}): (reading: WebhookReading) => Promise<void> {
  const { store, leave, events, now } = it;

  return (reading) =>
    store.transact(async (tx) => {
      let copies = 0;
      const lanes = new Set<string>();
      for (const message of reading.messages) {
        const lane = await storeMessage(tx, message);
        if (lane === null) copies += 1;
        else lanes.add(lane);
      }
      for (const lane of lanes) await leave(tx, 'hear-lane', { lane }, { key: lane });

      const deliveries: string[] = [];
      for (const status of reading.statuses) {
        const id = await storeStatus(tx, status);
        if (id === null) copies += 1;
        else deliveries.push(id);
      }
      const telling = await tellingOf(tx, deliveries);
      if (telling.length > 0) await leave(tx, 'learn-addresses', { ids: telling });
      if (deliveries.length > 0) await leave(tx, 'record-deliveries', { ids: deliveries });

      for (const news of reading.templates) await recordTemplateNews(tx, { news, leave, events, now: now() });
      for (const news of reading.account) await applyAccountNews(tx, news);
      for (const { why, item } of reading.unreadable) await setAside(tx, why, item);
      tx.afterCommit(() =>
        events.webhookReceived({
          messages: reading.messages.length,
          statuses: reading.statuses.length,
          copies,
          ignored: reading.ignored,
          setAside: reading.unreadable.length,
        }),
      );
    });

  /** The lane it is heard on; null for a copy. */
  async function storeMessage(tx: Writer, message: InboundMessage): Promise<string | null> {
    const id = newId();
    const lane = await laneOf(tx, message.sender);
    const inserted = await tx.q
      .insertInto('inbox')
      .values({
        id,
        channel_id: message.channelId,
        lane,
        sender_sealed: tx.sealer.seal(JSON.stringify(message.sender), 'inbox.sender', id),
        heard_sealed: tx.sealer.seal(JSON.stringify(message.heard), 'inbox.heard', id),
        about_channel_id: message.about,
        sent_at: message.sentAt,
        received_at: now(),
        state: 'unheard',
        failures: 0,
        answer_id: null,
        as_stranger: 0,
        line: null,
        trace: currentTrace() ?? id,
      })
      .onConflict((oc) => oc.column('channel_id').doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 0n ? null : lane;
  }

  async function storeStatus(tx: Writer, status: InboundStatus): Promise<string | null> {
    const id = newId();
    const { delivery, callbackData, failure, price, recipient } = status;
    const tellsNews = await joinsAddresses(tx, recipient);
    const inserted = await tx.q
      .insertInto('deliveries')
      .values({
        id,
        channel_id: status.channelId,
        delivery,
        news: JSON.stringify({ delivery, callbackData, failure, price }),
        at: status.at,
        applied: 0,
        recipient_sealed: tellsNews
          ? tx.sealer.seal(JSON.stringify(recipient), 'deliveries.recipient', id)
          : null,
        received_at: now(),
      })
      .onConflict((oc) => oc.columns(['channel_id', 'delivery']).doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 0n ? null : id;
  }

  async function applyAccountNews(tx: Writer, news: AccountNews): Promise<void> {
    const { field, sentence, key, at } = news;
    if (news.dailyLimit !== null) {
      await recordFact(tx, { fact: 'daily_limit', value: String(news.dailyLimit), at });
    }
    if (news.halts !== null) {
      const failure = { code: null, sentence, detail: null };
      const stoppage = { scope: news.halts, failure, seenIn: 'status', messageId: null } as const;
      await openStoppage(tx, { ...stoppage, events, now: now() });
    }
    if (news.weight === 'note') {
      tx.afterCommit(() => events.accountNews({ field, sentence }));
      return;
    }
    // Nobody takes such news back: they stand on the operator's page for as long as somebody may need to see them.
    const trouble = { cause: `news:${key}`, about: field, sentence, detail: null };
    await raiseTrouble(tx, events, { ...trouble, endsAt: now() + NEWS_SHOWN_MS }, now());
  }

  async function setAside(tx: Writer, why: string, item: unknown): Promise<void> {
    const id = newId();
    await tx.q
      .insertInto('set_aside')
      .values({
        id,
        why,
        item_sealed: tx.sealer.seal(JSON.stringify(item) ?? 'null', 'set_aside.item', id),
        at: now(),
      })
      .execute();
  }
}

/** It names by a number and an id somebody of whom we do not know yet that both are theirs. */
async function joinsAddresses(tx: Writer, { phone, bsuid }: Sender): Promise<boolean> {
  if (phone === null || bsuid === null) return false;
  const rows = await tx.q
    .selectFrom('addresses')
    .select('learner_id')
    .where('value_hash', 'in', [tx.sealer.hash(phone), tx.sealer.hash(bsuid)])
    .execute();
  return rows.length < 2 || rows[0]?.learner_id !== rows[1]?.learner_id;
}

async function tellingOf(tx: Writer, deliveries: readonly string[]): Promise<string[]> {
  if (deliveries.length === 0) return [];
  const rows = await tx.q
    .selectFrom('deliveries')
    .select('id')
    .where('id', 'in', deliveries)
    .where('recipient_sealed', 'is not', null)
    .execute();
  return rows.map((row) => row.id);
}

/** What one person says is heard in order, under our own id or, while we do not know them, under a hash of theirs. */
async function laneOf(tx: Writer, sender: Sender): Promise<string> {
  const ids = identifiersOf(sender);
  return (await learnerAt(tx, ids)) ?? strangerLane(tx, ids[0] ?? 'nobody');
}
