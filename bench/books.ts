import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { Database } from '../server/store/connections.ts';

/** A look into the books past the service that writes them, and a hand that makes its learners due. */
export type Books = AsyncDisposable & {
  count(what: string): Promise<number>;
  /** Their hour has just come: all of them in the same minute. */
  makeDue(wave: number): Promise<void>;
};

export async function openBooks(database: Database): Promise<Books> {
  const { ask, close } = await connect(database);
  return {
    async count(what) {
      const [row] = await ask(`SELECT count(*) AS number FROM ${what}`);
      return Number(row?.number);
    },
    async makeDue(wave) {
      const minute = Math.floor(Date.now() / 60_000) * 60_000;
      await ask(`UPDATE learners SET next_ask_at = ${minute} WHERE created_at = ${wave}`);
    },
    [Symbol.asyncDispose]: close,
  };
}

type Connection = {
  ask(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
};

async function connect(database: Database): Promise<Connection> {
  if (database.kind === 'sqlite') {
    const file = new DatabaseSync(database.file);
    file.exec('PRAGMA busy_timeout = 10000');
    return { ask: async (sql) => file.prepare(sql).all(), close: async () => file.close() };
  }
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return {
    ask: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    close: () => client.end(),
  };
}
