import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { MONDAY_MORNING } from '../../test/build/learner.ts';
import { someFile } from '../../test/build/some-file.ts';
import { someSealer, someStore } from '../../test/build/store.ts';
import { newId, openStore, type Writer } from './store.ts';

const LEARNER = '0193a1b2-0000-7000-8000-000000000001';

describe('what is to be told after a commit', () => {
  it('is told once the change is on disk, in order, and before the caller goes on', async () => {
    const file = someFile();
    const store = await someStore({ kind: 'sqlite', file });
    const told: string[] = [];
    await store.transact(async (tx) => {
      tx.afterCommit(() => told.push(`first, with ${learnersSeenIn(file)} learner`));
      tx.afterCommit(() => told.push('second'));
      await insertLearner(tx);
      expect(told).toEqual([]);
    });
    expect(told).toEqual(['first, with 1 learner', 'second']);
  });

  it('is never told when the transaction is rolled back', async () => {
    const store = await someStore();
    const told: string[] = [];
    const failing = store.transact(async (tx) => {
      tx.afterCommit(() => told.push('told'));
      await insertLearner(tx);
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    await store.transact(async () => {});
    expect(told).toEqual([]);
    expect(await store.read.q.selectFrom('learners').selectAll().execute()).toEqual([]);
  });

  it('is told by the transaction that asked for it, not by its neighbours', async () => {
    const store = await someStore();
    const told: string[] = [];
    await Promise.allSettled([
      store.transact(async (tx) => tx.afterCommit(() => told.push('kept'))),
      store.transact(async (tx) => {
        tx.afterCommit(() => told.push('broken'));
        throw new Error('changed its mind');
      }),
    ]);
    expect(told).toEqual(['kept']);
  });
});

describe('what is written last in a transaction', () => {
  it('comes after its other work, and shares its fate', async () => {
    const store = await someStore();
    const written: string[] = [];
    const leave = async (tx: Writer, fails: boolean) => {
      tx.beforeCommit(async () => {
        written.push('last');
        await insertLearner(tx);
        if (fails) throw new Error('the disk is full');
      });
      tx.afterCommit(() => written.push('told'));
      written.push('first');
    };
    await expect(store.transact((tx) => leave(tx, true))).rejects.toThrow('the disk is full');
    expect(await store.read.q.selectFrom('learners').selectAll().execute()).toEqual([]);
    await store.transact((tx) => leave(tx, false));
    expect(await store.read.q.selectFrom('learners').select('id').execute()).toEqual([{ id: LEARNER }]);
    expect(written).toEqual(['first', 'last', 'first', 'last', 'told']);
  });

  it('is not written when the work before it fails', async () => {
    const store = await someStore();
    const failing = store.transact(async (tx) => {
      tx.beforeCommit(() => insertLearner(tx));
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await store.read.q.selectFrom('learners').selectAll().execute()).toEqual([]);
  });
});

describe('opening a store', () => {
  it('twice on the same file changes nothing the second time and keeps what is there', async () => {
    const file = someFile();
    const first = await openStore({ database: { kind: 'sqlite', file }, sealer: someSealer() });
    await first.transact((tx) => insertLearner(tx));
    await first.close();
    const schema = schemaOf(file);
    const second = await someStore({ kind: 'sqlite', file });
    expect(schemaOf(file)).toEqual(schema);
    expect(await second.read.q.selectFrom('learners').select('id').execute()).toEqual([{ id: LEARNER }]);
  });
});

describe('the daily question', () => {
  it('cannot exist twice for one learner and date, in the database itself', async () => {
    const store = await someStore();
    await store.transact(async (tx) => {
      await insertLearner(tx);
      await insertAsked(tx, { local_date: '2026-11-23', slot: 0 });
    });
    await expect(
      store.transact((tx) => insertAsked(tx, { local_date: '2026-11-23', slot: 0 })),
    ).rejects.toThrow(/unique constraint/i);
    await store.transact(async (tx) => {
      await insertAsked(tx, { local_date: '2026-11-23', slot: 1 });
      await insertAsked(tx, { local_date: '2026-11-24', slot: 0 });
    });
    expect(await store.read.q.selectFrom('asked_questions').select('slot').execute()).toHaveLength(3);
  });

  it('cannot exist without its learner, and goes with them', async () => {
    const store = await someStore();
    const orphan = store.transact((tx) => insertAsked(tx, { local_date: '2026-11-23', slot: 0 }));
    await expect(orphan).rejects.toThrow(/foreign key constraint/i);
    await store.transact(async (tx) => {
      await insertLearner(tx);
      await insertAsked(tx, { local_date: '2026-11-23', slot: 0 });
    });
    await store.transact((tx) => tx.q.deleteFrom('learners').where('id', '=', LEARNER).execute());
    expect(await store.read.q.selectFrom('asked_questions').selectAll().execute()).toEqual([]);
  });
});

async function insertLearner(tx: Writer): Promise<void> {
  await tx.q
    .insertInto('learners')
    .values({
      id: LEARNER,
      state: 'active',
      name_sealed: tx.sealer.seal('Ana', 'learners.name', LEARNER),
      language: 'en',
      area: 'ruby',
      zone: 'UTC',
      ask_minute: 540,
      next_ask_at: null,
      last_inbound_at: null,
      last_courtesy_on: null,
      created_at: MONDAY_MORNING,
    })
    .execute();
}

async function insertAsked(tx: Writer, it: { local_date: string; slot: number }): Promise<void> {
  await tx.q
    .insertInto('asked_questions')
    .values({
      ...it,
      id: newId(),
      learner_id: LEARNER,
      slug: 'rb-blocks',
      version: 1,
      language: 'en',
      state: 'asked',
      shown_at: null,
      coverage: null,
      reason: 'unseen in ruby',
      asked_at: MONDAY_MORNING,
    })
    .execute();
}

function learnersSeenIn(file: string): number {
  const other = new DatabaseSync(file, { readOnly: true });
  const row = other.prepare('select count(*) as count from learners').get();
  other.close();
  return Number(row?.count);
}

function schemaOf(file: string): unknown {
  const other = new DatabaseSync(file, { readOnly: true });
  const rows = other.prepare('select type, name, sql from sqlite_schema order by name').all();
  other.close();
  return rows;
}
