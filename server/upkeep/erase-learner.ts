import type { Events } from '../events.ts';
import type { JobPayloads } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { lockLearner } from '../store/lock-learner.ts';
import { pendingRegistration } from '../store/registrations.ts';
import type { Store } from '../store/store.ts';

const SECONDS = 1000;
const STILL_SENDING_MS = 30 * SECONDS;
const MOST_PATIENCE_MS = 600 * SECONDS;

/** Forgets a person: name, addresses, words, questions, messages. Only the consent ledger keeps that they said no. */
export function createEraseLearner(it: {
  store: Store;
  events: Events;
  now: () => number;
}): (job: JobPayloads['erase-learner']) => Promise<JobOutcome> {
  const { store, events, now } = it;
  return ({ learnerId }) =>
    store.transact(async (tx) => {
      await lockLearner(tx, learnerId);
      const learner = await tx.q
        .selectFrom('learners')
        .select(['state', 'unreachable_since'])
        .where('id', '=', learnerId)
        .executeTakeFirst();
      if (learner === undefined) return done;
      if (learner.state === 'active' && learner.unreachable_since === null) return done;
      // Somebody has registered the number since: its owner may be about to confirm.
      const pending = await pendingRegistration(tx, learnerId, now());
      if (pending !== null) return done;
      const goodbye = await tx.q
        .selectFrom('messages')
        .select('planned_at')
        .where('learner_id', '=', learnerId)
        .where('state', 'in', ['planned', 'sending'])
        .where('planned_at', '>', now() - MOST_PATIENCE_MS)
        .executeTakeFirst();
      if (goodbye !== undefined) return { kind: 'snooze', until: now() + STILL_SENDING_MS };
      // Everything else refers to the learner and goes with it.
      await tx.q.deleteFrom('inbox').where('lane', '=', learnerId).execute();
      await tx.q.deleteFrom('learners').where('id', '=', learnerId).execute();
      tx.afterCommit(() => events.learnerErased({ learnerId }));
      return done;
    });
}
