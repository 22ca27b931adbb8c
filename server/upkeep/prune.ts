import { sql } from 'kysely';
import type { JobPayloads } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { KEEP_REST_MS, KEEP_WORDS_MS } from '../store/retention.ts';
import type { Store, Writer } from '../store/store.ts';

/** So few rows in one transaction that nobody notices it: SQLite has one writer. */
const BATCH = 200;
/** So few transactions in one run that a process that is told to stop does not wait for it. */
const BATCHES_AT_ONCE = 50;

/**
 * Drops what has been kept for long enough, as `retention.ts` and `docs/retention.md` say. What belongs to a learner who
 * leaves goes when they are erased.
 */
export function createPrune(it: {
  store: Store;
  forgetDeadJobs: (before: number, most: number) => Promise<number>;
  now: () => number;
}): (job: JobPayloads['prune']) => Promise<JobOutcome> {
  const { store, forgetDeadJobs, now } = it;

  return async () => {
    const wordsBefore = now() - KEEP_WORDS_MS;
    const before = now() - KEEP_REST_MS;
    let batches = 0;
    for (const drop of [
      inTransaction((tx) => dropMessages(tx, wordsBefore)),
      inTransaction((tx) => dropAnswers(tx, wordsBefore)),
      inTransaction((tx) => dropHeard(tx, wordsBefore)),
      inTransaction((tx) => dropHeardOfStrangers(tx, before)),
      inTransaction((tx) => dropApplied(tx, before)),
      inTransaction((tx) => dropNeverApplied(tx, wordsBefore)),
      inTransaction((tx) => dropRegistrations(tx, before)),
      inTransaction((tx) => dropContacts(tx, before)),
      inTransaction((tx) => dropStrangers(tx, before)),
      inTransaction((tx) => dropSetAside(tx, before)),
      inTransaction((tx) => dropTroubles(tx, before)),
      () => forgetDeadJobs(before, BATCH),
    ]) {
      do {
        if (batches === BATCHES_AT_ONCE) return { kind: 'snooze', until: now() };
        batches += 1;
      } while ((await drop()) === BATCH);
    }
    return done;
  };

  function inTransaction(drop: (tx: Writer) => Promise<number>): () => Promise<number> {
    return () => store.transact(drop);
  }
}

/**
 * Of a message that brought a question there remains that it did, without its words: whoever replies to it late still
 * answers that question.
 */
async function dropMessages(tx: Writer, before: number): Promise<number> {
  const rows = await tx.q
    .selectFrom('messages')
    .select(['id', 'kind', 'state', 'asked_id', 'channel_id'])
    .where(sql<boolean>`outgoing_sealed <> ''`)
    .where('planned_at', '<', before)
    .orderBy('planned_at')
    .limit(BATCH)
    .execute();
  const [emptied, deleted]: [string[], string[]] = [[], []];
  for (const { id, kind, state, asked_id, channel_id } of rows) {
    const wentOut = channel_id !== null && state !== 'planned' && state !== 'sending';
    (kind === 'question' && asked_id !== null && wentOut ? emptied : deleted).push(id);
  }
  if (emptied.length > 0)
    await tx.q.updateTable('messages').set({ outgoing_sealed: '' }).where('id', 'in', emptied).execute();
  if (deleted.length > 0) await tx.q.deleteFrom('messages').where('id', 'in', deleted).execute();
  return rows.length;
}

/** With them go their assessments, which quote them, and the messages they consist of. */
async function dropAnswers(tx: Writer, before: number): Promise<number> {
  const old = tx.q
    .selectFrom('answers')
    .select('id')
    .where('started_at', '<', before)
    .orderBy('started_at')
    .limit(BATCH);
  return deleted(await tx.q.deleteFrom('answers').where('id', 'in', old).executeTakeFirst());
}

/** Even what was never heard, or set aside for an engineer: nobody's words are kept for longer. */
async function dropHeard(tx: Writer, before: number): Promise<number> {
  const old = tx.q
    .selectFrom('inbox')
    .select('id')
    .where('received_at', '<', before)
    .orderBy('received_at')
    .limit(BATCH);
  return deleted(await tx.q.deleteFrom('inbox').where('id', 'in', old).executeTakeFirst());
}

/** Unless we have learnt meanwhile whose words they are. */
async function dropHeardOfStrangers(tx: Writer, before: number): Promise<number> {
  const old = tx.q
    .selectFrom('inbox')
    .select('id')
    .where('as_stranger', '=', 1)
    .where('received_at', '<', before)
    .where('lane', 'like', 'stranger:%')
    .orderBy('received_at')
    .limit(BATCH);
  return deleted(await tx.q.deleteFrom('inbox').where('id', 'in', old).executeTakeFirst());
}

async function dropApplied(tx: Writer, before: number): Promise<number> {
  const old = tx.q
    .selectFrom('deliveries')
    .select('id')
    .where('received_at', '<', before)
    .where('applied', '=', 1)
    .orderBy('received_at')
    .limit(BATCH);
  return deleted(await tx.q.deleteFrom('deliveries').where('id', 'in', old).executeTakeFirst());
}

/** Its job was given up, and nobody has revived it for as long as there is anything that it could be about. */
async function dropNeverApplied(tx: Writer, before: number): Promise<number> {
  const old = tx.q
    .selectFrom('deliveries')
    .select('id')
    .where('received_at', '<', before)
    .orderBy('received_at')
    .limit(BATCH);
  return deleted(await tx.q.deleteFrom('deliveries').where('id', 'in', old).executeTakeFirst());
}

/** Confirmed, dropped or forgotten: what counts of it stands in the learner's row and in the ledger. */
async function dropRegistrations(tx: Writer, before: number): Promise<number> {
  const old = tx.q
    .selectFrom('registrations')
    .select('id')
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(BATCH);
  return deleted(await tx.q.deleteFrom('registrations').where('id', 'in', old).executeTakeFirst());
}

/** WhatsApp counts whom we wrote to for a day. */
async function dropContacts(tx: Writer, before: number): Promise<number> {
  const old = tx.q
    .selectFrom('initiated_contacts')
    .select('learner_id')
    .where('last_at', '<', before)
    .where('waiting_since', 'is', null)
    .orderBy('last_at')
    .limit(BATCH);
  return deleted(
    await tx.q.deleteFrom('initiated_contacts').where('learner_id', 'in', old).executeTakeFirst(),
  );
}

/** Who said STOP is never greeted again; that we greeted somebody matters for a day. */
async function dropStrangers(tx: Writer, before: number): Promise<number> {
  const old = tx.q
    .selectFrom('strangers')
    .select('address_hash')
    .where('silenced_at', 'is', null)
    .where((eb) => eb.fn.coalesce('greeted_at', eb.val(0)), '<', before)
    .where((eb) => eb.fn.coalesce('helped_at', eb.val(0)), '<', before)
    .limit(BATCH);
  return deleted(await tx.q.deleteFrom('strangers').where('address_hash', 'in', old).executeTakeFirst());
}

async function dropSetAside(tx: Writer, before: number): Promise<number> {
  const old = tx.q.selectFrom('set_aside').select('id').where('at', '<', before).limit(BATCH);
  return deleted(await tx.q.deleteFrom('set_aside').where('id', 'in', old).executeTakeFirst());
}

/** Those that nobody takes back, so long after they were last shown. */
async function dropTroubles(tx: Writer, before: number): Promise<number> {
  const old = tx.q.selectFrom('troubles').select('cause').where('ends_at', '<', before).limit(BATCH);
  return deleted(await tx.q.deleteFrom('troubles').where('cause', 'in', old).executeTakeFirst());
}

function deleted({ numDeletedRows }: { numDeletedRows: bigint }): number {
  return Number(numDeletedRows);
}
