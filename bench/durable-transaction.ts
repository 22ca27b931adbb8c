import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { Database } from '../server/store/connections.ts';
import { quantile } from './quantile.ts';

const TRANSACTIONS = 200;

/** What one row costs until it is on the disk, in milliseconds: the least that anything can cost that must not be lost. */
export async function bareTransactionMs(database: Database): Promise<{ p50: number; p95: number }> {
  const { insert, close } = await open(database);
  const tookMs: number[] = [];
  for (let index = 0; index < TRANSACTIONS; index++) {
    const beganAt = performance.now();
    await insert(`row ${index}`);
    tookMs.push(performance.now() - beganAt);
  }
  await close();
  return { p50: quantile(tookMs, 0.5), p95: quantile(tookMs, 0.95) };
}

async function open(
  database: Database,
): Promise<{ insert: (value: string) => Promise<unknown>; close: () => Promise<void> }> {
  if (database.kind === 'sqlite') {
    const file = new DatabaseSync(database.file);
    file.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE bare (value TEXT)');
    const statement = file.prepare('INSERT INTO bare VALUES (?)');
    return { insert: async (value) => statement.run(value), close: async () => file.close() };
  }
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('CREATE TABLE bare (value text)');
  return {
    insert: (value) =>
      client.query({ name: 'insert', text: 'INSERT INTO bare VALUES ($1)', values: [value] }),
    close: () => client.end(),
  };
}
