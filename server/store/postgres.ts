import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Connections } from './connections.ts';
import type { Tables } from './tables.ts';

const SECONDS = 1000;

/** No query of ours takes longer than this when the database is well; a hung one must not hold a learner's lock. */
const STATEMENT_TIMEOUT_MS = 30 * SECONDS;
const CONNECT_TIMEOUT_MS = 10 * SECONDS;

/** `23505` a unique key taken in the same moment, `40001` and `40P01` transactions that stood in each other's way. */
const COLLISIONS: ReadonlySet<string> = new Set(['23505', '40001', '40P01']);

/**
 * One pool for everything: PostgreSQL sees what is committed, and as many transactions run side by side as there are
 * connections. What one learner's jobs must not do at the same time is kept apart by the lock on their row.
 */
export function openPostgres(it: { url: string; connections: number }): Connections {
  const pool = createPool(it);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    dialect: 'postgres',
    read: db,
    write: db,
    isCollision: (error) => error instanceof Error && 'code' in error && COLLISIONS.has(String(error.code)),
    close: () => db.destroy(),
  };
}

/** Connections that are replaced when they break, and give up what takes too long. */
export function createPool(it: { url: string; connections: number }): pg.Pool {
  const pool = new pg.Pool({
    connectionString: it.url,
    max: it.connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'interview-bot',
    types: { getTypeParser: typeParser },
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

const INT8 = 20;

/** Our `bigint` columns hold milliseconds and counts, far below 2^53: numbers, as SQLite gives them. */
function typeParser(...[oid, format]: Parameters<typeof pg.types.getTypeParser>) {
  if (oid === INT8 && format !== 'binary') return Number;
  return pg.types.getTypeParser(oid, format);
}
