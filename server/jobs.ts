import type { AskOccasion } from '../interview/turn.ts';
import type { JobEngine } from './queue/engine.ts';
import { newId, type Writer } from './store/store.ts';
import type { HeldFor } from './store/tables.ts';
import { currentTrace } from './trace.ts';

/** Everything that happens later, on one page. A new one is a line in each of these two lists and its handler in `app.ts`. */
export type JobPayloads = {
  /** Everything unheard from one learner, in order. */
  'hear-lane': { readonly lane: string };
  'record-deliveries': { readonly ids: readonly string[] };
  /** The statuses that name somebody by a number and an id of which we did not know that they belong together. */
  'learn-addresses': { readonly ids: readonly string[] };
  'ask-learner': AskLearner;
  'send-message': { readonly messageId: string };
  /** What waited for this need not wait any longer. */
  'release-held': { readonly heldFor: HeldFor };
  'read-account': Record<string, never>;
  'mark-read': { readonly channelId: string; readonly typing: boolean };
  /** A kind line for a message of somebody who is not registered. */
  'greet-stranger': { readonly inboxId: string };
  'assess-answer': { readonly answerId: string };
  'regrade-answer': { readonly answerId: string };
  'erase-learner': { readonly learnerId: string };
  /** Drops what nobody needs any more. */
  prune: Record<string, never>;
};

export type AskLearner = {
  readonly learnerId: string;
  readonly occasion: AskOccasion;
  /** The place in the learner's day that this job may fill: filling it twice is impossible. */
  readonly slot: number;
};

export type JobName = keyof JobPayloads;

/** `priority`: smaller goes first among jobs of one name; the learner who waits for a reply comes before the morning. */
export const JOBS: Readonly<Record<JobName, { concurrency: number; maxAttempts: number }>> = {
  'hear-lane': { concurrency: 16, maxAttempts: 12 },
  'record-deliveries': { concurrency: 8, maxAttempts: 12 },
  'learn-addresses': { concurrency: 1, maxAttempts: 12 },
  'ask-learner': { concurrency: 16, maxAttempts: 12 },
  'send-message': { concurrency: 128, maxAttempts: 40 },
  'release-held': { concurrency: 1, maxAttempts: 12 },
  'read-account': { concurrency: 1, maxAttempts: 3 },
  'mark-read': { concurrency: 16, maxAttempts: 3 },
  'greet-stranger': { concurrency: 4, maxAttempts: 12 },
  'assess-answer': { concurrency: 16, maxAttempts: 12 },
  'regrade-answer': { concurrency: 4, maxAttempts: 12 },
  'erase-learner': { concurrency: 4, maxAttempts: 12 },
  prune: { concurrency: 1, maxAttempts: 12 },
};

export type LeaveOptions = {
  readonly key?: string;
  /** Epoch milliseconds; at once when absent. */
  readonly runAt?: number;
  readonly priority?: number;
};

/** Leaves a job in the caller's transaction. This is how one room asks something of another. */
export type LeaveJob = <Name extends JobName>(
  tx: Writer,
  name: Name,
  payload: JobPayloads[Name],
  options?: LeaveOptions,
) => Promise<void>;

export const DEFAULT_PRIORITY = 100;
export const REPLY_PRIORITY = 10;

export function createLeaveJob(engine: JobEngine, now: () => number): LeaveJob {
  return (tx, name, payload, options = {}) =>
    engine.insert(tx, {
      name,
      payload,
      key: options.key ?? null,
      runAt: options.runAt ?? now(),
      priority: options.priority ?? DEFAULT_PRIORITY,
      trace: currentTrace() ?? newId(),
    });
}
