import type { Writer } from '../store/store.ts';

/**
 * A job engine: jobs are rows in our own database, left in the transaction that caused them. Every engine passes the
 * conformance suite beside this file. A job may run more than once (a crash between its work and its completion), so
 * every handler checks first what has been done already.
 */
export interface JobEngine {
  /**
   * Part of the caller's transaction: rolled back with it. A waiting job of the same name and key makes this one
   * superfluous (the earlier due time wins); one that is running does not, because it may have read before our change.
   */
  insert(tx: Writer, job: NewJob): Promise<void>;
  /** Removes the waiting job of that name and key, if there is one. */
  cancel(tx: Writer, name: string, key: string): Promise<void>;
  /** Says who does the work. Before `start`. */
  work(name: string, settings: WorkSettings, handler: JobHandler): void;
  /** Takes over what a killed process left running, then works. */
  start(): Promise<void>;
  /** Looks for due jobs now: the clock was moved by hand. */
  tick(): void;
  /** Resolves when nothing runs and nothing is due. */
  idle(): Promise<void>;
  /** Takes no new jobs; resolves when those running have ended. */
  stop(): Promise<void>;
  /** Looks at every job there is: for whoever watches from time to time. */
  counts(): Promise<readonly JobCount[]>;
  countDead(): Promise<number>;
  /** Jobs that were given up, kept with their error. */
  dead(): Promise<readonly DeadJob[]>;
  /** Lets a dead job try again from the beginning. False when there is none of that id. */
  revive(id: string): Promise<boolean>;
  /** Drops up to so many jobs that were given up before that instant; how many. */
  forgetDead(before: number, most: number): Promise<number>;
}

export type NewJob = {
  readonly name: string;
  readonly payload: unknown;
  /** Two jobs of one name and key never run at the same time. Null: nothing to do with any other. */
  readonly key: string | null;
  /** Epoch milliseconds. */
  readonly runAt: number;
  /** Smaller goes first. */
  readonly priority: number;
  readonly trace: string;
};

export type WorkSettings = {
  /** How many may run at once in this process. */
  readonly concurrency: number;
  /** Given up after so many runs that ended in `retry`, a throw or the death of the process. */
  readonly maxAttempts: number;
  /** Lets jobs begin no faster than this; absent: as fast as they come. */
  readonly pace?: Pace;
};

export type Pace = {
  /** How many of `wanted` may begin now; they count as begun. */
  take(wanted: number): number;
  /** When the next one may begin, epoch milliseconds. */
  nextAt(): number;
};

export type RunningJob = {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
  /** 1 at the first run. */
  readonly attempt: number;
  /** True when a `retry` after this run gives the job up. */
  readonly isLastAttempt: boolean;
  readonly trace: string;
};

export type JobHandler = (job: RunningJob) => Promise<JobOutcome>;

/** A job answers in words. A throw is different from all of them: a fault of ours, tried again like `retry` and logged. */
export type JobOutcome =
  | { readonly kind: 'done' }
  /** Spends an attempt; waits with backoff unless told how long. */
  | { readonly kind: 'retry'; readonly why: string; readonly afterMs?: number }
  /** Not yet: again at that instant, without spending an attempt. */
  | { readonly kind: 'snooze'; readonly until: number }
  /** No longer wanted. */
  | { readonly kind: 'cancel'; readonly why: string };

export const done: JobOutcome = { kind: 'done' };

export type JobCount = {
  readonly name: string;
  readonly state: 'ready' | 'running' | 'dead';
  readonly count: number;
};
export type DeadJob = {
  readonly id: string;
  readonly name: string;
  readonly error: string | null;
  readonly attempts: number;
  readonly createdAt: number;
};
