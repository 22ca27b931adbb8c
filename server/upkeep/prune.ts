import type { Store } from '../store/store.ts';

const DAYS = 24 * 60 * 60 * 1000;

/** Meta repeats a notification for seven days; a key must be known for longer than that. */
const KEEP_MS = 30 * DAYS;

/** Drops what belongs to no learner and has served its purpose. What belongs to one goes when they are erased. */
export function createPrune(it: { store: Store; now: () => number }): () => Promise<void> {
  const { store, now } = it;
  return () =>
    store.transact(async (tx) => {
      const before = now() - KEEP_MS;
      await tx.q
        .deleteFrom('inbox')
        .where('lane', 'like', 'stranger:%')
        .where('received_at', '<', before)
        .execute();
      await tx.q
        .deleteFrom('deliveries')
        .where('applied', '=', 1)
        .where('received_at', '<', before)
        .execute();
      // Who said STOP is never greeted again; that we greeted somebody matters for a day.
      await tx.q
        .deleteFrom('strangers')
        .where('silenced_at', 'is', null)
        .where((eb) => eb.fn.coalesce('greeted_at', eb.val(0)), '<', before)
        .where((eb) => eb.fn.coalesce('helped_at', eb.val(0)), '<', before)
        .execute();
      await tx.q.deleteFrom('set_aside').where('at', '<', before).execute();
    });
}
