import type { LeaveJob } from '../jobs.ts';
import { dueLearners } from '../store/learners.ts';
import type { Store } from '../store/store.ts';

const BATCH = 500;

/** Leaves a job for each learner whose time has come. Doing it twice is harmless: the jobs coalesce by learner. */
export function createAskDueLearners(it: {
  store: Store;
  leave: LeaveJob;
  now: () => number;
}): () => Promise<void> {
  const { store, leave, now } = it;
  return async () => {
    const due = await dueLearners(store.read, now(), BATCH);
    if (due.length === 0) return;
    await store.transact(async (tx) => {
      for (const learnerId of due) {
        await leave(
          tx,
          'ask-learner',
          { learnerId, occasion: 'daily', slot: 0 },
          { key: `${learnerId}:daily` },
        );
      }
    });
  };
}
