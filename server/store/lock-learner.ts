import { sql } from 'kysely';
import type { Writer } from './store.ts';
import type { AnswersTable, MessagesTable } from './tables.ts';

/**
 * Until this transaction ends nobody else decides about this learner. On SQLite nobody could: it has one writer. What
 * was read of the learner before must be read again.
 */
export async function lockLearner(tx: Writer, learnerId: string): Promise<void> {
  if (tx.dialect === 'sqlite') return;
  await tx.q.selectFrom('learners').select('id').where('id', '=', learnerId).forUpdate().execute();
}

/** The message as it stands while nobody else decides about its learner; undefined when there is none any more. */
export async function lockMessage(tx: Writer, messageId: string): Promise<MessagesTable | undefined> {
  const read = () => tx.q.selectFrom('messages').selectAll().where('id', '=', messageId).executeTakeFirst();
  const row = await read();
  if (row === undefined || tx.dialect === 'sqlite') return row;
  await lockLearner(tx, row.learner_id);
  return read();
}

/** The same for an answer. */
export async function lockAnswer(tx: Writer, answerId: string): Promise<AnswersTable | undefined> {
  const read = () => tx.q.selectFrom('answers').selectAll().where('id', '=', answerId).executeTakeFirst();
  const row = await read();
  if (row === undefined || tx.dialect === 'sqlite') return row;
  await lockLearner(tx, row.learner_id);
  return read();
}

/** The same for a number that nobody may have yet: two forms with one number make one learner. */
export async function lockNumber(tx: Writer, phoneDigits: string): Promise<void> {
  if (tx.dialect === 'sqlite') return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${tx.sealer.hash(phoneDigits)}, 0))`.execute(tx.q);
}
