import pg from 'pg';
import { MIGRATION_NAMES, migrate } from '../migrations.ts';
import { openPostgres } from '../postgres.ts';
import type { Row, Value } from './checksum.ts';
import { MOVED_TABLES, type MovedTable } from './moved-tables.ts';
import { MoveRefused } from './refusal.ts';
import { quoted } from './source.ts';

const CONNECT_TIMEOUT_MS = 10_000;

export type Column = { readonly name: string; readonly type: string };

/** What a move wrote down, in the transaction that filled the database. */
export type PastMove = {
  readonly source: string;
  readonly at: number;
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly sum: string }[];
};

/** The PostgreSQL that is filled, over one connection. */
export type Target = {
  pastMove(): Promise<PastMove | null>;
  /** Throws the refusal: what is moved is never mixed with what is there. */
  refuseUnlessEmpty(): Promise<void>;
  bringUpToDate(): Promise<void>;
  /** All of the work or nothing of it. */
  transact<T>(work: () => Promise<T>): Promise<T>;
  /** Until the end of the transaction nobody else writes. */
  lock(): Promise<void>;
  columns(table: MovedTable): Promise<readonly Column[]>;
  insert(table: MovedTable, columns: readonly Column[], rows: readonly Row[]): Promise<void>;
  /** In the order of their key, as SQLite puts it. */
  rows(table: MovedTable, columns: readonly Column[], batchRows: number): AsyncIterable<Row>;
  noteMove(move: PastMove): Promise<void>;
  close(): Promise<void>;
};

export async function openTarget(url: string): Promise<Target> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'interview-bot move',
    types: { getTypeParser: typeParser },
  });
  // A connection that breaks fails the query that is under way, or the next one.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new MoveRefused(`PostgreSQL does not let us in: ${messageOf(error)}. Look at the address in --to.`);
  }

  return {
    async pastMove() {
      if (!(await exists(NOTE))) return null;
      const [row] = await ask<{ source: string; at: bigint; tables: string }>(
        `SELECT source, at, tables FROM ${NOTE}`,
      );
      return row === undefined
        ? null
        : { source: row.source, at: Number(row.at), tables: JSON.parse(row.tables) };
    },
    async refuseUnlessEmpty() {
      const [encoding] = await ask<{ server_encoding: string }>('SHOW server_encoding');
      if (encoding?.server_encoding !== 'UTF8') {
        throw new MoveRefused(
          `The PostgreSQL database is encoded as ${encoding?.server_encoding}, which cannot hold every name. Make one with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
        );
      }
      const present: string[] = [];
      for (const { name } of MOVED_TABLES) if (await exists(name)) present.push(name);
      await refuseForeignSchema(present);
      const filled: string[] = [];
      for (const name of present) {
        if ((await ask(`SELECT FROM ${quoted([name])} LIMIT 1`)).length > 0) filled.push(name);
      }
      if (filled.length > 0) {
        throw new MoveRefused(
          `The PostgreSQL database holds data that did not come from this file (in ${filled.join(', ')}). Nothing was changed: name an empty database with --to.`,
        );
      }
    },
    async bringUpToDate() {
      const connections = openPostgres({ url, connections: 2 });
      try {
        await migrate(connections.write);
      } catch (error) {
        const cause =
          error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : '';
        throw new MoveRefused(`The tables cannot be made in PostgreSQL: ${messageOf(error)}${cause}.`);
      } finally {
        await connections.close();
      }
    },
    async transact(work) {
      await ask('BEGIN');
      try {
        // A server may end what takes long; this may take as long as it takes.
        await ask(
          `SELECT set_config(name, '0', true) FROM pg_settings WHERE name IN
             ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`,
        );
        const result = await work();
        await ask('COMMIT');
        return result;
      } catch (error) {
        // Should this fail, the connection is gone and the server rolls back by itself.
        await client.query('ROLLBACK').catch(() => {});
        throw error;
      }
    },
    async lock() {
      await ask(`SET LOCAL lock_timeout = '30s'`);
      await ask(`LOCK TABLE ${quoted(MOVED_TABLES.map(({ name }) => name))} IN EXCLUSIVE MODE`);
    },
    columns: ({ name }) =>
      ask<Column>(
        `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
         WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attname COLLATE "C"`,
        [name],
      ),
    async insert({ name }, columns, rows) {
      const arrays = columns.map(({ type }, at) => `$${at + 1}::${type}[]`).join(', ');
      await ask(
        `INSERT INTO ${quoted([name])} (${quoted(namesOf(columns))}) SELECT * FROM unnest(${arrays})`,
        columns.map((_, at) => rows.map((row) => row[at])),
      );
    },
    async *rows({ name, key }, columns, batchRows) {
      const order = key.map((column) => `${quoted([column])} COLLATE "C"`).join(', ');
      await ask(
        `DECLARE moved NO SCROLL CURSOR FOR SELECT ${quoted(namesOf(columns))} FROM ${quoted([name])} ORDER BY ${order}`,
      );
      for (;;) {
        const batch = await fetchBatch(batchRows);
        yield* batch;
        if (batch.length < batchRows) break;
      }
      await ask('CLOSE moved');
    },
    async noteMove({ source, at, tables }) {
      await ask(`CREATE TABLE IF NOT EXISTS ${NOTE} (source text, at bigint, tables text)`);
      await ask(`INSERT INTO ${NOTE} VALUES ($1, $2, $3)`, [source, at, JSON.stringify(tables)]);
      // Without knowing how much there is, PostgreSQL would search the full tables as if they were empty.
      await ask(`ANALYZE ${quoted(MOVED_TABLES.map((table) => table.name))}`);
    },
    close: () => client.end(),
  };

  async function refuseForeignSchema(present: readonly string[]): Promise<void> {
    const past = (await exists('kysely_migration'))
      ? (await ask<{ name: string }>('SELECT name FROM kysely_migration')).map(({ name }) => name)
      : [];
    if (past.some((name) => !MIGRATION_NAMES.includes(name))) {
      throw new MoveRefused(
        'The PostgreSQL database was made by a newer version or by another program. Nothing was changed: name an empty database with --to.',
      );
    }
    if (past.length === 0 && present.length > 0) {
      throw new MoveRefused(
        `The PostgreSQL database holds tables of another program (${present.join(', ')}). Nothing was changed: name an empty database with --to.`,
      );
    }
  }

  async function exists(name: string): Promise<boolean> {
    const [row] = await ask<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [name]);
    return row?.found === true;
  }

  async function fetchBatch(batchRows: number): Promise<readonly Row[]> {
    try {
      return (await client.query<Value[]>({ text: `FETCH ${batchRows} FROM moved`, rowMode: 'array' })).rows;
    } catch (error) {
      throw refusalFor(error);
    }
  }

  async function ask<R extends object>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    try {
      return (await client.query<R>(sql, parameters)).rows;
    } catch (error) {
      throw refusalFor(error);
    }
  }
}

const NOTE = 'moved_from_sqlite';

const INT2 = 21;
const INT4 = 23;
const INT8 = 20;

/** Whole numbers as SQLite gives them to us: exactly. */
function typeParser(...[oid, format]: Parameters<typeof pg.types.getTypeParser>) {
  if ((oid === INT2 || oid === INT4 || oid === INT8) && format !== 'binary') return BigInt;
  return pg.types.getTypeParser(oid, format);
}

function namesOf(columns: readonly Column[]): string[] {
  return columns.map(({ name }) => name);
}

/** PostgreSQL: a lock was not given in time. */
const LOCK_NOT_AVAILABLE = '55P03';

function refusalFor(error: unknown): MoveRefused {
  if (!(error instanceof pg.DatabaseError)) {
    return new MoveRefused(
      `The connection to PostgreSQL broke (${messageOf(error)}). Do it again: what was not finished is not there.`,
    );
  }
  if (error.code === LOCK_NOT_AVAILABLE) {
    return new MoveRefused(
      'Somebody else writes to the PostgreSQL database. Nothing was moved: stop whatever uses it, then do it again.',
    );
  }
  return new MoveRefused(`PostgreSQL refused (${error.message}). Nothing was moved.`);
}

function messageOf(error: unknown): string {
  // A server with several addresses fails once for each, under an error that says nothing.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
