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
import { holdersOf } from '../store/addresses.ts';
import { identifiersOf, strangerLane } from '../store/identify.ts';
import { openStoppage } from '../store/stoppages.ts';
import { newId, type Store, type Writer } from '../store/store.ts';
import type { DeliveriesTable, InboxTable } from '../store/tables.ts';
import { recordTemplateNews } from '../store/template-states.ts';
import { NEWS_SHOWN_MS, raiseTrouble } from '../store/troubles.ts';
import { DatabaseUnavailable } from '../store/unavailable.ts';
import { currentTrace, withTrace } from '../trace.ts';
import { inGroups } from './in-groups.ts';

/**
 * Stores everything a notification said, with the jobs that deal with it, in one transaction: when this resolves, it
 * is on disk and the 200 may go. A copy is recognised by the channel's own id and changes nothing. Notifications that
 * come while others are being stored are stored together: a transaction of its own for each would be the limit.
 */
export function createReceive(it: {
  store: Store;
  leave: LeaveJob;
  events: Events;
  now: () => number;
}): (reading: WebhookReading) => Promise<void> {
  const { store, leave, events, now } = it;
  const storeSoon = inGroups<Arrival>({
    doTogether: (arrivals) => store.transact((tx) => storeAll(tx, arrivals)),
    groupsAtOnce: GROUPS_AT_ONCE,
    mostInGroup: MOST_IN_GROUP,
    failsAll: (error) => error instanceof DatabaseUnavailable,
  });

  // The group is stored in the trace of whoever came first, so each brings its own.
  return (reading) => storeSoon({ reading, trace: currentTrace() ?? newId() });

  async function storeAll(tx: Writer, arrivals: readonly Arrival[]): Promise<void> {
    const holders = await holdersOf(tx, arrivals.flatMap(identifiersIn));
    const messages = arrivals.flatMap((arrival) =>
      arrival.reading.messages.map((message) => rowOfMessage(tx, arrival, message, holders)),
    );
    const statuses = arrivals.flatMap((arrival) =>
      arrival.reading.statuses.map((status) => rowOfStatus(tx, arrival, status, holders)),
    );
    const newMessages = await insertMessages(tx, messages);
    const newStatuses = await insertStatuses(tx, statuses);
    for (const arrival of arrivals) {
      await withTrace(arrival.trace, () =>
        follow(tx, arrival, {
          messages: newMessages.filter((it) => it.arrival === arrival),
          statuses: newStatuses.filter((it) => it.arrival === arrival),
        }),
      );
    }
  }

  /** The jobs for what is new, and what else the notification said. */
  async function follow(
    tx: Writer,
    { reading }: Arrival,
    fresh: { messages: readonly MessageRow[]; statuses: readonly StatusRow[] },
  ): Promise<void> {
    const lanes = new Set(fresh.messages.map(({ row }) => row.lane));
    for (const lane of lanes) await leave(tx, 'hear-lane', { lane }, { key: lane });
    const telling = fresh.statuses
      .filter(({ row }) => row.recipient_sealed !== null)
      .map(({ row }) => row.id);
    if (telling.length > 0) await leave(tx, 'learn-addresses', { ids: telling });
    const deliveries = fresh.statuses.map(({ row }) => row.id);
    if (deliveries.length > 0) await leave(tx, 'record-deliveries', { ids: deliveries });

    for (const news of reading.templates) await recordTemplateNews(tx, { news, leave, events, now: now() });
    for (const news of reading.account) await applyAccountNews(tx, news);
    for (const { why, item } of reading.unreadable) await setAside(tx, why, item);
    const heard = reading.messages.length + reading.statuses.length;
    tx.afterCommit(() =>
      events.webhookReceived({
        messages: reading.messages.length,
        statuses: reading.statuses.length,
        copies: heard - fresh.messages.length - fresh.statuses.length,
        ignored: reading.ignored,
        setAside: reading.unreadable.length,
      }),
    );
  }

  function rowOfMessage(tx: Writer, arrival: Arrival, message: InboundMessage, holders: Holders): MessageRow {
    const id = newId();
    return {
      arrival,
      row: {
        id,
        channel_id: message.channelId,
        lane: laneOf(tx, message.sender, holders),
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
        trace: arrival.trace,
      },
    };
  }

  function rowOfStatus(tx: Writer, arrival: Arrival, status: InboundStatus, holders: Holders): StatusRow {
    const id = newId();
    const { delivery, callbackData, failure, price, recipient } = status;
    return {
      arrival,
      row: {
        id,
        channel_id: status.channelId,
        delivery,
        news: JSON.stringify({ delivery, callbackData, failure, price }),
        at: status.at,
        applied: 0,
        recipient_sealed: joinsAddresses(recipient, holders)
          ? tx.sealer.seal(JSON.stringify(recipient), 'deliveries.recipient', id)
          : null,
        received_at: now(),
      },
    };
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

type Arrival = { readonly reading: WebhookReading; readonly trace: string };
type MessageRow = { readonly arrival: Arrival; readonly row: InboxTable };
type StatusRow = { readonly arrival: Arrival; readonly row: DeliveriesTable };
/** The learner behind each identifier that is known. */
type Holders = ReadonlyMap<string, string>;

/** One fills while the other waits for the disk. */
const GROUPS_AT_ONCE = 2;
const MOST_IN_GROUP = 64;
/** A notification may bring thousands; a statement takes so many parameters and no more. */
const ROWS_PER_STATEMENT = 200;

function identifiersIn({ reading }: Arrival): string[] {
  return [
    ...reading.messages.flatMap(({ sender }) => identifiersOf(sender)),
    ...reading.statuses.flatMap(({ recipient: { phone, bsuid } }) =>
      phone === null || bsuid === null ? [] : [phone, bsuid],
    ),
  ];
}

/** What one person says is heard in order, under our own id or, while we do not know them, under a hash of theirs. */
function laneOf(tx: Writer, sender: Sender, holders: Holders): string {
  const ids = identifiersOf(sender);
  const known = ids.find((id) => holders.has(id)) ?? '';
  return holders.get(known) ?? strangerLane(tx, ids[0] ?? 'nobody');
}

/** It names by a number and an id somebody of whom we do not know yet that both are theirs. */
function joinsAddresses({ phone, bsuid }: Sender, holders: Holders): boolean {
  if (phone === null || bsuid === null) return false;
  const holder = holders.get(phone);
  return holder === undefined || holder !== holders.get(bsuid);
}

/** Answers with those that are no copies. */
async function insertMessages(tx: Writer, messages: readonly MessageRow[]): Promise<MessageRow[]> {
  const inserted = new Set<string>();
  for (const rows of inKeyOrder(messages)) {
    const fresh = await tx.q
      .insertInto('inbox')
      .values(rows)
      .onConflict((oc) => oc.column('channel_id').doNothing())
      .returning('id')
      .execute();
    for (const { id } of fresh) inserted.add(id);
  }
  return messages.filter(({ row }) => inserted.has(row.id));
}

async function insertStatuses(tx: Writer, statuses: readonly StatusRow[]): Promise<StatusRow[]> {
  const inserted = new Set<string>();
  for (const rows of inKeyOrder(statuses)) {
    const fresh = await tx.q
      .insertInto('deliveries')
      .values(rows)
      .onConflict((oc) => oc.columns(['channel_id', 'delivery']).doNothing())
      .returning('id')
      .execute();
    for (const { id } of fresh) inserted.add(id);
  }
  return statuses.filter(({ row }) => inserted.has(row.id));
}

/** Copies may be stored at the same moment by another process: in one order they do not wait for one another in a ring. */
function* inKeyOrder<Row extends { channel_id: string }>(its: readonly { row: Row }[]): Generator<Row[]> {
  const rows = its
    .map(({ row }) => row)
    .toSorted((one, other) => (one.channel_id < other.channel_id ? -1 : 1));
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    yield rows.slice(start, start + ROWS_PER_STATEMENT);
  }
}
