import type { LeaveJob } from '../jobs.ts';
import { inactiveLearners } from '../store/learners.ts';
import type { Store } from '../store/store.ts';

const DAYS = 24 * 60 * 60 * 1000;
const BATCH = 500;

/** What the consent text promises: thirty days after STOP everything personal is gone. */
export const KEEP_INACTIVE_MS = 30 * DAYS;

/** Leaves a job for each learner to forget. Doing it twice is harmless: the jobs coalesce by learner. */
export function createEraseInactiveLearners(it: {
  store: Store;
  leave: LeaveJob;
  now: () => number;
}): () => Promise<void> {
  const { store, leave, now } = it;
  return async () => {
    const inactive = await inactiveLearners(store.read, now() - KEEP_INACTIVE_MS, BATCH);
    if (inactive.length === 0) return;
    await store.transact(async (tx) => {
      for (const learnerId of inactive) await leave(tx, 'erase-learner', { learnerId }, { key: learnerId });
    });
  };
}
