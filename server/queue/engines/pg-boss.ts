import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { fromKysely, type JobAttempt, PgBoss, systemClock } from 'pg-boss';
import { askPrepared } from '../../store/postgres.ts';
import { newId, type Store, type Writer } from '../../store/store.ts';
import { DatabaseUnavailable } from '../../store/unavailable.ts';
import { withTrace } from '../../trace.ts';
import { backoffMs } from '../backoff.ts';
import type { JobEngine, JobHandler, JobOutcome, NewJob, RunningJob, WorkSettings } from '../engine.ts';
import { inOneTurn } from '../in-one-turn.ts';
import {
  bringForward,
  bringForwardWhatIsDue,
  countDead,
  countJobs,
  deadJobs,
  forgetDead,
  GIVEN_UP,
  type KeptJob,
  keyOf,
  lookAround,
  POLICY,
  type RowOfJob,
  removeWaiting,
  rowFor,
  takeDead,
} from './pg-boss-rows.ts';

const SECONDS = 1000;
const DAYS_IN_SECONDS = 24 * 60 * 60;

/** Our own commits wake us; this finds what other processes left. */
const LONGEST_SLEEP_MS = 250;
/** After the database refused. */
const PAUSE_MS = 1 * SECONDS;
/** Ten seconds without a touch is pg-boss' shortest: then the job's process counts as dead. */
const HEARTBEAT_SECONDS = 10;
const TOUCH_MS = 3 * SECONDS;
const SUPERVISE_MS = 1 * SECONDS;
/** pg-boss counts from the beginning of the transaction that left the job, we from when it was left. */
const SOON_MS = 100;
/** A clock that is moved by hand stands still meanwhile, and whoever moves it tells us. */
const STANDSTILL_MS = 1 * SECONDS;

/**
 * For the connections of `pool`. In a queue that was empty when PostgreSQL last counted it expects nothing, and would
 * sort a whole morning's jobs for each handful that is fetched instead of reading them in the order of their index.
 */
export const SETTINGS_FOR_JOBS = { enable_sort: 'off', enable_bitmapscan: 'off' } as const;

/**
 * The engine for any number of processes on one PostgreSQL: pg-boss keeps the jobs and finds those whose process died,
 * and this is the loop that pulls them. `pool` is for pg-boss alone: a transaction that holds one of the store's
 * connections must not have to wait for another of them.
 */
export function createPgBossEngine(it: {
  store: Store;
  pool: Pool;
  now: () => number;
  luck: () => number;
  /** A handler threw: nobody expected it. The job is tried again all the same. */
  onThrow: (job: RunningJob, error: unknown) => void;
  onDead: (job: RunningJob, error: string) => void;
  /** The database refused to read or write. The engine tries again every second. */
  onTrouble: (error: unknown) => void;
}): JobEngine {
  const { store, pool, now, luck, onThrow, onDead, onTrouble } = it;
  const boss = new PgBoss({
    db: { executeSql: askPrepared(pool) },
    clock: UNREFERENCED_CLOCK,
    // We call it ourselves, while we work.
    supervise: false,
    monitorIntervalSeconds: SUPERVISE_MS / SECONDS,
    schedule: false,
    flowIntervalSeconds: DAYS_IN_SECONDS,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', onTrouble);
  const install = retriable(async () => {
    await boss.start();
    await boss.createQueue(GIVEN_UP, { retentionSeconds: LONGEST_RETENTION_SECONDS });
  });
  const queues = new Map<string, () => Promise<void>>();
  const leaving = new WeakMap<Writer, Map<string, KeptJob>>();
  const workers = new Map<string, Worker>();
  const running = new Map<Promise<void>, Taken>();
  const remove = inOneTurn(removeTogether);
  let state: 'new' | 'working' | 'stopped' = 'new';
  let claiming: Promise<void> = Promise.resolve();
  let isClaiming = false;
  let wanted: ReadonlySet<string> | 'all' = new Set();
  let lookAtAllAt = 0;
  let isAnythingDue = false;
  let isRefused = false;
  let ended = 0;
  let clockMoved = false;
  let timer: NodeJS.Timeout | undefined;
  const makingRoom = new Set<string>();
  let routines: readonly (() => Promise<void>)[] = [];

  return {
    async insert(tx, job) {
      const jobs = leavingIn(tx);
      const key = job.key === null ? newId() : inName(job.name, job.key);
      const twin = jobs.get(key);
      if (twin === undefined) jobs.set(key, keptFrom(job, now()));
      else jobs.set(key, { ...twin, runAt: Math.min(twin.runAt, job.runAt) });
    },
    async cancel(tx, name, key) {
      leaving.get(tx)?.delete(inName(name, key));
      await install();
      await removeWaiting(tx, name, key);
    },
    work(name, settings, handler) {
      workers.set(name, { name, settings, handler, running: 0 });
    },
    async start() {
      await install();
      for (const name of workers.keys()) await queue(name);
      await boss.supervise();
      state = 'working';
      routines = [every(SUPERVISE_MS, () => boss.supervise()), every(TOUCH_MS, touchAll)];
      wake('all');
    },
    tick() {
      clockMoved = true;
      wake('all');
    },
    async idle() {
      for (;;) {
        if (state !== 'working') return;
        clockMoved = true;
        const endedBefore = ended;
        await claim('all');
        if (isRefused) await sleep(PAUSE_MS);
        else if (running.size > 0) await Promise.race(running.keys());
        // One that ended meanwhile may have come back too late to be seen as due by a clock that has moved.
        else if (!isClaiming && !isAnythingDue && ended === endedBefore) return;
      }
    },
    async stop() {
      state = 'stopped';
      clearTimeout(timer);
      await claiming;
      await Promise.all(running.keys());
      await Promise.all(routines.map((end) => end()));
      await boss.stop({ close: false, graceful: false });
    },
    async counts() {
      await install();
      return countJobs(store.read);
    },
    async dead() {
      await install();
      return deadJobs(store.read);
    },
    async countDead() {
      await install();
      return countDead(store.read);
    },
    async forgetDead(before, most) {
      await install();
      return forgetDead(store.read, before, most);
    },
    async revive(id) {
      await install();
      return store.transact(async (tx) => {
        const job = await takeDead(tx, id);
        if (job === null) return false;
        await putBack(tx, { ...job, runAt: now(), attempts: 0, error: null }, 0);
        tx.afterCommit(() => wake([job.name]));
        return true;
      });
    },
  };

  /** Everything that one transaction leaves is written together, just before it commits. */
  function leavingIn(tx: Writer): Map<string, KeptJob> {
    const known = leaving.get(tx);
    if (known !== undefined) return known;
    const jobs = new Map<string, KeptJob>();
    leaving.set(tx, jobs);
    tx.beforeCommit(() => leave(tx, [...jobs.values()]));
    tx.afterCommit(() => wake([...jobs.values()].map((job) => job.name)));
    return jobs;
  }

  async function leave(tx: Writer, jobs: readonly KeptJob[]): Promise<void> {
    for (const [name, itsJobs] of Map.groupBy(jobs, (job) => job.name)) {
      await queue(name);
      // In the order of their keys: two transactions that leave the same do not wait for one another in a ring.
      let left = itsJobs.toSorted(byKey);
      while (left.length > 0) {
        const rows = left.map((job) => rowFor(job, job.runAt - now()));
        const inserted = await insertRows(tx, name, rows);
        left = rows.flatMap((row) => (inserted.has(row.id) ? [] : [row.data]));
        if (left.length === 0) break;
        const twins = await bringForward(tx, name, left, now());
        // A twin that began in between has perhaps read before our change.
        left = left.filter((job) => !twins.has(keyOf(job)));
      }
    }
  }

  /** Answers with the ids of those that were inserted: not those of whose key there is one already. */
  async function insertRows(
    tx: Writer,
    name: string,
    rows: readonly RowOfJob[],
  ): Promise<ReadonlySet<string>> {
    return new Set(await boss.insert(name, [...rows], { db: fromKysely(tx.q), returnId: true }));
  }

  /** A twin that was left meanwhile merges with this job: the earlier of both due times holds. */
  async function putBack(tx: Writer, job: KeptJob, inMs: number): Promise<void> {
    await queue(job.name);
    let { runAt } = job;
    for (;;) {
      const twinAt = await removeWaiting(tx, job.name, keyOf(job));
      runAt = Math.min(runAt, twinAt);
      const row = rowFor({ ...job, runAt }, Math.min(inMs, twinAt - now()));
      if ((await insertRows(tx, job.name, [row])).size > 0) return;
    }
  }

  function queue(name: string): Promise<void> {
    const known = queues.get(name);
    if (known !== undefined) return known();
    const create = retriable(async () => {
      await install();
      await boss.createQueue(name, QUEUE);
    });
    queues.set(name, create);
    return create();
  }

  function wake(names: readonly string[] | 'all'): void {
    if (state !== 'working') return;
    clearTimeout(timer);
    void claim(names);
  }

  /** A claim costs as much for one job as for many: those that end in one moment make room for one claim. */
  function wakeSoon(name: string): void {
    const isTimed = makingRoom.size > 0;
    makingRoom.add(name);
    if (isTimed) return;
    setTimeout(() => {
      const names = [...makingRoom];
      makingRoom.clear();
      wake(names);
    }, MOMENT_MS).unref();
  }

  /** One claim at a time; a wake in the middle of one leads to another. */
  function claim(names: readonly string[] | 'all'): Promise<void> {
    wanted = names === 'all' || wanted === 'all' ? 'all' : new Set([...wanted, ...names]);
    if (!isClaiming) {
      isClaiming = true;
      claiming = claimUntilQuiet();
    }
    return claiming;
  }

  async function claimUntilQuiet(): Promise<void> {
    let pauseMs = 0;
    try {
      while ((wanted === 'all' || wanted.size > 0) && state === 'working') {
        const names = wanted;
        wanted = new Set();
        await claimFor(names);
      }
    } catch (error) {
      onTrouble(error);
      isRefused = true;
      pauseMs = PAUSE_MS;
    } finally {
      isClaiming = false;
      wakeIn(Math.max(lookAtAllAt - performance.now(), pauseMs, MOMENT_MS));
    }
  }

  /** Looks at all names from time to time, for what other processes left, and otherwise at those we know of. */
  async function claimFor(names: ReadonlySet<string> | 'all'): Promise<void> {
    if (clockMoved) {
      clockMoved = false;
      await bringForwardWhatIsDue(store.read, now());
    }
    isRefused = false;
    if (names === 'all') {
      isAnythingDue = false;
      lookAtAllAt = performance.now() + LONGEST_SLEEP_MS;
    }
    for (const { worker, due, nextInMs } of await look(names)) {
      if (state !== 'working') break;
      if (due > 0) await fetchFor(worker, due);
      const pausedForMs = (worker.settings.pace?.nextAt() ?? 0) - now();
      if (pausedForMs > 0) comeBackIn(pausedForMs);
      else if (due > 0) isAnythingDue = true;
      if (nextInMs !== null) comeBackIn(nextInMs);
    }
  }

  function comeBackIn(ms: number): void {
    lookAtAllAt = Math.min(lookAtAllAt, performance.now() + ms);
  }

  async function look(
    names: ReadonlySet<string> | 'all',
  ): Promise<readonly { worker: Worker; due: number; nextInMs: number | null }[]> {
    const free = [...workers.values()]
      .filter(({ name }) => names === 'all' || names.has(name))
      .filter((worker) => names === 'all' || !isPaused(worker))
      .map((worker) => ({ name: worker.name, free: freeOf(worker) }))
      .filter((it) => it.free > 0);
    if (free.length === 0) return [];
    return (await lookAround(store.read, free)).flatMap(({ name, ...seen }) => {
      const worker = workers.get(name);
      return worker === undefined ? [] : [{ worker, ...seen }];
    });
  }

  /** Nothing of it may begin yet. Whoever looks at all names has the time when it may. */
  function isPaused({ settings }: Worker): boolean {
    return (settings.pace?.nextAt() ?? 0) > now();
  }

  async function fetchFor(worker: Worker, due: number): Promise<void> {
    const most = worker.settings.pace?.take(due) ?? due;
    if (most === 0) return;
    const rows = await boss.fetch<KeptJob>(worker.name, { batchSize: most });
    // The batch is the right one, but comes in no order.
    for (const row of rows.toSorted((one, other) => byUrgency(one.data, other.data))) run(worker, row);
  }

  function run(worker: Worker, row: { id: string; retryCount: number; data: KeptJob }): void {
    const taken: Taken = {
      job: row.data,
      row: { id: row.id, retryCount: row.retryCount },
      attempt: row.data.attempts + row.retryCount + 1,
    };
    worker.running += 1;
    const performing = perform(worker, taken).finally(() => {
      worker.running -= 1;
      running.delete(performing);
      ended += 1;
      if (worker.running === 0) wake([worker.name]);
      // The last of the room is found when we look at everything.
      else if (freeOf(worker) >= worthAClaim(worker)) wakeSoon(worker.name);
    });
    running.set(performing, taken);
  }

  async function perform(worker: Worker, taken: Taken): Promise<void> {
    const told = runningFrom(taken, worker.settings.maxAttempts);
    const outcome = await withTrace(taken.job.trace, () => endOf(worker, taken, told));
    for (;;) {
      try {
        await settle(taken, told, outcome);
        return;
      } catch (error) {
        onTrouble(error);
        // When we are told to stop, the row stays active and another process has it once our heartbeat is over.
        if (state !== 'working') return;
        await sleep(PAUSE_MS);
      }
    }
  }

  async function endOf(worker: Worker, taken: Taken, told: RunningJob): Promise<End> {
    const { job, row, attempt } = taken;
    // Our clock decides: it may have been moved by hand, or the database's is ahead of it.
    const earlyByMs = job.runAt - now();
    if (earlyByMs > SOON_MS) return { kind: 'early', byMs: earlyByMs };
    if (earlyByMs > 0) await sleep(earlyByMs + MOMENT_MS);
    if (job.runAt > now()) return { kind: 'early', byMs: STANDSTILL_MS };
    if (row.retryCount > 0) {
      // One that has killed its process as often as it may be tried would kill this one too.
      if (attempt > worker.settings.maxAttempts) return { kind: 'died' };
      // What was left since its process died is done along with it. Should that fail, it is done once more.
      await removeWaiting(store.read, job.name, keyOf(job)).catch(onTrouble);
    }
    try {
      return await worker.handler(told);
    } catch (error) {
      // Nobody's fault: however long it lasts, it spends no attempt and no job is given up because of it.
      if (error instanceof DatabaseUnavailable) {
        return { kind: 'snooze', until: now() + PAUSE_MS };
      }
      onThrow(told, error);
      return {
        kind: 'retry',
        why: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      };
    }
  }

  async function settle(taken: Taken, told: RunningJob, end: End): Promise<void> {
    const { job, attempt } = taken;
    switch (end.kind) {
      case 'done':
      case 'cancel':
        return remove(taken);
      case 'snooze':
        return comeBack(taken, { ...job, runAt: end.until, attempts: attempt - 1, error: null });
      case 'early':
        return comeBack(taken, { ...job, attempts: attempt - 1 }, end.byMs);
      case 'died':
        return giveUp(taken, { ...told, attempt: attempt - 1 }, DIED);
      case 'retry': {
        if (told.isLastAttempt) return giveUp(taken, told, end.why);
        const runAt = now() + (end.afterMs ?? backoffMs(attempt, luck()));
        return comeBack(taken, { ...job, runAt, attempts: attempt, error: storable(end.why) });
      }
      default: {
        const impossible: never = end;
        throw new Error(`Unknown end of a job: ${JSON.stringify(impossible)}`);
      }
    }
  }

  async function comeBack(taken: Taken, job: KeptJob, inMs = job.runAt - now()): Promise<void> {
    await store.transact(async (tx) => {
      if (await isOurs(tx, taken)) await putBack(tx, job, inMs);
    });
  }

  async function giveUp(taken: Taken, told: RunningJob, error: string): Promise<void> {
    await store.transact(async (tx) => {
      if (!(await isOurs(tx, taken))) return;
      const { job } = taken;
      const dead: KeptJob = { ...job, attempts: told.attempt, error: storable(error) };
      await boss.insert(GIVEN_UP, [{ id: job.id, data: dead }], { db: fromKysely(tx.q) });
      tx.afterCommit(() => onDead(told, error));
    });
  }

  /** Removes the row unless another process runs the job by now, which took us for dead: then it is theirs to end. */
  async function isOurs(tx: Writer, { job, row }: Taken): Promise<boolean> {
    const answer = await boss.deleteJob(job.name, [row], { db: fromKysely(tx.q) });
    return 'affected' in answer && answer.affected === 1;
  }

  async function removeTogether(ended: readonly Taken[]): Promise<void> {
    for (const [name, its] of Map.groupBy(ended, ({ job }) => job.name)) {
      await boss.deleteJob(
        name,
        its.map(({ row }) => row),
      );
    }
  }

  async function touchAll(): Promise<void> {
    for (const [name, its] of Map.groupBy(running.values(), ({ job }) => job.name)) {
      await boss.touch(
        name,
        its.map(({ row }) => row),
      );
    }
  }

  /** Again and again, never twice at once. Answers with how to end it. */
  function every(ms: number, work: () => Promise<unknown>): () => Promise<void> {
    let last: Promise<unknown> = Promise.resolve();
    let isWorking = false;
    const interval = setInterval(() => {
      if (isWorking) return;
      isWorking = true;
      last = work()
        .catch(onTrouble)
        .finally(() => {
          isWorking = false;
        });
    }, ms);
    interval.unref();
    return async () => {
      clearInterval(interval);
      await last;
    };
  }

  function wakeIn(ms: number): void {
    if (state !== 'working') return;
    clearTimeout(timer);
    timer = setTimeout(wake, ms, 'all');
    timer.unref();
  }
}

/** A timer of pg-boss keeps no process alive. */
const UNREFERENCED_CLOCK = {
  ...systemClock,
  setTimeout: (work: () => void, ms: number) => setTimeout(work, ms).unref(),
  setInterval: (work: () => void, ms: number) => setInterval(work, ms).unref(),
};

/** Not zero: a clock that stands still must not turn the loop into a spin. */
const MOMENT_MS = 5;

/** pg-boss keeps nothing for longer. */
const LONGEST_RETENTION_SECONDS = 365 * DAYS_IN_SECONDS;

const QUEUE = {
  policy: POLICY,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  // pg-boss' limit for one run; the heartbeat finds the dead much earlier.
  expireInSeconds: DAYS_IN_SECONDS - 1,
  // How often a job may be tried, and how long it waits, is for us to say: pg-boss only gives back what was orphaned.
  retryLimit: 1_000_000,
  retryDelay: 0,
  retentionSeconds: LONGEST_RETENTION_SECONDS,
};

type Worker = {
  readonly name: string;
  readonly settings: WorkSettings;
  readonly handler: JobHandler;
  running: number;
};

function freeOf({ settings, running }: Worker): number {
  return settings.concurrency - running;
}

/** In a long queue the free places are filled in handfuls. */
function worthAClaim({ settings }: Worker): number {
  return Math.min(settings.concurrency / 2, 16);
}

type Taken = {
  readonly job: KeptJob;
  /** Ends this run and no later one of the same row. */
  readonly row: JobAttempt;
  readonly attempt: number;
};

type End =
  | JobOutcome
  | { readonly kind: 'died' }
  /** Fetched before its time. */
  | { readonly kind: 'early'; readonly byMs: number };

const DIED = 'its process died';

function keptFrom(job: NewJob, createdAt: number): KeptJob {
  return { ...job, id: newId(), attempts: 0, error: null, createdAt };
}

function runningFrom({ job, attempt }: Taken, maxAttempts: number): RunningJob {
  const { id, name, payload, trace } = job;
  return { id, name, payload, attempt, isLastAttempt: attempt >= maxAttempts, trace };
}

function inName(name: string, key: string): string {
  return `${name} ${key}`;
}

function byKey(one: KeptJob, other: KeptJob): number {
  return keyOf(one) < keyOf(other) ? -1 : 1;
}

function byUrgency(one: KeptJob, other: KeptJob): number {
  return one.priority - other.priority || one.runAt - other.runAt || (one.id < other.id ? -1 : 1);
}

/** PostgreSQL stores no NUL. */
function storable(error: string): string {
  return error.replaceAll('\0', '');
}

/** Done once; what failed is tried again by the next who needs it. */
function retriable(work: () => Promise<void>): () => Promise<void> {
  let doing: Promise<void> | null = null;
  return () => {
    doing ??= work().catch((error: unknown) => {
      doing = null;
      throw error;
    });
    return doing;
  };
}
