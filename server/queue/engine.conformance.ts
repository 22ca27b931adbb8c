import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store, Writer } from '../store/store.ts';
import { DatabaseUnavailable } from '../store/unavailable.ts';
import { currentTrace } from '../trace.ts';
import { done, type JobEngine, type JobOutcome, type NewJob, type Pace, type RunningJob } from './engine.ts';

const SECONDS = 1000;
const HOURS = 60 * 60 * SECONDS;
const START = Date.parse('2026-11-23T12:00:00Z');

/** What an engine is given, apart from its own database. */
export type EngineSetting = {
  readonly now: () => number;
  readonly luck: () => number;
  readonly onThrow: (job: RunningJob, error: unknown) => void;
  readonly onDead: (job: RunningJob, error: string) => void;
};

/** An engine on an empty database of its own. The suite calls `start` and, in the end, `stop`. */
export type OpenedEngine = {
  readonly store: Store;
  readonly engine: JobEngine;
  /** Opens the same database once more, as the process does that follows one that was killed. */
  again(): Promise<OpenedEngine>;
  close(): Promise<void>;
};

/** What every job engine promises, whatever its database. The clock is moved by hand: nothing here waits. */
export function conformsToJobEngine(
  name: string,
  open: (setting: EngineSetting) => Promise<OpenedEngine>,
): void {
  describe(`${name}: leaving a job`, () => {
    it('has it done, with what it was given, once its transaction is committed', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', done);
      await work.leave({ name: 'greet', payload: { who: 'Ana', times: [1, 2] } });
      await work.engine.idle();
      expect(jobs).toMatchObject([{ name: 'greet', payload: { who: 'Ana', times: [1, 2] }, attempt: 1 }]);
      expect(await work.engine.counts()).toEqual([]);
    });

    it('is part of the caller’s transaction: rolled back, there is no job', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', done);
      const failing = work.store.transact(async (tx) => {
        await work.engine.insert(tx, aJob());
        throw new Error('changed its mind');
      });
      await expect(failing).rejects.toThrow('changed its mind');
      await work.engine.idle();
      expect(jobs).toEqual([]);
      expect(await work.engine.counts()).toEqual([]);
    });

    it('does not begin it before the transaction is committed', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', done);
      await work.store.transact(async (tx) => {
        await work.engine.insert(tx, aJob());
        work.engine.tick();
        for (let turns = 0; turns < 10; turns++) await nextTurn();
        expect(jobs).toEqual([]);
      });
      await work.engine.idle();
      expect(jobs).toHaveLength(1);
    });

    it('wakes the engine by itself, even when it is just about to fall asleep', async () => {
      const work = await begin(open);
      const ran = new Map<unknown, PromiseWithResolvers<void>>();
      work.doing('greet', async (job) => {
        ran.get(job.payload)?.resolve();
        return done;
      });
      for (const other of ['part', 'sing', 'dance']) work.doing(other, done);
      // The commit comes so many steps after the engine began to look around, in each round at another one.
      for (let steps = 0; steps < 100; steps++) {
        ran.set(steps, Promise.withResolvers());
        const gate = Promise.withResolvers<void>();
        const inserted = Promise.withResolvers<void>();
        const left = work.store.transact(async (tx) => {
          await work.engine.insert(tx, aJob({ payload: steps }));
          inserted.resolve();
          await gate.promise;
        });
        await inserted.promise;
        await nextTurn();
        work.engine.tick();
        await someSteps(steps);
        gate.resolve();
        await left;
        await ran.get(steps)?.promise;
      }
    });

    it('wakes the engine by itself, whoever else commits at the same moment', async () => {
      const work = await begin(open);
      const ran = new Map<unknown, PromiseWithResolvers<void>>();
      work.doing('greet', async (job) => {
        ran.get(job.payload)?.resolve();
        return done;
      });
      for (let round = 0; round < 60; round++) {
        ran.set(round, Promise.withResolvers());
        const bystander = work.store.transact((tx) => someQueries(round % 12, tx));
        await someSteps(round % 7);
        const left = work.store.transact(async (tx) => {
          await someQueries(round % 5, tx);
          await work.engine.insert(tx, aJob({ payload: round }));
        });
        const another = work.store.transact((tx) => someQueries(round % 3, tx));
        await Promise.all([bystander, left, another, ran.get(round)?.promise]);
      }
    });

    it('keeps it for an engine that is not working yet', async () => {
      const opened = await open(settingAt({ now: START }));
      onTestFinished(() => opened.close());
      const jobs: RunningJob[] = [];
      opened.engine.work('greet', { concurrency: 1, maxAttempts: 3 }, async (job) => {
        jobs.push(job);
        return done;
      });
      await opened.store.transact((tx) => opened.engine.insert(tx, aJob()));
      expect(jobs).toEqual([]);
      await opened.engine.start();
      await opened.engine.idle();
      expect(jobs).toHaveLength(1);
      await opened.engine.stop();
    });
  });

  describe(`${name}: time`, () => {
    it('begins nothing before it is due', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', done);
      await work.leave({ runAt: START + 10 * SECONDS });
      await work.later(10 * SECONDS - 1);
      expect(jobs).toEqual([]);
      await work.later(1);
      expect(jobs).toHaveLength(1);
    });

    it('begins what is more urgent first, then what has been due longest, then what was left first', async () => {
      const work = await begin(open);
      const order: unknown[] = [];
      work.doing('greet', async (job) => {
        order.push(job.payload);
        return done;
      });
      await work.store.transact(async (tx) => {
        const insert = (payload: string, priority: number, runAt: number) =>
          work.engine.insert(tx, aJob({ payload, priority, runAt }));
        await insert('ordinary, due last', 100, START);
        await insert('ordinary, due first', 100, START - 2 * SECONDS);
        await insert('ordinary, due second', 100, START - 1 * SECONDS);
        await insert('urgent', 10, START);
        await insert('ordinary, due last and left later', 100, START);
        await insert('can wait', 500, START - 10 * SECONDS);
      });
      await work.engine.idle();
      expect(order).toEqual([
        'urgent',
        'ordinary, due first',
        'ordinary, due second',
        'ordinary, due last',
        'ordinary, due last and left later',
        'can wait',
      ]);
    });
  });

  describe(`${name}: jobs of one key`, () => {
    it('waiting at the same time become one, due at the earlier of both times', async () => {
      for (const [first, second] of [
        [10, 2],
        [2, 10],
      ] as const) {
        const work = await begin(open);
        const { jobs } = work.doing('greet', done);
        await work.leave({ key: 'ana', runAt: START + first * SECONDS });
        await work.leave({ key: 'ana', runAt: START + second * SECONDS });
        expect(await work.engine.counts()).toEqual([{ name: 'greet', state: 'ready', count: 1 }]);
        await work.later(2 * SECONDS);
        expect(jobs).toHaveLength(1);
        await work.later(1 * HOURS);
        expect(jobs).toHaveLength(1);
      }
    });

    it('become one within a single transaction too', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', done);
      await work.store.transact(async (tx) => {
        for (let index = 0; index < 5; index++) await work.engine.insert(tx, aJob({ key: 'ana' }));
      });
      await work.engine.idle();
      expect(jobs).toHaveLength(1);
    });

    it('stay apart when the key, the name or both differ, and when there is no key', async () => {
      const work = await begin(open);
      const greeted = work.doing('greet', done);
      const parted = work.doing('part', done);
      await work.leave({ key: 'ana' });
      await work.leave({ key: 'bia' });
      await work.leave({ name: 'part', key: 'ana' });
      await work.leave({ key: null });
      await work.leave({ key: null });
      await work.engine.idle();
      expect([greeted.jobs.length, parted.jobs.length]).toEqual([4, 1]);
    });

    it('are both done when the first is running already: it may have looked before our change', async () => {
      const work = await begin(open);
      const gate = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const { jobs } = work.doing('greet', async () => {
        begun.resolve();
        await gate.promise;
        return done;
      });
      await work.leave({ key: 'ana' });
      await begun.promise;
      await work.leave({ key: 'ana' });
      expect(await countsByState(work.engine)).toEqual({ running: 1, ready: 1 });
      gate.resolve();
      await work.engine.idle();
      expect(jobs).toHaveLength(2);
    });

    it('wait for one another, while a job of another key that was left later overtakes them', async () => {
      const work = await begin(open);
      const gate = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const overtaken = Promise.withResolvers<void>();
      const { jobs } = work.doing('greet', async (job) => {
        if (job.payload === 'first') {
          begun.resolve();
          await gate.promise;
        }
        if (job.payload === 'other') overtaken.resolve();
        return done;
      });
      await work.leave({ key: 'ana', payload: 'first' });
      await begun.promise;
      await work.leave({ key: 'ana', payload: 'twin' });
      await work.leave({ key: 'bia', payload: 'other' });
      await overtaken.promise;
      expect(jobs.map((job) => job.payload)).toEqual(['first', 'other']);
      gate.resolve();
      await work.engine.idle();
      expect(jobs.map((job) => job.payload)).toEqual(['first', 'other', 'twin']);
    });

    it('never run at the same time, while others do', async () => {
      const work = await begin(open);
      const running = new Set<unknown>();
      let overlaps = 0;
      let mostAtOnce = 0;
      const { jobs } = work.doing('greet', async (job) => {
        if (running.has(job.payload)) overlaps += 1;
        running.add(job.payload);
        mostAtOnce = Math.max(mostAtOnce, running.size);
        // While it runs, another of its key is left.
        if (jobs.length < 20) await work.leave({ key: String(job.payload), payload: job.payload });
        for (let turns = 0; turns < 10; turns++) await nextTurn();
        running.delete(job.payload);
        return done;
      });
      await work.store.transact(async (tx) => {
        for (const key of ['ana', 'bia', 'eva']) await work.engine.insert(tx, aJob({ key, payload: key }));
      });
      await work.engine.idle();
      expect(jobs.length).toBeGreaterThanOrEqual(20);
      expect(overlaps).toBe(0);
      expect(mostAtOnce).toBe(3);
    });

    it('that come back while a twin waits become one with it, due at the earlier of both times', async () => {
      const work = await begin(open);
      const gate = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const { jobs } = work.doing('greet', async (job) => {
        if (job.attempt > 1 || jobs.length > 1) return done;
        begun.resolve();
        await gate.promise;
        return { kind: 'retry', why: 'not now', afterMs: 10 * SECONDS };
      });
      await work.leave({ key: 'ana' });
      await begun.promise;
      await work.leave({ key: 'ana', runAt: START + 3 * SECONDS });
      gate.resolve();
      await work.engine.idle();
      expect(await countsByState(work.engine)).toEqual({ ready: 1 });
      await work.later(3 * SECONDS);
      expect(jobs).toHaveLength(2);
      await work.later(1 * HOURS);
      expect(jobs).toHaveLength(2);
    });
  });

  describe(`${name}: how many at once`, () => {
    it('is limited by name', async () => {
      const work = await begin(open);
      let running = 0;
      let mostAtOnce = 0;
      const { jobs } = work.doing(
        'greet',
        async () => {
          running += 1;
          mostAtOnce = Math.max(mostAtOnce, running);
          await nextTurn();
          running -= 1;
          return done;
        },
        { concurrency: 2 },
      );
      await work.store.transact(async (tx) => {
        for (let index = 0; index < 7; index++) await work.engine.insert(tx, aJob());
      });
      await work.engine.idle();
      expect(jobs).toHaveLength(7);
      expect(mostAtOnce).toBe(2);
    });

    it('counts those that run under a key along with all others', async () => {
      const work = await begin(open);
      const gate = Promise.withResolvers<void>();
      const { jobs } = work.doing(
        'greet',
        async () => {
          await gate.promise;
          return done;
        },
        { concurrency: 2 },
      );
      await work.leave({ key: 'ana' });
      await until(async () => jobs.length === 1);
      await work.store.transact(async (tx) => {
        for (let index = 0; index < 4; index++) await work.engine.insert(tx, aJob());
      });
      await until(async () => (await countsByState(work.engine)).running === 2);
      for (let turns = 0; turns < 10; turns++) await nextTurn();
      expect(jobs).toHaveLength(2);
      gate.resolve();
      await work.engine.idle();
      expect(jobs).toHaveLength(5);
    });

    it('of one name does not hold up another', async () => {
      const work = await begin(open);
      const gate = Promise.withResolvers<void>();
      work.doing('slow', async () => {
        await gate.promise;
        return done;
      });
      const quick = Promise.withResolvers<void>();
      work.doing('quick', async () => {
        quick.resolve();
        return done;
      });
      await work.leave({ name: 'slow' });
      await work.leave({ name: 'slow' });
      await work.leave({ name: 'quick' });
      await quick.promise;
      gate.resolve();
      await work.engine.idle();
    });

    it('may be slowed down by a pace, and counts every job begun', async () => {
      const work = await begin(open);
      const pace = twoPerSecond(() => work.now());
      const { jobs } = work.doing('greet', done, { concurrency: 10, pace });
      for (let index = 0; index < 5; index++) await work.leave({});
      await work.engine.idle();
      expect(jobs).toHaveLength(2);
      await work.later(999);
      expect(jobs).toHaveLength(2);
      await work.later(1);
      expect(jobs).toHaveLength(4);
      await work.later(1 * SECONDS);
      expect(jobs).toHaveLength(5);
      expect(pace.taken()).toBe(5);
    });

    it('asks the pace for no more than is due and free to run', async () => {
      const work = await begin(open);
      const wanted: number[] = [];
      const pace: Pace = {
        take(count) {
          wanted.push(count);
          return count;
        },
        nextAt: () => 0,
      };
      work.doing('greet', done, { concurrency: 3, pace });
      await work.leave({ runAt: START + 1 * HOURS });
      await work.leave({});
      await work.engine.idle();
      expect(wanted).toEqual([1]);
    });
  });

  describe(`${name}: a job that says “retry”`, () => {
    it('comes back after a short wait, within twelve seconds the first time', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', failing(1));
      await work.leave({});
      await work.engine.idle();
      await work.later(1 * SECONDS);
      expect(jobs).toHaveLength(1);
      await work.later(11 * SECONDS);
      expect(jobs.map((job) => job.attempt)).toEqual([1, 2]);
    });

    it('waits longer each time', async () => {
      const work = await begin(open);
      const at: number[] = [];
      work.doing(
        'greet',
        async () => {
          at.push(work.now());
          return { kind: 'retry', why: 'still not' };
        },
        { maxAttempts: 5 },
      );
      await work.leave({});
      for (let second = 0; second < 60; second++) await work.later(1 * SECONDS);
      const waits = at.slice(1).map((instant, index) => instant - (at[index] ?? 0));
      expect(waits).toHaveLength(4);
      expect(waits.toSorted((one, other) => one - other)).toEqual(waits);
      expect(waits.at(-1)).toBeGreaterThan(3 * (waits[0] ?? 0));
    });

    it('does not come back together with others that failed at the same moment', async () => {
      const work = await begin(open, { luck: [0, 0.99] });
      const { jobs } = work.doing('greet', failing(1));
      await work.leave({});
      await work.leave({});
      await work.engine.idle();
      expect(jobs).toHaveLength(2);
      const returned: number[] = [];
      for (let step = 0; step < 120; step++) {
        await work.later(0.1 * SECONDS);
        while (returned.length < jobs.length - 2) returned.push(work.now());
      }
      expect(returned).toHaveLength(2);
      expect(returned[0]).not.toBe(returned[1]);
    });

    it('comes back when it says so itself', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', failing(1, { afterMs: 30 * SECONDS }));
      await work.leave({});
      await work.later(30 * SECONDS - 1);
      expect(jobs).toHaveLength(1);
      await work.later(1);
      expect(jobs).toHaveLength(2);
    });

    it('is given up after so many attempts, told so before the last, and kept with its error', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', failing(99, { why: 'the line is dead' }), { maxAttempts: 3 });
      await work.leave({});
      for (let step = 0; step < 10; step++) await work.later(1 * HOURS);
      expect(jobs.map((job) => [job.attempt, job.isLastAttempt])).toEqual([
        [1, false],
        [2, false],
        [3, true],
      ]);
      expect(await work.engine.dead()).toEqual([
        { id: jobs[0]?.id, name: 'greet', error: 'the line is dead', attempts: 3, createdAt: START },
      ]);
      expect(await countsByState(work.engine)).toEqual({ dead: 1 });
      expect(work.dead).toEqual([{ name: 'greet', error: 'the line is dead' }]);
    });

    it('does not stand in the way of another of its key once it is dead', async () => {
      const work = await begin(open);
      const { jobs } = work.doing(
        'greet',
        async () => (jobs.length === 1 ? { kind: 'retry', why: 'no' } : done),
        {
          maxAttempts: 1,
        },
      );
      await work.leave({ key: 'ana' });
      await work.engine.idle();
      await work.leave({ key: 'ana' });
      await work.engine.idle();
      expect(jobs).toHaveLength(2);
      expect(await countsByState(work.engine)).toEqual({ dead: 1 });
    });
  });

  describe(`${name}: a job that throws`, () => {
    it('is told as what it is, a fault of ours, and tried again like any other', async () => {
      const work = await begin(open);
      const fault = new TypeError('undefined is not a function');
      const { jobs } = work.doing('greet', async (job) => {
        if (job.attempt === 1) throw fault;
        return done;
      });
      await work.leave({});
      await work.later(12 * SECONDS);
      expect(jobs).toHaveLength(2);
      expect(work.thrown).toEqual([{ name: 'greet', error: fault }]);
      expect(await work.engine.counts()).toEqual([]);
    });

    it('because the database was away is no fault: it spends no attempt, however often', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', async () => {
        if (jobs.length < 6) throw new DatabaseUnavailable('The database does not answer.', 'gone');
        return done;
      });
      await work.leave({});
      for (let look = 0; look < 6; look++) await work.later(2 * SECONDS);
      expect(jobs.map((job) => job.attempt)).toEqual([1, 1, 1, 1, 1, 1]);
      expect([work.thrown, work.dead]).toEqual([[], []]);
      expect(await work.engine.counts()).toEqual([]);
    });

    it('is kept with what it threw when it is given up', async () => {
      const work = await begin(open);
      work.doing(
        'greet',
        async () => {
          throw new TypeError('undefined is not a function');
        },
        { maxAttempts: 1 },
      );
      await work.leave({});
      await work.engine.idle();
      expect(await work.engine.dead()).toMatchObject([{ error: 'TypeError: undefined is not a function' }]);
    });

    it('does not take its neighbours with it', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', async (job) => {
        if (job.payload === 'broken') throw new Error('broken');
        return done;
      });
      for (const payload of ['fine', 'broken', 'fine']) await work.leave({ payload });
      await work.engine.idle();
      expect(jobs).toHaveLength(3);
      expect(await countsByState(work.engine)).toEqual({ ready: 1 });
    });
  });

  describe(`${name}: a job that says “not yet”`, () => {
    it('comes back at its time and has spent no attempt, however often', async () => {
      const work = await begin(open);
      const { jobs } = work.doing(
        'greet',
        async () => (jobs.length <= 5 ? { kind: 'snooze', until: work.now() + 10 * SECONDS } : done),
        { maxAttempts: 2 },
      );
      await work.leave({});
      for (let nap = 0; nap < 6; nap++) await work.later(10 * SECONDS);
      expect(jobs.map((job) => job.attempt)).toEqual([1, 1, 1, 1, 1, 1]);
      expect(await work.engine.counts()).toEqual([]);
    });

    it('is not woken before its time', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', async () =>
        jobs.length === 1 ? { kind: 'snooze', until: START + 10 * SECONDS } : done,
      );
      await work.leave({});
      await work.later(10 * SECONDS - 1);
      expect(jobs).toHaveLength(1);
      await work.later(1);
      expect(jobs).toHaveLength(2);
    });
  });

  describe(`${name}: a job that is no longer wanted`, () => {
    it('and says so itself is gone, not dead', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', async () => ({ kind: 'cancel', why: 'they left' }));
      await work.leave({});
      await work.later(1 * HOURS);
      expect(jobs).toHaveLength(1);
      expect(await work.engine.counts()).toEqual([]);
    });

    it('is cancelled by its key while it waits, and no other is', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', done);
      const parted = work.doing('part', done);
      const soon = { runAt: START + 1 * SECONDS };
      await work.leave({ ...soon, key: 'ana', payload: 'ana' });
      await work.leave({ ...soon, key: 'bia', payload: 'bia' });
      await work.leave({ ...soon, name: 'part', key: 'ana' });
      await work.store.transact((tx) => work.engine.cancel(tx, 'greet', 'ana'));
      await work.later(1 * SECONDS);
      expect(jobs.map((job) => job.payload)).toEqual(['bia']);
      expect(parted.jobs).toHaveLength(1);
    });

    it('stays when the transaction that cancels it is rolled back', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', done);
      await work.leave({ key: 'ana', runAt: START + 1 * SECONDS });
      const failed = work.store.transact(async (tx) => {
        await work.engine.cancel(tx, 'greet', 'ana');
        throw new Error('changed its mind');
      });
      await expect(failed).rejects.toThrow();
      await work.later(1 * SECONDS);
      expect(jobs).toHaveLength(1);
    });

    it('cannot be cancelled any more once it runs', async () => {
      const work = await begin(open);
      const gate = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const { jobs } = work.doing('greet', async (job) => {
        begun.resolve();
        await gate.promise;
        return job.attempt === 1 ? { kind: 'retry', why: 'once more', afterMs: 0 } : done;
      });
      await work.leave({ key: 'ana' });
      await begun.promise;
      await work.store.transact((tx) => work.engine.cancel(tx, 'greet', 'ana'));
      gate.resolve();
      await work.engine.idle();
      expect(jobs).toHaveLength(2);
    });
  });

  describe(`${name}: a dead job`, () => {
    it('can be revived, and begins again from its first attempt', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', failing(2), { maxAttempts: 2 });
      await work.leave({ payload: 'hello', key: 'ana' });
      await work.later(1 * HOURS);
      const [dead] = await work.engine.dead();
      expect(await work.engine.revive(dead?.id ?? '')).toBe(true);
      await work.engine.idle();
      expect(jobs.map((job) => job.attempt)).toEqual([1, 2, 1]);
      expect(jobs.at(-1)?.payload).toBe('hello');
      expect(await work.engine.counts()).toEqual([]);
    });

    it('is revived without a tick of the clock', async () => {
      const work = await begin(open);
      const revived = Promise.withResolvers<void>();
      const { jobs } = work.doing(
        'greet',
        async () => {
          if (jobs.length === 1) return { kind: 'retry', why: 'no' };
          revived.resolve();
          return done;
        },
        { maxAttempts: 1 },
      );
      await work.leave({});
      await work.engine.idle();
      const [dead] = await work.engine.dead();
      await work.engine.revive(dead?.id ?? '');
      await revived.promise;
    });

    it('becomes one with a twin that waits', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', failing(1), { maxAttempts: 1 });
      await work.leave({ key: 'ana' });
      await work.engine.idle();
      await work.leave({ key: 'ana', runAt: START + 5 * SECONDS });
      const [dead] = await work.engine.dead();
      await work.engine.revive(dead?.id ?? '');
      await work.later(1 * HOURS);
      expect(jobs).toHaveLength(2);
      expect(await work.engine.counts()).toEqual([]);
    });

    it('is counted, and forgotten once it was given up long enough ago, so many at a time', async () => {
      const work = await begin(open);
      work.doing('greet', failing(99), { maxAttempts: 1 });
      work.doing('wait', done);
      for (const payload of [1, 2, 3]) await work.leave({ payload });
      await work.leave({ name: 'wait', runAt: START + 24 * HOURS });
      await work.engine.idle();
      expect(await work.engine.countDead()).toBe(3);
      expect(await work.engine.forgetDead(START, 10)).toBe(0);
      expect(await work.engine.forgetDead(START + 1, 2)).toBe(2);
      expect(await work.engine.forgetDead(START + 1, 2)).toBe(1);
      expect(await work.engine.countDead()).toBe(0);
      expect(await countsByState(work.engine)).toEqual({ ready: 1 });
    });

    it('cannot be revived when there is none of that id, or it lives already', async () => {
      const work = await begin(open);
      work.doing('greet', failing(1), { maxAttempts: 1 });
      await work.leave({});
      await work.engine.idle();
      const [dead] = await work.engine.dead();
      expect(await work.engine.revive('0193a1b2-0000-7000-8000-000000000000')).toBe(false);
      expect(await work.engine.revive(dead?.id ?? '')).toBe(true);
      expect(await work.engine.revive(dead?.id ?? '')).toBe(false);
    });
  });

  describe(`${name}: after a crash`, () => {
    it('what was running is done again by the process that follows, as its next attempt', async () => {
      const killed = await begin(open);
      await runForever(killed, { key: 'ana', payload: 'hello', trace: 'trace-1' });
      const next = await follow(killed);
      const { jobs } = next.doing('greet', done);
      await next.engine.start();
      await next.engine.idle();
      expect(jobs).toMatchObject([{ payload: 'hello', attempt: 2, trace: 'trace-1' }]);
      expect(await next.engine.counts()).toEqual([]);
    });

    it('what waited still waits, at its own time', async () => {
      const killed = await begin(open);
      await killed.leave({ runAt: START + 10 * SECONDS });
      const next = await follow(killed);
      const { jobs } = next.doing('greet', done);
      await next.engine.start();
      await next.later(10 * SECONDS - 1);
      expect(jobs).toEqual([]);
      await next.later(1);
      expect(jobs).toMatchObject([{ attempt: 1 }]);
    });

    it('what was done stays done', async () => {
      const killed = await begin(open);
      killed.doing('greet', done);
      await killed.leave({});
      await killed.engine.idle();
      const next = await follow(killed);
      const { jobs } = next.doing('greet', done);
      await next.engine.start();
      await next.engine.idle();
      expect(jobs).toEqual([]);
    });

    it('a job becomes one with the twin that was left while it ran', async () => {
      const killed = await begin(open);
      await runForever(killed, { key: 'ana' });
      await killed.leave({ key: 'ana', runAt: START + 1 * HOURS });
      const next = await follow(killed);
      const { jobs } = next.doing('greet', done);
      await next.engine.start();
      await next.later(2 * HOURS);
      expect(jobs).toHaveLength(1);
    });

    it('a job that kills its process again and again is given up like any other', async () => {
      let work = await begin(open, { maxAttempts: 3 });
      await runForever(work, { payload: 'poison' });
      for (let life = 2; life <= 3; life++) {
        work = await follow(work);
        const begun = Promise.withResolvers<RunningJob>();
        work.doing('greet', (job) => {
          begun.resolve(job);
          return new Promise<never>(() => {});
        });
        await work.engine.start();
        expect(await begun.promise).toMatchObject({ attempt: life, isLastAttempt: life === 3 });
      }
      const last = await follow(work);
      const { jobs } = last.doing('greet', done);
      await last.engine.start();
      await last.later(1 * HOURS);
      expect(jobs).toEqual([]);
      expect(await last.engine.dead()).toMatchObject([
        { name: 'greet', error: 'its process died', attempts: 3 },
      ]);
      expect(last.dead).toEqual([{ name: 'greet', error: 'its process died' }]);
    });

    it('a job that was given up for it can be revived', async () => {
      const killed = await begin(open, { maxAttempts: 1 });
      await runForever(killed, { payload: 'poison' });
      const next = await follow(killed);
      const { jobs } = next.doing('greet', done);
      await next.engine.start();
      await next.engine.idle();
      const [dead] = await next.engine.dead();
      expect(await next.engine.revive(dead?.id ?? '')).toBe(true);
      await next.engine.idle();
      expect(jobs).toMatchObject([{ payload: 'poison', attempt: 1 }]);
    });
  });

  describe(`${name}: being idle`, () => {
    it('is at once when there is nothing, or only what is not due', async () => {
      const work = await begin(open);
      work.doing('greet', done);
      await work.engine.idle();
      await work.leave({ runAt: START + 1 });
      await work.engine.idle();
      expect(await countsByState(work.engine)).toEqual({ ready: 1 });
    });

    it('includes the jobs that jobs leave', async () => {
      const work = await begin(open);
      const { jobs } = work.doing('greet', async (job) => {
        if (jobs.length < 5) await work.leave({ payload: jobs.length, trace: job.trace });
        return done;
      });
      await work.leave({});
      await work.engine.idle();
      expect(jobs).toHaveLength(5);
    });
  });

  describe(`${name}: stopping`, () => {
    it('waits for what runs and begins nothing new, which then is there for the next process', async () => {
      const work = await begin(open);
      const gate = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const { jobs } = work.doing(
        'greet',
        async () => {
          begun.resolve();
          await gate.promise;
          return done;
        },
        { concurrency: 1 },
      );
      await work.leave({ payload: 'first' });
      await begun.promise;
      await work.leave({ payload: 'second' });
      let stopped = false;
      const stopping = work.engine.stop().then(() => {
        stopped = true;
      });
      await work.leave({ payload: 'third' });
      for (let turns = 0; turns < 10; turns++) await nextTurn();
      expect(stopped).toBe(false);
      gate.resolve();
      await stopping;
      await work.engine.idle();
      expect(jobs.map((job) => job.payload)).toEqual(['first']);
      expect(await countsByState(work.engine)).toEqual({ ready: 2 });
      const next = await follow(work);
      const rest = next.doing('greet', done);
      await next.engine.start();
      await next.engine.idle();
      expect(rest.jobs.map((job) => job.payload)).toEqual(['second', 'third']);
    });

    it('in the middle of looking for work begins no more than was already taken', async () => {
      for (let steps = 0; steps < 40; steps++) {
        const work = await begin(open);
        const began: string[] = [];
        for (const each of ['one', 'two', 'three']) {
          work.doing(each, async (job) => {
            began.push(job.name);
            await nextTurn();
            return done;
          });
        }
        await work.store.transact(async (tx) => {
          for (const each of ['one', 'two', 'three']) await work.engine.insert(tx, aJob({ name: each }));
        });
        await someSteps(steps);
        const before = began.length;
        await work.engine.stop();
        expect(began.length - before).toBeLessThanOrEqual(1);
        const { ready = 0, running = 0 } = await countsByState(work.engine);
        expect([ready, running]).toEqual([3 - began.length, 0]);
      }
    });
  });

  describe(`${name}: being followed`, () => {
    it('carries the trace of whoever left the job into its handler, each its own', async () => {
      const work = await begin(open);
      const seen: [string, string | undefined, string | undefined][] = [];
      work.doing('greet', async (job) => {
        const before = currentTrace();
        await nextTurn();
        seen.push([job.trace, before, currentTrace()]);
        return done;
      });
      for (const trace of ['trace-1', 'trace-2', 'trace-3']) await work.leave({ trace });
      await work.engine.idle();
      expect(seen.toSorted()).toEqual(
        ['trace-1', 'trace-2', 'trace-3'].map((trace) => [trace, trace, trace]),
      );
    });

    it('counts what waits, what runs and what is dead, by name', async () => {
      const work = await begin(open);
      const gate = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      work.doing('greet', async () => {
        begun.resolve();
        await gate.promise;
        return done;
      });
      work.doing('part', failing(99), { maxAttempts: 1 });
      await work.leave({ runAt: START + 1 * HOURS });
      await work.leave({ runAt: START + 1 * HOURS });
      await work.leave({});
      await work.leave({ name: 'part' });
      await begun.promise;
      await until(async () => (await work.engine.dead()).length === 1);
      expect((await work.engine.counts()).toSorted(byNameAndState)).toEqual([
        { name: 'greet', state: 'ready', count: 2 },
        { name: 'greet', state: 'running', count: 1 },
        { name: 'part', state: 'dead', count: 1 },
      ]);
      gate.resolve();
    });
  });
}

type Work = {
  readonly store: Store;
  readonly engine: JobEngine;
  readonly opened: OpenedEngine;
  readonly clock: Clock;
  readonly maxAttempts: number;
  readonly process: { isKilled: boolean };
  readonly thrown: { name: string; error: unknown }[];
  readonly dead: { name: string; error: string }[];
  now(): number;
  /** Lets everything happen that is due, moves the clock by hand, and lets everything happen that is due then. */
  later(ms: number): Promise<void>;
  leave(change: Partial<NewJob>): Promise<void>;
  doing(
    name: string,
    does: JobOutcome | ((job: RunningJob) => Promise<JobOutcome>),
    settings?: { concurrency?: number; maxAttempts?: number; pace?: Pace },
  ): { readonly jobs: RunningJob[] };
};

type Clock = { now: number };

async function begin(
  open: (setting: EngineSetting) => Promise<OpenedEngine>,
  it: { luck?: readonly number[]; maxAttempts?: number } = {},
): Promise<Work> {
  const clock = { now: START };
  const told = { thrown: [], dead: [] };
  const opened = await open(settingAt(clock, told, it.luck));
  const work = workOn(opened, clock, told, it.maxAttempts ?? 3);
  await opened.engine.start();
  return work;
}

/**
 * The process that comes after one that was killed: the first is never stopped, and what it was doing never ends. Not
 * started, so that the test may first say who does the work.
 */
async function follow(killed: Work): Promise<Work> {
  killed.process.isKilled = true;
  return workOn(
    await killed.opened.again(),
    killed.clock,
    { thrown: killed.thrown, dead: killed.dead },
    killed.maxAttempts,
  );
}

function workOn(
  opened: OpenedEngine,
  clock: Clock,
  told: { thrown: Work['thrown']; dead: Work['dead'] },
  maxAttempts: number,
): Work {
  const { store, engine } = opened;
  const process = { isKilled: false };
  onTestFinished(async () => {
    if (!process.isKilled) await engine.stop();
    await opened.close();
  });
  return {
    ...told,
    process,
    store,
    engine,
    opened,
    clock,
    maxAttempts,
    now: () => clock.now,
    async later(ms) {
      await engine.idle();
      clock.now += ms;
      engine.tick();
      await engine.idle();
    },
    leave: (change) => store.transact((tx) => engine.insert(tx, aJob({ runAt: clock.now, ...change }))),
    doing(name, does, settings = {}) {
      const jobs: RunningJob[] = [];
      engine.work(name, { concurrency: 4, maxAttempts, ...settings }, async (job) => {
        jobs.push(job);
        return typeof does === 'function' ? does(job) : does;
      });
      return { jobs };
    },
  };
}

function settingAt(
  clock: Clock,
  told: { thrown: Work['thrown']; dead: Work['dead'] } = { thrown: [], dead: [] },
  luck: readonly number[] = [0.5],
): EngineSetting {
  let drawn = 0;
  return {
    now: () => clock.now,
    luck: () => luck[drawn++ % luck.length] ?? 0,
    onThrow: (job, error) => told.thrown.push({ name: job.name, error }),
    onDead: (job, error) => told.dead.push({ name: job.name, error }),
  };
}

function aJob(change: Partial<NewJob> = {}): NewJob {
  return {
    name: 'greet',
    payload: null,
    key: null,
    runAt: START,
    priority: 100,
    trace: 'a-trace',
    ...change,
  };
}

/** Leaves a job that begins and never ends, as the last one of a process that is killed. */
async function runForever(work: Work, change: Partial<NewJob>): Promise<void> {
  const begun = Promise.withResolvers<void>();
  work.doing(
    'greet',
    () => {
      begun.resolve();
      return new Promise<never>(() => {});
    },
    { concurrency: 1 },
  );
  await work.leave(change);
  await begun.promise;
}

/** A handler that fails so many times, then is done. */
function failing(
  times: number,
  it: { why?: string; afterMs?: number } = {},
): (job: RunningJob) => Promise<JobOutcome> {
  const failures = new Map<string, number>();
  return async (job) => {
    const before = failures.get(job.id) ?? 0;
    failures.set(job.id, before + 1);
    const afterMs = it.afterMs === undefined ? {} : { afterMs: it.afterMs };
    return before < times ? { kind: 'retry', why: it.why ?? 'not this time', ...afterMs } : done;
  };
}

function twoPerSecond(now: () => number): Pace & { taken(): number } {
  let second = -1;
  let inSecond = 0;
  let taken = 0;
  const look = () => {
    const current = Math.floor(now() / SECONDS);
    if (current !== second) inSecond = 0;
    second = current;
  };
  return {
    take(wanted) {
      look();
      const allowed = Math.min(wanted, 2 - inSecond);
      inSecond += allowed;
      taken += allowed;
      return allowed;
    },
    nextAt() {
      look();
      return inSecond < 2 ? now() : (second + 1) * SECONDS;
    },
    taken: () => taken,
  };
}

/** So many steps of what is done between two turns of the event loop. */
async function someSteps(count: number): Promise<void> {
  for (let step = 0; step < count; step++) await Promise.resolve();
}

async function someQueries(count: number, { q }: Writer): Promise<void> {
  for (let made = 0; made < count; made++) await q.selectFrom('jobs').select('id').limit(1).execute();
}

/** For what no promise tells: looks again after every turn of the event loop. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await nextTurn();
}

async function countsByState(engine: JobEngine): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { state, count } of await engine.counts()) sums[state] = (sums[state] ?? 0) + count;
  return sums;
}

function byNameAndState(
  one: { name: string; state: string },
  other: { name: string; state: string },
): number {
  return `${one.name} ${one.state}`.localeCompare(`${other.name} ${other.state}`);
}
