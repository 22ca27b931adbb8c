import type { LeaveJob } from '../jobs.ts';
import { type DueLearner, dueLearners } from '../store/learners.ts';
import type { Store } from '../store/store.ts';

const BATCH = 500;
/** A whole morning is not left again each time we look, while its first are still being asked. */
const LEFT_FOR_MS = 60 * 1000;

/** Leaves a job for each learner whose time has come. Doing it twice is harmless: the jobs coalesce by learner. */
export function createAskDueLearners(it: {
  store: Store;
  leave: LeaveJob;
  now: () => number;
}): () => Promise<void> {
  const { store, leave, now } = it;
  let left: ReadonlyMap<string, Left> = new Map();

  return async () => {
    const stillLeft = new Map<string, Left>();
    let after: DueLearner | null = null;
    for (;;) {
      const due: DueLearner[] = await dueLearners(store.read, { now: now(), after, limit: BATCH });
      const last = due.at(-1);
      if (last === undefined) break;
      const at = now();
      await leaveJobsFor(due.filter((learner) => leftBefore(learner, at) === null));
      for (const learner of due) {
        stillLeft.set(learner.id, leftBefore(learner, at) ?? { nextAskAt: learner.nextAskAt, at });
      }
      after = last;
    }
    left = stillLeft;
  };

  function leftBefore({ id, nextAskAt }: DueLearner, at: number): Left | null {
    const before = left.get(id);
    const holds = before?.nextAskAt === nextAskAt && before.at > at - LEFT_FOR_MS;
    return holds ? before : null;
  }

  async function leaveJobsFor(learners: readonly DueLearner[]): Promise<void> {
    if (learners.length === 0) return;
    await store.transact(async (tx) => {
      for (const { id } of learners) {
        const job = { learnerId: id, occasion: 'daily', slot: 0 } as const;
        await leave(tx, 'ask-learner', job, { key: `${id}:daily` });
      }
    });
  }
}

/** For which time a job was left, and when. */
type Left = { readonly nextAskAt: number; readonly at: number };
