import type { Events } from '../events.ts';
import type { Store } from '../store/store.ts';

const BATCH = 500;

/** Gives up what has waited so long that nobody needs it any more, and says what it waited for. */
export function createExpireWaiting(it: {
  store: Store;
  events: Events;
  now: () => number;
}): () => Promise<void> {
  const { store, events, now } = it;

  return async () => {
    while ((await expireBatch()) === BATCH);
  };

  function expireBatch(): Promise<number> {
    return store.transact(async (tx) => {
      const rows = await tx.q
        .selectFrom('messages')
        .select(['id', 'learner_id', 'kind', 'reason'])
        .where('held_for', 'is not', null)
        .where('state', '=', 'planned')
        .where('expires_at', '<=', now())
        .limit(BATCH)
        .execute();
      for (const row of rows) {
        const reason = expiredReason(row.reason);
        await tx.q
          .updateTable('messages')
          .set({ state: 'expired', reason, held_for: null, settled_at: now() })
          .where('id', '=', row.id)
          .execute();
        const about = { messageId: row.id, learnerId: row.learner_id, kind: row.kind };
        tx.afterCommit(() => events.messageSettled({ ...about, outcome: 'expired', reason }));
      }
      return rows.length;
    });
  }
}

/** Why a message was given up: its time is over, and what it waited for until then. */
export function expiredReason(waitedFor: string | null): string {
  return waitedFor === null ? 'its time is over' : `its time is over; it waited: ${waitedFor}`;
}
