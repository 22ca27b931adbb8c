import type { Store, Writer } from '../store/store.ts';
import type { NewJob } from './engine.ts';

/** A job as another engine left it. */
export type LeftJob = NewJob & {
  readonly id: string;
  /** `dead`: it was given up. One that ran when its process ended waits again: it may have been done, or half. */
  readonly state: 'waiting' | 'dead';
  /** The run that was cut short counts. */
  readonly attempts: number;
  readonly error: string | null;
  readonly createdAt: number;
};

/**
 * After a move from SQLite the jobs lie in our own table, and the engine of PostgreSQL keeps its own. Each is given to
 * `insert` in the transaction that takes it out of the table: never lost, never handed over twice, not even when
 * several processes start at once. Answers with how many there were.
 *
 * A job that ran and its waiting twin of the same name and key are both handed over, the older one first.
 */
export async function handOverJobs(
  store: Store,
  insert: (tx: Writer, job: LeftJob) => Promise<void>,
): Promise<number> {
  for (let handedOver = 0; ; ) {
    const jobs = await store.transact(async (tx) => {
      const batch = await takeBatch(tx);
      for (const job of batch) await insert(tx, job);
      return batch.length;
    });
    handedOver += jobs;
    if (jobs < BATCH_JOBS) return handedOver;
  }
}

const BATCH_JOBS = 500;

/** Whoever else starts now waits for these rows, then finds them gone and takes the next. */
async function takeBatch(tx: Writer): Promise<readonly LeftJob[]> {
  const found = tx.q.selectFrom('jobs').selectAll().orderBy('id').limit(BATCH_JOBS);
  const rows = await (tx.dialect === 'postgres' ? found.forUpdate() : found).execute();
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  await tx.q.deleteFrom('jobs').where('id', 'in', ids).execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    key: row.key,
    payload: JSON.parse(row.payload),
    priority: row.priority,
    state: row.state === 'dead' ? 'dead' : 'waiting',
    runAt: row.run_at,
    attempts: row.attempts,
    error: row.error,
    trace: row.trace,
    createdAt: row.created_at,
  }));
}
