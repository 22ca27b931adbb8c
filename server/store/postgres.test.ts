import { expect, it, onTestFinished } from 'vitest';
import { queryDatabase, someDatabase } from '../../test/build/database.ts';
import { someSealer } from '../../test/build/store.ts';
import { createPool } from './postgres.ts';
import { openStore } from './store.ts';

/** As often as it takes until a statement stands ready on every connection. */
const OFTEN = 8;

it('keeps on reading and writing when a newer program changes the tables beside it', async () => {
  const database = await someDatabase();
  const store = await openStore({ database, sealer: someSealer() });
  onTestFinished(() => store.close());
  const read = () => store.read.q.selectFrom('learners').selectAll().where('id', '=', 'ana').execute();
  const change = () =>
    store.transact(async ({ q }) => {
      await q.selectFrom('learners').selectAll().where('id', '=', 'ana').execute();
      await q.deleteFrom('learners').where('id', '=', 'ana').execute();
    });
  for (let time = 0; time < OFTEN; time++) await Promise.all([read(), change()]);
  await queryDatabase(database, 'ALTER TABLE learners ADD COLUMN nickname text');
  await Promise.all([read(), change()]);
  await queryDatabase(database, 'ALTER TABLE learners DROP COLUMN nickname');
  await expect(change()).resolves.toBeUndefined();
  await expect(read()).resolves.toEqual([]);
});

it('keeps statements ready that come again', async () => {
  const database = await someDatabase();
  if (database.kind !== 'postgres') throw new Error('This suite runs on PostgreSQL');
  const store = await openStore({ database: { ...database, connections: 1 }, sealer: someSealer() });
  onTestFinished(() => store.close());
  const read = () => store.read.q.selectFrom('learners').select('id').where('id', '=', 'ana').execute();
  for (let time = 0; time < OFTEN; time++) await read();
  const ready = await store.read.q
    .selectFrom('pg_prepared_statements' as 'learners')
    .selectAll()
    .execute();
  expect(ready.map((row) => (row as { statement?: string }).statement)).toContain(
    'select "id" from "learners" where "id" = $1',
  );
});

it('gives a pool its own settings', async () => {
  const database = await someDatabase();
  if (database.kind !== 'postgres') throw new Error('This suite runs on PostgreSQL');
  const pool = createPool({ url: database.url, connections: 1, settings: { enable_sort: 'off' } });
  onTestFinished(() => pool.end());
  expect((await pool.query('SHOW enable_sort')).rows).toEqual([{ enable_sort: 'off' }]);
});
