import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { aDatabase, queryDatabase } from '../../../test/build/database.ts';
import { someSealer } from '../../../test/build/store.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { Database } from '../../store/connections.ts';
import { newId } from '../../store/new-id.ts';
import { createPool } from '../../store/postgres.ts';
import { openStore, type Store } from '../../store/store.ts';
import { conformsToJobEngine, type EngineSetting, type OpenedEngine } from '../engine.conformance.ts';
import { done, type JobEngine, type NewJob, type RunningJob } from '../engine.ts';
import { createPgBossEngine, SETTINGS_FOR_JOBS } from './pg-boss.ts';

type PostgresDatabase = Extract<Database, { kind: 'postgres' }>;

let template: PostgresDatabase;

// Setting up a database with all its tables takes a while; copying one does not.
beforeAll(async () => {
  const { database, drop } = await aDatabase();
  template = onPostgres(database);
  const { engine, close } = await openAt(template, SOME_SETTING);
  await engine.counts();
  await engine.stop();
  await close();
  return drop;
});

conformsToJobEngine('pg-boss', async (setting) => openAt(await someCopy(), setting));

describe('two processes on one database', () => {
  it('share the work: neither has to wait for the other', async () => {
    const database = await someCopy();
    const one = await aProcess(database);
    const other = await aProcess(database);
    const bothBusy = Promise.withResolvers<void>();
    const ran: string[] = [];
    for (const { engine, name } of [one, other]) {
      engine.work('greet', { concurrency: 1, maxAttempts: 3 }, async () => {
        ran.push(name);
        if (new Set(ran).size === 2) bothBusy.resolve();
        await bothBusy.promise;
        return done;
      });
    }
    await Promise.all([one.engine.start(), other.engine.start()]);
    await one.leave({ payload: 'first' }, { payload: 'second' });
    await Promise.all([one.engine.idle(), other.engine.idle()]);
    expect(ran.toSorted()).toEqual([one.name, other.name].toSorted());
  });

  it('do each job once, and never two of one key at the same time', async () => {
    const database = await someCopy();
    const processes = [await aProcess(database), await aProcess(database)];
    const running = new Set<unknown>();
    const ran: unknown[] = [];
    let overlaps = 0;
    for (const { engine, leave } of processes) {
      engine.work('greet', { concurrency: 4, maxAttempts: 3 }, async ({ payload }) => {
        if (running.has(payload)) overlaps += 1;
        running.add(payload);
        ran.push(payload);
        if (ran.length < 60) await leave({ key: String(payload), payload });
        running.delete(payload);
        return done;
      });
      engine.work('count', { concurrency: 4, maxAttempts: 3 }, async ({ payload }) => {
        ran.push(payload);
        return done;
      });
    }
    const [one, other] = processes;
    await Promise.all(processes.map(({ engine }) => engine.start()));
    const numbers = Array.from({ length: 100 }, (_, index) => `job ${index}`);
    await Promise.all([
      one?.leave(...['ana', 'bia', 'eva'].map((key) => ({ key, payload: key }))),
      other?.leave(...['ana', 'bia', 'eva'].map((key) => ({ key, payload: key }))),
      one?.leave(...numbers.slice(50).map((payload) => ({ name: 'count', payload }))),
      other?.leave(...numbers.slice(0, 50).map((payload) => ({ name: 'count', payload }))),
    ]);
    await untilThereIsNoJob(one);
    expect(overlaps).toBe(0);
    expect(ran.filter((payload) => numbers.includes(String(payload))).toSorted()).toEqual(numbers.toSorted());
  });

  it('leave a key alone that the other one is busy with', async () => {
    const database = await someCopy();
    const one = await aProcess(database);
    const other = await aProcess(database);
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const ran: unknown[] = [];
    one.engine.work('greet', { concurrency: 4, maxAttempts: 3 }, async ({ payload }) => {
      ran.push(payload);
      begun.resolve();
      await gate.promise;
      return done;
    });
    other.engine.work('greet', { concurrency: 4, maxAttempts: 3 }, async ({ payload }) => {
      ran.push(payload);
      return done;
    });
    await one.engine.start();
    await one.leave({ key: 'ana', payload: 'first' });
    await begun.promise;
    await other.engine.start();
    await other.leave({ key: 'ana', payload: 'twin' }, { key: 'bia', payload: 'someone else' });
    await other.engine.idle();
    expect(ran).not.toContain('twin');
    gate.resolve();
    await untilThereIsNoJob(one);
    expect(ran).toContain('twin');
  });

  it('find what a process left that does no work itself', async () => {
    const database = await someCopy();
    const worker = await aProcess(database);
    const ran = Promise.withResolvers<RunningJob>();
    worker.engine.work('greet', { concurrency: 1, maxAttempts: 3 }, async (job) => {
      ran.resolve(job);
      return done;
    });
    await worker.engine.start();
    const web = await aProcess(database);
    const runAt = Date.now() + 500;
    await web.leave({ payload: 'from the web', runAt });
    expect(await ran.promise).toMatchObject({ payload: 'from the web', attempt: 1 });
    expect(Date.now()).toBeGreaterThanOrEqual(runAt);
  });

  it('take over what a killed one was doing, and nothing from one that lives', async () => {
    const database = await someCopy();
    const killed = await aProcess(database);
    const living = await aProcess(database);
    const gate = Promise.withResolvers<void>();
    const ran: [string, number][] = [];
    living.engine.work('long', { concurrency: 1, maxAttempts: 3 }, async (job) => {
      ran.push(['long', job.attempt]);
      await gate.promise;
      return done;
    });
    await living.engine.start();
    await living.leave({ name: 'long' });
    await until(() => ran.length === 1);
    const begun = Promise.withResolvers<void>();
    killed.engine.work('greet', { concurrency: 4, maxAttempts: 3 }, () => {
      begun.resolve();
      return new Promise<never>(() => {});
    });
    await killed.engine.start();
    await killed.leave({ key: 'ana' });
    await begun.promise;
    await killed.kill();

    // In real time: about eleven seconds, after which the job of the living would be gone as well if it did not touch it.
    const successor = await aProcess(database);
    successor.engine.work('greet', { concurrency: 4, maxAttempts: 3 }, async (job) => {
      ran.push(['greet', job.attempt]);
      return done;
    });
    await successor.engine.start();
    await until(() => ran.length === 2);
    gate.resolve();
    await untilThereIsNoJob(living);
    expect(ran).toEqual([
      ['long', 1],
      ['greet', 2],
    ]);
  });
});

describe('a process that was taken for dead, and wakes up', () => {
  it.each([
    { says: 'done' },
    { says: 'retry', why: 'too late', afterMs: 0 },
    { says: 'snooze', until: 0 },
  ] as const)('and says “$says” ends no job that another one runs by now', async ({ says, ...rest }) => {
    const database = await someCopy();
    const frozen = await aProcess(database);
    const next = await aProcess(database);
    const thaw = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const attempts: number[] = [];
    frozen.engine.work('greet', { concurrency: 1, maxAttempts: 1 }, async (job) => {
      attempts.push(job.attempt);
      await thaw.promise;
      return { kind: says, ...rest } as Awaited<ReturnType<Parameters<JobEngine['work']>[2]>>;
    });
    next.engine.work('greet', { concurrency: 1, maxAttempts: 3 }, async (job) => {
      attempts.push(job.attempt);
      await gate.promise;
      return done;
    });
    await frozen.engine.start();
    await frozen.leave({ key: 'ana' });
    await until(() => attempts.length === 1);
    const stopped = frozen.engine.stop();
    await next.engine.start();
    while (attempts.length < 2) {
      await queryDatabase(
        database,
        `UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 minute' WHERE retry_count = 0`,
      );
      await sleep(50);
    }
    thaw.resolve();
    await stopped;
    expect(await next.engine.counts()).toEqual([{ name: 'greet', state: 'running', count: 1 }]);
    gate.resolve();
    await untilThereIsNoJob(next);
    expect(attempts).toEqual([1, 2]);
    expect(await next.engine.dead()).toEqual([]);
  });
});

describe('a transaction that leaves jobs', () => {
  it('and runs again because another came in its way leaves them once', async () => {
    const only = await aProcess(await someCopy());
    const ran: unknown[] = [];
    only.engine.work('greet', { concurrency: 4, maxAttempts: 3 }, async ({ payload }) => {
      ran.push(payload);
      return done;
    });
    await only.engine.start();
    let times = 0;
    await only.store.transact(async (tx) => {
      times += 1;
      await only.engine.insert(tx, aJob({ payload: times }));
      if (times < 3) throw Object.assign(new Error('could not serialize access'), { code: '40001' });
    });
    await only.engine.idle();
    expect(ran).toEqual([3]);
  });

  it('leaves none that it cancels again', async () => {
    const only = await aProcess(await someCopy());
    await only.store.transact(async (tx) => {
      await only.engine.insert(tx, aJob({ key: 'ana' }));
      await only.engine.cancel(tx, 'greet', 'ana');
    });
    expect(await only.engine.counts()).toEqual([]);
  });

  it('and meets another with the same keys in the opposite order leaves each once, at the earlier time', async () => {
    const database = await someCopy();
    const processes = [await aProcess(database), await aProcess(database)];
    const keys = Array.from({ length: 50 }, (_, index) => `learner ${index}`);
    const at = Date.now() + 3_600_000;
    await Promise.all(
      processes.flatMap(({ leave }) => [
        leave(...keys.map((key) => ({ key, runAt: at + 1000 }))),
        leave(...keys.toReversed().map((key) => ({ key, runAt: at }))),
      ]),
    );
    expect(await processes[0]?.engine.counts()).toEqual([{ name: 'greet', state: 'ready', count: 50 }]);
    const due = await queryDatabase(database, `SELECT DISTINCT data ->> 'runAt' AS at FROM pgboss.job`);
    expect(due).toEqual([{ at: String(at) }]);
  });
});

describe('a database that refuses', () => {
  it('is told as trouble and asked again, and no job is lost', async () => {
    const database = await someCopy();
    const only = await aProcess(database, { expectsTrouble: true });
    const gate = Promise.withResolvers<void>();
    const attempts: number[] = [];
    only.engine.work('greet', { concurrency: 1, maxAttempts: 1 }, async (job) => {
      attempts.push(job.attempt);
      await gate.promise;
      return done;
    });
    await only.engine.start();
    await only.leave({ payload: 'first' }, { payload: 'second' });
    await until(() => attempts.length === 1);
    await queryDatabase(database, 'ALTER SCHEMA pgboss RENAME TO away');
    gate.resolve();
    await until(() => only.troubles.length > 0);
    await queryDatabase(database, 'ALTER SCHEMA away RENAME TO pgboss');
    await untilThereIsNoJob(only);
    expect(attempts).toEqual([1, 1]);
  });
});

type Process = {
  readonly name: string;
  readonly store: Store;
  readonly engine: JobEngine;
  readonly troubles: unknown[];
  leave(...jobs: Partial<NewJob>[]): Promise<void>;
  /** It never ends what it does, and says nothing more to the database. */
  kill(): Promise<void>;
};

/** One of several on the same database, by the real clock. */
async function aProcess(database: PostgresDatabase, it: { expectsTrouble?: boolean } = {}): Promise<Process> {
  const troubles: unknown[] = [];
  const setting = { ...SOME_SETTING, now: Date.now };
  const opened = await openAt(
    database,
    setting,
    it.expectsTrouble ? (error) => troubles.push(error) : undefined,
  );
  let isKilled = false;
  onTestFinished(async () => {
    if (!isKilled) await opened.engine.stop();
    await opened.close();
  });
  return {
    name: newId(),
    store: opened.store,
    engine: opened.engine,
    troubles,
    leave: (...jobs) =>
      opened.store.transact(async (tx) => {
        for (const job of jobs) await opened.engine.insert(tx, aJob(job));
      }),
    async kill() {
      isKilled = true;
      await opened.disconnect();
    },
  };
}

function aJob(change: Partial<NewJob>): NewJob {
  return {
    name: 'greet',
    payload: null,
    key: null,
    runAt: Date.now(),
    priority: 100,
    trace: 'a-trace',
    ...change,
  };
}

describe('a long queue', () => {
  it('is fetched from in the order of its index: a handful costs no sorting of all that waits', async () => {
    const database = await someCopy();
    const worker = await aProcess(database);
    const statements = recordStatements();
    worker.engine.work('greet', { concurrency: 16, maxAttempts: 3 }, async () => done);
    await worker.engine.start();
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ key: `learner ${index}` }));
    await worker.leave(...many(50));
    await worker.engine.idle();
    await worker.engine.stop();
    await worker.leave(...many(10_000));
    const fetches = statements.all().filter(({ sql }) => /\bnext AS/.test(sql) && /'greet'/.test(sql));
    expect(fetches.length).toBeGreaterThan(0);

    const pool = createPool({ url: database.url, connections: 1, settings: SETTINGS_FOR_JOBS });
    onTestFinished(() => pool.end());
    for (const { sql } of fetches) {
      const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/Index Scan using job_common_i11/);
      expect(plan).not.toMatch(/Sort Key: .*priority/);
    }
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

async function untilThereIsNoJob(process: Process | undefined): Promise<void> {
  while ((await process?.engine.counts().catch(() => null))?.length !== 0) await sleep(10);
}

async function someCopy(): Promise<PostgresDatabase> {
  const name = `test_${newId().replaceAll('-', '')}`;
  await queryDatabase(
    template,
    `CREATE DATABASE ${name} TEMPLATE ${new URL(template.url).pathname.slice(1)}`,
  );
  const url = new URL(template.url);
  url.pathname = `/${name}`;
  return { ...template, url: url.href };
}

type OpenedProcess = OpenedEngine & { disconnect(): Promise<void> };

async function openAt(
  database: PostgresDatabase,
  setting: EngineSetting,
  onTrouble: (error: unknown) => void = (error) => {
    throw error;
  },
): Promise<OpenedProcess> {
  const store = await openStore({ database, sealer: someSealer() });
  const pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => {});
  let isAlive = true;
  const disconnect = async () => {
    if (isAlive) await pool.end();
    isAlive = false;
  };
  return {
    store,
    disconnect,
    engine: createPgBossEngine({
      store,
      pool,
      onTrouble: (error) => {
        if (isAlive) onTrouble(error);
      },
      ...setting,
    }),
    async again() {
      await disconnect();
      // A minute goes by for what is over when a process is dead.
      await queryDatabase(
        database,
        `UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 minute';
         UPDATE pgboss.queue SET monitor_claim_on = null, monitor_on = null`,
      );
      return openAt(database, setting);
    },
    async close() {
      await disconnect();
      await store.close();
    },
  };
}

function onPostgres(database: Database): PostgresDatabase {
  if (database.kind !== 'postgres') throw new Error('This suite runs on PostgreSQL');
  return database;
}

const SOME_SETTING: EngineSetting = { now: () => 0, luck: () => 0, onThrow: () => {}, onDead: () => {} };
