import {
  Kysely,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import pg from 'pg';
import type { Connections } from './connections.ts';
import { createStatementNames, isOutdated, type StatementNames } from './statement-names.ts';
import type { Tables } from './tables.ts';
import { DatabaseUnavailable, type OnUnavailable } from './unavailable.ts';

const SECONDS = 1000;

/** No query of ours takes longer than this when the database is well; a hung one must not hold a learner's lock. */
const STATEMENT_TIMEOUT_MS = 30 * SECONDS;
const CONNECT_TIMEOUT_MS = 10 * SECONDS;
/** A server that is cut off cannot tell that it took too long. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5 * SECONDS;
/** How soon the system asks whether an idle connection still has another end. */
const KEEP_ALIVE_MS = 10 * SECONDS;

/** `23505` a unique key taken in the same moment, `40001` and `40P01` transactions that stood in each other's way. */
const COLLISIONS: ReadonlySet<string> = new Set(['23505', '40001', '40P01']);

/**
 * One pool for everything: PostgreSQL sees what is committed, and as many transactions run side by side as there are
 * connections. What one learner's jobs must not do at the same time is kept apart by the lock on their row.
 */
export function openPostgres(it: {
  url: string;
  connections: number;
  onUnavailable?: OnUnavailable;
}): Connections {
  const { onUnavailable = () => {} } = it;
  const pool = tellingOutages(createPool(it), onUnavailable);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    dialect: 'postgres',
    read: db,
    write: db,
    isCollision,
    close: () => db.destroy(),
  };
}

function isCollision(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && COLLISIONS.has(String(error.code))) || isOutdated(error);
}

/**
 * Connections that are replaced when they break, and give up what takes too long. `settings` are PostgreSQL's own, for
 * every connection of this pool.
 */
export function createPool(it: {
  url: string;
  connections: number;
  settings?: Readonly<Record<string, string>>;
}): pg.Pool {
  const { settings = {} } = it;
  const pool = new pg.Pool({
    connectionString: it.url,
    max: it.connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    application_name: 'interview-bot',
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    types: { getTypeParser: typeParser },
  });
  // A connection that breaks is replaced, and whoever was asking something on it hears of that. The event besides would
  // end the process if nobody listened: the pool's for an idle connection, its own for one in use.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Says of each failure whether the database is away, and lets go of the connection on which it was noticed. */
function tellingOutages(pool: pg.Pool, onUnavailable: OnUnavailable): PostgresPool {
  const names = createStatementNames();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      try {
        return tellingOutage(await pool.connect(), names, onUnavailable);
      } catch (error) {
        const away = new DatabaseUnavailable(NO_ANSWER, error);
        onUnavailable(away);
        throw away;
      }
    },
  };
}

function tellingOutage(
  client: pg.PoolClient,
  names: StatementNames,
  onUnavailable: OnUnavailable,
): PostgresPoolClient {
  let lost: DatabaseUnavailable | null = null;
  let isInTransaction = false;
  return {
    query,
    // One that has not answered in time may never answer again.
    release: (destroy) => client.release(destroy === true || lost !== null),
  };

  function query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query<R>(
    asked: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== 'string') throw new Error('Nothing is read through a cursor');
    return answerTo<R>(asked, parameters);
  }

  async function answerTo<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    // Above all the `rollback` that follows: it need not wait for nothing as long as what went before it.
    if (lost !== null) throw lost;
    try {
      return await answerOnce<R>(sql, parameters);
    } catch (error) {
      if (isOutdated(error)) {
        names.renew();
        // A transaction has failed with it and begins again as a whole.
        if (!isInTransaction) return answerTo<R>(sql, parameters);
      }
      if (!isAway(error)) throw error;
      lost = new DatabaseUnavailable(NO_ANSWER, error);
      onUnavailable(lost);
      throw lost;
    }
  }

  async function answerOnce<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    if (parameters.length === 0) {
      if (sql.startsWith('begin')) isInTransaction = true;
      else if (sql === 'commit' || sql === 'rollback') isInTransaction = false;
    }
    const answer = await client.query(statement(names, sql, parameters));
    // The driver does not say which words a command may be.
    return answer as PostgresQueryResult<R>;
  }
}

/** Asks a pool, one statement at a time, what comes again and again. */
export function askPrepared(
  pool: pg.Pool,
): (sql: string, parameters?: readonly unknown[]) => Promise<pg.QueryResult> {
  const names = createStatementNames();
  return async function ask(sql, parameters = []) {
    try {
      return await pool.query(statement(names, sql, parameters));
    } catch (error) {
      if (!isOutdated(error)) throw error;
      names.renew();
      return ask(sql, parameters);
    }
  };
}

/** What has no parameters is `begin` and its like, or comes once: nothing that is worth keeping ready. */
function statement(names: StatementNames, text: string, values: readonly unknown[]): pg.QueryConfig {
  const name = values.length === 0 ? null : names.nameOf(text);
  return {
    text,
    ...(values.length === 0 ? {} : { values: [...values] }),
    ...(name === null ? {} : { name }),
  };
}

const NO_ANSWER = 'The database does not answer.';

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : null;
  return code === null ? DRIVER_SAYS.test(error.message) : SERVER_SAYS.test(code) || SYSTEM_SAYS.has(code);
}

/**
 * The connection broke (08), it has no room for this (53), it is being shut down or starts (57P), its disk fails (58),
 * or what answers is only a copy of it, as after a fail-over (25006).
 */
const SERVER_SAYS = /^(08...|53...|57P..|58...|25006)$/;
const SYSTEM_SAYS: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);
/** Its words for what has no code. */
const DRIVER_SAYS =
  /^(Connection terminated|Query read timeout|Client has encountered a connection error|Client was closed)/;

const INT8 = 20;

/** Our `bigint` columns hold milliseconds and counts, far below 2^53: numbers, as SQLite gives them. */
function typeParser(...[oid, format]: Parameters<typeof pg.types.getTypeParser>) {
  if (oid === INT8 && format !== 'binary') return Number;
  return pg.types.getTypeParser(oid, format);
}
