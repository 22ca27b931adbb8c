import type { Selectable } from 'kysely';
import { type OnePerson, onePerson, type PersonRecord } from '../../interview/one-person.ts';
import type { Events } from '../events.ts';
import type { LeaveJob } from '../jobs.ts';
import { lastConsent } from './consents.ts';
import { moveGaps } from './gaps.ts';
import { startWaiting } from './initiated-contacts.ts';
import { learnerFrom, preferenceColumns } from './learners.ts';
import { lockLearner } from './lock-learner.ts';
import type { Reader, Writer } from './store.ts';
import type { LearnersTable } from './tables.ts';

const MINUTES = 60 * 1000;

/** As long as a “Not me” waits for its goodbye to be out. */
const FORGET_AFTER_MS = 2 * MINUTES;

/**
 * Makes one learner of two records of the same person, and returns the id that is left. Everything that hung on the
 * other record hangs on this one; jobs that still name the other find nothing.
 */
export async function mergeLearners(
  tx: Writer,
  it: { one: string; other: string; now: number; leave: LeaveJob; events: Events },
): Promise<string> {
  const { now, leave, events } = it;
  // In one order, so that two that merge the same pair do not wait for each other.
  for (const id of [it.one, it.other].toSorted()) await lockLearner(tx, id);
  const person = onePerson(await recordOf(tx, it.one), await recordOf(tx, it.other), now);
  const { kept, gone } = person;
  await withdrawDoubledQuestions(tx, person, now);
  const openOfKept = await openQuestion(tx, kept);
  await moveQuestions(tx, person);
  await moveEverythingElse(tx, person);
  await writeLearner(tx, person);
  await tx.q.deleteFrom('learners').where('id', '=', gone).execute();
  await keepOpen(tx, kept, openOfKept, now);
  await withdrawMessages(tx, person, now);
  await dropSupersededRegistrations(tx, person);

  await leave(tx, 'hear-lane', { lane: kept }, { key: kept });
  if (person.firstQuestionOwed) {
    await leave(
      tx,
      'ask-learner',
      { learnerId: kept, occasion: 'confirmed', slot: 0 },
      { key: `${kept}:confirmed` },
    );
  }
  if (person.toBeForgotten) {
    await leave(tx, 'erase-learner', { learnerId: kept }, { key: kept, runAt: now + FORGET_AFTER_MS });
  }
  tx.afterCommit(() => events.learnersMerged({ kept, gone, state: person.state }));
  return kept;
}

async function recordOf(tx: Reader, id: string): Promise<PersonRecord> {
  const row = await learnerRow(tx, id);
  const typed = await tx.q
    .selectFrom('addresses')
    .select('id')
    .where('learner_id', '=', id)
    .where('kind', '=', 'phone')
    .executeTakeFirst();
  const asked = await tx.q
    .selectFrom('asked_questions')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.max(eb.case().when('slot', '=', 0).then(eb.ref('local_date')).end()).as('lastDailyOn'),
    ])
    .where('learner_id', '=', id)
    .executeTakeFirstOrThrow();
  const consent = await lastConsent(tx, id);
  return {
    id,
    byPhone: typed !== undefined,
    state: row.state,
    createdAt: row.created_at,
    confirmedAt: row.confirmed_at,
    stoppedAt: row.stopped_at,
    toBeForgotten: row.state === 'stopped' && consent?.event === 'refused',
    zone: row.zone,
    askMinute: row.ask_minute,
    nextAskAt: row.next_ask_at,
    lastDailyOn: asked.lastDailyOn ?? null,
    everAsked: Number(asked.count) > 0,
    lastInboundAt: row.last_inbound_at,
    lastCourtesyOn: row.last_courtesy_on,
    unreachableSince: row.unreachable_since,
    withheldUntil: row.withheld_until,
    slowedUntil: row.slowed_until,
  };
}

function learnerRow(tx: Reader, id: string): Promise<Selectable<LearnersTable>> {
  return tx.q.selectFrom('learners').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** Where both were asked the question of one date, the one that is still on its way to be sent stays here. */
async function withdrawDoubledQuestions(tx: Writer, { kept, gone }: OnePerson, now: number): Promise<void> {
  const doubled = await tx.q
    .selectFrom('asked_questions as ours')
    .innerJoin('asked_questions as theirs', 'theirs.local_date', 'ours.local_date')
    .select(['ours.id as ours', 'theirs.id as theirs'])
    .where('ours.learner_id', '=', kept)
    .where('theirs.learner_id', '=', gone)
    .where('ours.slot', '=', 0)
    .where('theirs.slot', '=', 0)
    .execute();
  for (const pair of doubled) {
    const waiting = (await waits(tx, pair.theirs)) ? pair.theirs : pair.ours;
    if (!(await waits(tx, waiting))) continue;
    await suppress(tx, now, 'the same person was asked under another address', (query) =>
      query.where('asked_id', '=', waiting).where('kind', '=', 'question'),
    );
    await tx.q.updateTable('asked_questions').set({ state: 'skipped' }).where('id', '=', waiting).execute();
  }
}

async function waits(tx: Reader, askedId: string): Promise<boolean> {
  const message = await tx.q
    .selectFrom('messages')
    .select('state')
    .where('asked_id', '=', askedId)
    .where('kind', '=', 'question')
    .where('state', '!=', 'suppressed')
    .execute();
  return message.length > 0 && message.every(({ state }) => state === 'planned');
}

async function openQuestion(tx: Reader, learnerId: string): Promise<string | null> {
  const newest = await tx.q
    .selectFrom('asked_questions')
    .select(['id', 'state', 'shown_at'])
    .where('learner_id', '=', learnerId)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return newest?.state === 'asked' && newest.shown_at !== null ? newest.id : null;
}

/** A date and slot that both used: the other's question goes into a slot that is free. */
async function moveQuestions(tx: Writer, { kept, gone }: OnePerson): Promise<void> {
  const questions = await tx.q
    .selectFrom('asked_questions')
    .select(['id', 'local_date', 'slot'])
    .where('learner_id', '=', gone)
    .orderBy('local_date')
    .orderBy('slot')
    .execute();
  for (const { id, local_date, slot } of questions) {
    const taken = await tx.q
      .selectFrom('asked_questions')
      .select('slot')
      .where('learner_id', 'in', [kept, gone])
      .where('local_date', '=', local_date)
      .where('id', '!=', id)
      .execute();
    const isTaken = taken.some((other) => other.slot === slot);
    const free = isTaken ? Math.max(...taken.map((other) => other.slot)) + 1 : slot;
    await tx.q
      .updateTable('asked_questions')
      .set({ learner_id: kept, slot: free })
      .where('id', '=', id)
      .execute();
  }
}

async function moveEverythingElse(tx: Writer, { kept, gone }: OnePerson): Promise<void> {
  for (const table of ['addresses', 'registrations', 'consents', 'answers', 'messages'] as const) {
    await tx.q.updateTable(table).set({ learner_id: kept }).where('learner_id', '=', gone).execute();
  }
  await tx.q.updateTable('inbox').set({ lane: kept }).where('lane', '=', gone).execute();
  await moveDays(tx, kept, gone);
  await moveContact(tx, kept, gone);
  await moveGaps(tx, { kept, gone });
}

async function moveDays(tx: Writer, kept: string, gone: string): Promise<void> {
  const days = await tx.q
    .selectFrom('undeliverable_days')
    .selectAll()
    .where('learner_id', '=', gone)
    .execute();
  for (const { local_date } of days) {
    await tx.q
      .insertInto('undeliverable_days')
      .values({ learner_id: kept, local_date })
      .onConflict((oc) => oc.doNothing())
      .execute();
  }
}

async function moveContact(tx: Writer, kept: string, gone: string): Promise<void> {
  const contact = await tx.q
    .deleteFrom('initiated_contacts')
    .where('learner_id', '=', gone)
    .returning(['last_at', 'waiting_since'])
    .executeTakeFirst();
  if (contact === undefined) return;
  await tx.q
    .insertInto('initiated_contacts')
    .values({ learner_id: kept, ...contact })
    .onConflict((oc) =>
      oc
        .column('learner_id')
        .doUpdateSet({ last_at: contact.last_at })
        .where('initiated_contacts.last_at', '<', contact.last_at),
    )
    .execute();
  // Whichever of them has waited longer waits on.
  if (contact.waiting_since !== null) await startWaiting(tx, kept, contact.waiting_since);
}

async function writeLearner(tx: Writer, person: OnePerson): Promise<void> {
  const preferred = learnerFrom(tx, await learnerRow(tx, person.preferencesOf));
  await tx.q
    .updateTable('learners')
    .set({
      ...preferenceColumns(tx, 'learners', person.kept, preferred),
      state: person.state,
      created_at: person.createdAt,
      confirmed_at: person.confirmedAt,
      stopped_at: person.stoppedAt,
      next_ask_at: person.nextAskAt,
      last_inbound_at: person.lastInboundAt,
      last_courtesy_on: person.lastCourtesyOn,
      unreachable_since: person.unreachableSince,
      withheld_until: person.withheldUntil,
      slowed_until: person.slowedUntil,
    })
    .where('id', '=', person.kept)
    .execute();
}

/** The question that waited for its answer still does, although the other record had a newer one that is closed. */
async function keepOpen(tx: Writer, learnerId: string, openId: string | null, now: number): Promise<void> {
  if (openId === null || (await openQuestion(tx, learnerId)) !== null) return;
  await tx.q.updateTable('asked_questions').set({ shown_at: now }).where('id', '=', openId).execute();
}

/** After STOP all that waits but the goodbye, and what was asked for since. Else what the other record's state had planned. */
async function withdrawMessages(tx: Writer, person: OnePerson, now: number): Promise<void> {
  const { kept, state, stoppedAt, confirmedAt } = person;
  switch (state) {
    case 'stopped':
      await suppress(tx, now, 'the learner said STOP', (query) =>
        query
          .where('learner_id', '=', kept)
          .where('kind', '!=', 'goodbye')
          .where((eb) => eb.or([eb('kind', '!=', 'reply'), eb('planned_at', '<', stoppedAt ?? now)])),
      );
      return;
    case 'active':
      await suppress(tx, now, 'the same person has confirmed under another address', (query) =>
        query
          .where('learner_id', '=', kept)
          .where('kind', 'in', ['welcome', 'goodbye'])
          .where('planned_at', '<=', confirmedAt ?? now),
      );
      return;
    case 'registered':
      return;
    default: {
      const impossible: never = state;
      throw new Error(`Unknown state of a learner: ${String(impossible)}`);
    }
  }
}

/** What was typed into the page before the person's last word about us is superseded by it. */
async function dropSupersededRegistrations(tx: Writer, person: OnePerson): Promise<void> {
  const wordAt = person.state === 'stopped' ? person.stoppedAt : person.confirmedAt;
  if (wordAt === null) return;
  await tx.q
    .updateTable('registrations')
    .set({ state: 'dropped', code_hash: null })
    .where('learner_id', '=', person.kept)
    .where('state', '=', 'pending')
    .where('created_at', '<=', wordAt)
    .execute();
}

async function suppress(
  tx: Writer,
  now: number,
  reason: string,
  which: (query: SuppressQuery) => SuppressQuery,
): Promise<void> {
  await which(waitingMessages(tx, now, reason)).execute();
}

function waitingMessages(tx: Writer, now: number, reason: string) {
  return tx.q
    .updateTable('messages')
    .set({ state: 'suppressed', reason, held_for: null, settled_at: now })
    .where('state', '=', 'planned');
}
type SuppressQuery = ReturnType<typeof waitingMessages>;
