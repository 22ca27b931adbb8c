import { describe, expect, it } from 'vitest';
import { somePostgres } from '../../test/build/database.ts';
import { someStore } from '../../test/build/store.ts';
import { newId, type Store } from '../store/store.ts';
import type { JobsTable } from '../store/tables.ts';
import { handOverJobs, type LeftJob } from './hand-over-jobs.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');

describe('jobs that another engine left', () => {
  it('are handed over with all that is known of them, and those that ran wait again', async () => {
    const store = await someStore(await somePostgres());
    await leave(store, [
      job({ id: 'a', state: 'running', key: 'ana', attempts: 2 }),
      job({ id: 'b', key: 'ana', payload: '{"who":"Ana","times":[1,2]}', priority: 3, run_at: AT + 5 }),
      job({ id: 'c', state: 'dead', attempts: 8, error: 'Error: it did not work' }),
    ]);
    const taken = await handOver(store);
    const known = { name: 'greet', payload: {}, key: null, runAt: AT, priority: 5, attempts: 0, error: null };
    const always = { ...known, trace: 'trace', createdAt: AT - 1, state: 'waiting' };
    expect(taken).toEqual([
      { ...always, id: 'a', key: 'ana', attempts: 2 },
      { ...always, id: 'b', key: 'ana', payload: { who: 'Ana', times: [1, 2] }, priority: 3, runAt: AT + 5 },
      { ...always, id: 'c', state: 'dead', attempts: 8, error: 'Error: it did not work' },
    ]);
  });

  it('are handed over once: the next start finds none', async () => {
    const store = await someStore(await somePostgres());
    await leave(store, [job({})]);
    expect(await handOver(store)).toHaveLength(1);
    expect(await handOver(store)).toEqual([]);
  });

  it('stay where they are when the other engine does not take them', async () => {
    const store = await someStore(await somePostgres());
    await leave(store, [job({}), job({})]);
    let inserted = 0;
    const failing = handOverJobs(store, async () => {
      inserted += 1;
      if (inserted === 2) throw new Error('the queue is not there');
    });
    await expect(failing).rejects.toThrow('the queue is not there');
    expect(await handOver(store)).toHaveLength(2);
  });

  it('are handed over once by two processes that start together, however many there are', async () => {
    const database = await somePostgres();
    const [one, other] = [await someStore(database), await someStore(database)];
    const jobs = Array.from({ length: 1200 }, () => job({ id: newId() }));
    await leave(one, jobs);
    const taken = (await Promise.all([handOver(one), handOver(other)])).flat();
    expect(taken.map((it) => it.id).toSorted()).toEqual(jobs.map((it) => it.id).toSorted());
  });
});

/** An engine that only remembers, as far as its transaction is committed. */
async function handOver(store: Store): Promise<LeftJob[]> {
  const kept: LeftJob[] = [];
  const count = await handOverJobs(store, async (tx, left) => tx.afterCommit(() => kept.push(left)));
  expect(kept).toHaveLength(count);
  return kept;
}

async function leave(store: Store, jobs: readonly JobsTable[]): Promise<void> {
  await store.transact((tx) => tx.q.insertInto('jobs').values(jobs).execute());
}

function job(it: Partial<JobsTable>): JobsTable {
  return {
    id: newId(),
    name: 'greet',
    key: null,
    payload: '{}',
    priority: 5,
    state: 'ready',
    run_at: AT,
    attempts: 0,
    error: null,
    trace: 'trace',
    created_at: AT - 1,
    ...it,
  };
}
