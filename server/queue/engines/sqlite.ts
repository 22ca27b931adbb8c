import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { newId, type Store, type Writer } from '../../store/store.ts';
import { DatabaseUnavailable } from '../../store/unavailable.ts';
import { withTrace } from '../../trace.ts';
import { backoffMs } from '../backoff.ts';
import type { JobEngine, JobHandler, JobOutcome, NewJob, RunningJob, WorkSettings } from '../engine.ts';

const SECONDS = 1000;
/** A due job is found at once because its commit wakes us; this is only for a clock that jumped without telling. */
const LONGEST_SLEEP_MS = 1 * SECONDS;

/**
 * The engine for one process on one SQLite file. Because nobody else works on the file, whatever is marked running
 * when we start was left by a process that died, and is taken over at once.
 */
export function createSqliteEngine(it: {
  store: Store;
  now: () => number;
  luck: () => number;
  /** A handler threw: nobody expected it. The job is tried again all the same. */
  onThrow: (job: RunningJob, error: unknown) => void;
  onDead: (job: RunningJob, error: string) => void;
  /** The store refused to read or write. The engine tries again every second. */
  onTrouble: (error: unknown) => void;
}): JobEngine {
  const { store, now, luck, onThrow, onDead, onTrouble } = it;
  const workers = new Map<string, Worker>();
  const running = new Set<Promise<void>>();
  let state: 'new' | 'working' | 'stopped' = 'new';
  let claiming: Promise<void> = Promise.resolve();
  let isClaiming = false;
  let claimAgain = false;
  let timer: NodeJS.Timeout | undefined;

  return {
    async insert(tx, job) {
      await insertCoalesced(tx, job, now());
      tx.afterCommit(wake);
    },
    async cancel(tx, name, key) {
      await tx.q
        .deleteFrom('jobs')
        .where('name', '=', name)
        .where('key', '=', key)
        .where('state', '=', 'ready')
        .execute();
    },
    work(name, settings, handler) {
      workers.set(name, { name, settings, handler, running: 0, isPaused: false, keys: new Set() });
    },
    async start() {
      await store.transact(takeOverOrphans);
      state = 'working';
      wake();
    },
    tick: wake,
    async idle() {
      for (;;) {
        if (state !== 'working') return;
        await claim();
        if (running.size > 0) await Promise.race(running);
        else if ((await nextRunAt()) > now() && running.size === 0 && !isClaiming) return;
      }
    },
    async stop() {
      state = 'stopped';
      clearTimeout(timer);
      await claiming;
      await Promise.all(running);
    },
    async counts() {
      const rows = await store.read.q
        .selectFrom('jobs')
        .select(['name', 'state', (eb) => eb.fn.countAll<number>().as('count')])
        .groupBy(['name', 'state'])
        .execute();
      return rows;
    },
    async dead() {
      const rows = await store.read.q
        .selectFrom('jobs')
        .selectAll()
        .where('state', '=', 'dead')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        error: row.error,
        attempts: row.attempts,
        createdAt: row.created_at,
      }));
    },
    async countDead() {
      const row = await store.read.q
        .selectFrom('jobs')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('state', '=', 'dead')
        .executeTakeFirstOrThrow();
      return row.count;
    },
    forgetDead(before, most) {
      return store.transact(async (tx) => {
        // Its last run was when it was due for the last time, or soon after.
        const old = tx.q
          .selectFrom('jobs')
          .select('id')
          .where('state', '=', 'dead')
          .where('run_at', '<', before)
          .limit(most);
        const result = await tx.q.deleteFrom('jobs').where('id', 'in', old).executeTakeFirst();
        return Number(result.numDeletedRows);
      });
    },
    async revive(id) {
      return store.transact(async (tx) => {
        const job = await tx.q
          .selectFrom('jobs')
          .selectAll()
          .where('id', '=', id)
          .where('state', '=', 'dead')
          .executeTakeFirst();
        if (job === undefined) return false;
        await backToReady(tx, job, { run_at: now(), attempts: 0, error: null });
        tx.afterCommit(wake);
        return true;
      });
    },
  };

  function wake(): void {
    if (state !== 'working') return;
    clearTimeout(timer);
    void claim();
  }

  /** One claim at a time; a wake in the middle of one, even while it looks when to wake next, leads to another. */
  function claim(): Promise<void> {
    claimAgain = true;
    if (!isClaiming) {
      isClaiming = true;
      claiming = claimUntilQuiet();
    }
    return claiming;
  }

  async function claimUntilQuiet(): Promise<void> {
    try {
      while (claimAgain && state === 'working') {
        claimAgain = false;
        for (const worker of workers.values()) await claimFor(worker);
        if (!claimAgain) await sleepUntilNext();
      }
    } catch (error) {
      // The file is locked or the disk is full: webhooks get their 5xx, and we look again.
      onTrouble(error);
      wakeIn(LONGEST_SLEEP_MS);
    } finally {
      isClaiming = false;
    }
  }

  async function claimFor(worker: Worker): Promise<void> {
    const { concurrency, pace } = worker.settings;
    const free = concurrency - worker.running;
    // None may begin, so none is looked for: a whole morning may be waiting.
    worker.isPaused = pace !== undefined && pace.nextAt() > now();
    if (free <= 0 || worker.isPaused) return;
    const due = await dueJobs(worker, free);
    if (state !== 'working') return;
    const allowed = due.length === 0 ? 0 : (pace?.take(due.length) ?? due.length);
    worker.isPaused = allowed < due.length;
    if (allowed === 0) return;
    const ids = due.slice(0, allowed).map((job) => job.id);
    const jobs = await store.transact((tx) =>
      tx.q
        .updateTable('jobs')
        .set((eb) => ({ state: 'running', attempts: eb('attempts', '+', 1) }))
        .where('id', 'in', ids)
        .where('state', '=', 'ready')
        .returningAll()
        .execute(),
    );
    for (const job of jobs.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)))
      run(worker, job);
  }

  /** Jobs whose key is busy are passed over; so are younger twins, which the unique index rules out anyway. */
  async function dueJobs(worker: Worker, free: number): Promise<readonly { id: string }[]> {
    const rows = await store.read.q
      .selectFrom('jobs')
      .select(['id', 'key'])
      .where('name', '=', worker.name)
      .where('state', '=', 'ready')
      .where('run_at', '<=', now())
      .orderBy('priority')
      .orderBy('run_at')
      .orderBy('id')
      .limit(free + worker.keys.size)
      .execute();
    return rows.filter((row) => row.key === null || !worker.keys.has(row.key)).slice(0, free);
  }

  function run(worker: Worker, row: JobRow): void {
    worker.running += 1;
    if (row.key !== null) worker.keys.add(row.key);
    const ended = perform(worker, row).finally(() => {
      worker.running -= 1;
      if (row.key !== null) worker.keys.delete(row.key);
      running.delete(ended);
      wake();
    });
    running.add(ended);
  }

  async function perform(worker: Worker, row: JobRow): Promise<void> {
    const job = jobFrom(row, worker.settings.maxAttempts);
    const outcome = await withTrace(row.trace, () => outcomeOf(worker.handler, job));
    for (;;) {
      try {
        await store.transact((tx) => settle(tx, row, job, outcome));
        return;
      } catch (error) {
        onTrouble(error);
        // When we are told to stop, the row stays `running` and is taken over at the next start.
        if (state !== 'working') return;
        await sleep(LONGEST_SLEEP_MS);
      }
    }
  }

  async function outcomeOf(handler: JobHandler, job: RunningJob): Promise<JobOutcome> {
    try {
      return await handler(job);
    } catch (error) {
      // Nobody's fault: however long it lasts, it spends no attempt and no job is given up because of it.
      if (error instanceof DatabaseUnavailable) {
        return { kind: 'snooze', until: now() + LONGEST_SLEEP_MS };
      }
      onThrow(job, error);
      return {
        kind: 'retry',
        why: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      };
    }
  }

  async function settle(tx: Writer, row: JobRow, job: RunningJob, outcome: JobOutcome): Promise<void> {
    switch (outcome.kind) {
      case 'done':
      case 'cancel':
        await tx.q.deleteFrom('jobs').where('id', '=', row.id).execute();
        return;
      case 'snooze':
        await backToReady(tx, row, { run_at: outcome.until, attempts: row.attempts - 1, error: null });
        return;
      case 'retry': {
        if (job.isLastAttempt) {
          await giveUp(tx, job, outcome.why);
          return;
        }
        const runAt = now() + (outcome.afterMs ?? backoffMs(row.attempts, luck()));
        await backToReady(tx, row, { run_at: runAt, attempts: row.attempts, error: outcome.why });
        return;
      }
      default: {
        const impossible: never = outcome;
        throw new Error(`Unknown outcome of a job: ${JSON.stringify(impossible)}`);
      }
    }
  }

  /** One that has killed its process as often as it may be tried would kill this one too. */
  async function takeOverOrphans(tx: Writer): Promise<void> {
    const orphans = await tx.q.selectFrom('jobs').selectAll().where('state', '=', 'running').execute();
    for (const orphan of orphans) {
      const maxAttempts = workers.get(orphan.name)?.settings.maxAttempts ?? Number.POSITIVE_INFINITY;
      if (orphan.attempts >= maxAttempts) await giveUp(tx, jobFrom(orphan, maxAttempts), DIED);
      else await backToReady(tx, orphan, { run_at: orphan.run_at, attempts: orphan.attempts, error: DIED });
    }
  }

  async function giveUp(tx: Writer, job: RunningJob, error: string): Promise<void> {
    await tx.q.updateTable('jobs').set({ state: 'dead', error }).where('id', '=', job.id).execute();
    tx.afterCommit(() => onDead(job, error));
  }

  async function sleepUntilNext(): Promise<void> {
    const next = await nextRunAt();
    if (next === Number.POSITIVE_INFINITY || state !== 'working') return;
    wakeIn(Math.max(MOMENT_MS, Math.min(next - now(), LONGEST_SLEEP_MS)));
  }

  function wakeIn(ms: number): void {
    if (state !== 'working') return;
    clearTimeout(timer);
    timer = setTimeout(wake, ms);
    timer.unref();
  }

  /** When the next job that could run is due; jobs that wait for a running one of their kind are woken by its end. */
  async function nextRunAt(): Promise<number> {
    let next = Number.POSITIVE_INFINITY;
    for (const worker of workers.values()) {
      const { concurrency, pace } = worker.settings;
      if (worker.running >= concurrency) continue;
      if (worker.isPaused) {
        next = Math.min(next, pace?.nextAt() ?? 0);
        continue;
      }
      const row = await store.read.q
        .selectFrom('jobs')
        .select((eb) => eb.fn.min('run_at').as('at'))
        .where('name', '=', worker.name)
        .where('state', '=', 'ready')
        // A twin of a running job is woken by its end.
        .$if(worker.keys.size > 0, (query) =>
          query.where((eb) => eb.or([eb('key', 'is', null), eb('key', 'not in', [...worker.keys])])),
        )
        .executeTakeFirst();
      const at = row?.at ?? null;
      if (at !== null) next = Math.min(next, Math.max(Number(at), pace?.nextAt() ?? 0));
    }
    return next;
  }
}

/** Not zero: a job that is due but waits for its key must not turn the loop into a spin. */
const MOMENT_MS = 5;

type Worker = {
  readonly name: string;
  readonly settings: WorkSettings;
  readonly handler: JobHandler;
  running: number;
  /** More are due than its pace lets begin, or none may. */
  isPaused: boolean;
  readonly keys: Set<string>;
};

type JobRow = {
  readonly id: string;
  readonly name: string;
  readonly key: string | null;
  readonly payload: string;
  readonly run_at: number;
  readonly attempts: number;
  readonly trace: string;
};

const DIED = 'its process died';

function jobFrom(row: JobRow, maxAttempts: number): RunningJob {
  return {
    id: row.id,
    name: row.name,
    payload: JSON.parse(row.payload),
    attempt: row.attempts,
    isLastAttempt: row.attempts >= maxAttempts,
    trace: row.trace,
  };
}

async function insertCoalesced(tx: Writer, job: NewJob, createdAt: number): Promise<void> {
  await tx.q
    .insertInto('jobs')
    .values({
      id: newId(),
      name: job.name,
      key: job.key,
      payload: JSON.stringify(job.payload),
      priority: job.priority,
      state: 'ready',
      run_at: job.runAt,
      attempts: 0,
      error: null,
      trace: job.trace,
      created_at: createdAt,
    })
    .onConflict((oc) =>
      oc
        .columns(['name', 'key'])
        .where(sql<boolean>`state = 'ready' and key is not null`)
        .doUpdateSet((eb) => ({
          run_at: eb
            .case()
            .when('excluded.run_at', '<', eb.ref('jobs.run_at'))
            .then(eb.ref('excluded.run_at'))
            .else(eb.ref('jobs.run_at'))
            .end(),
        })),
    )
    .execute();
}

/** A twin that was left meanwhile merges with this job: the earlier of both due times holds. */
async function backToReady(
  tx: Writer,
  row: JobRow,
  change: { run_at: number; attempts: number; error: string | null },
): Promise<void> {
  let runAt = change.run_at;
  if (row.key !== null) {
    const twin = await tx.q
      .deleteFrom('jobs')
      .where('name', '=', row.name)
      .where('key', '=', row.key)
      .where('state', '=', 'ready')
      .returning('run_at')
      .executeTakeFirst();
    if (twin !== undefined) runAt = Math.min(runAt, twin.run_at);
  }
  await tx.q
    .updateTable('jobs')
    .set({ ...change, run_at: runAt, state: 'ready' })
    .where('id', '=', row.id)
    .execute();
}
