import type { LeaveJob } from '../jobs.ts';
import { releaseHeld } from '../store/held-messages.ts';
import { openStoppages, waitingFor } from '../store/stoppages.ts';
import type { Store } from '../store/store.ts';

/** Where sending stands still, lets the longest waiting message try from time to time whether it is over. */
export function createProbeStoppages(it: {
  store: Store;
  leave: LeaveJob;
  now: () => number;
}): () => Promise<void> {
  const { store, leave, now } = it;
  return async () => {
    for (const stoppage of await openStoppages(store.read)) {
      if (now() < stoppage.probe_at) continue;
      await store.transact((tx) =>
        releaseHeld(tx, { heldFor: waitingFor(stoppage.scope), leave, after: null, limit: 1 }),
      );
    }
  };
}
