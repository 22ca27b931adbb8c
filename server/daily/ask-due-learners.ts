import type { LeaveJob } from '../jobs.ts';
import { type DueLearner, dueLearners } from '../store/learners.ts';
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
    let after: DueLearner | null = null;
    for (;;) {
      const due: DueLearner[] = await dueLearners(store.read, { now: now(), after, limit: BATCH });
      const last = due.at(-1);
      if (last === undefined) return;
      await store.transact(async (tx) => {
        for (const { id } of due) {
          await leave(
            tx,
            'ask-learner',
            { learnerId: id, occasion: 'daily', slot: 0 },
            { key: `${id}:daily` },
          );
        }
      });
      after = last;
    }
  };
}
