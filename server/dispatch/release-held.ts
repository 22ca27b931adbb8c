import type { JobPayloads, LeaveJob } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { type HeldMessage, releaseHeld } from '../store/held-messages.ts';
import type { Store } from '../store/store.ts';

const BATCH = 200;

/**
 * Lets go whatever waited for something that is over, a batch at a time: a whole morning may have piled up. Each goes
 * once; one that has to wait again at once is not met again in the same round.
 */
export function createReleaseHeld(it: {
  store: Store;
  leave: LeaveJob;
}): (job: JobPayloads['release-held']) => Promise<JobOutcome> {
  const { store, leave } = it;
  return async ({ heldFor }) => {
    let last: HeldMessage | null = null;
    do {
      const after: HeldMessage | null = last;
      last = await store.transact((tx) => releaseHeld(tx, { heldFor, leave, after, limit: BATCH }));
    } while (last !== null);
    return done;
  };
}
