import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Connections } from './connections.ts';
import { holdFile } from './hold-file.ts';
import type { Tables } from './tables.ts';
import { DatabaseUnavailable, type OnUnavailable } from './unavailable.ts';

/**
 * Opens a SQLite file for one process. Every committed transaction has reached the disk (`synchronous=FULL`), and
 * those that run within one turn of the event loop share a single flush: on slow disks that is twenty times faster.
 */
export function openSqlite(file: string, onUnavailable: OnUnavailable = () => {}): Connections {
  const hold = holdFile(file);
  const writer = new DatabaseSync(file);
  for (const pragma of PRAGMAS) writer.exec(pragma);
  const read = () => {
    const reader = new DatabaseSync(file, { readOnly: true });
    reader.exec('PRAGMA busy_timeout = 5000');
    return reader;
  };
  const readDb = kyselyOver(new PlainDriver(read, onUnavailable));
  const writeDb = kyselyOver(new GroupCommitDriver(writer, onUnavailable));
  return {
    dialect: 'sqlite',
    read: readDb,
    write: writeDb,
    // One transaction at a time: none comes in another's way.
    isCollision: () => false,
    close: async () => {
      await readDb.destroy();
      await writeDb.destroy();
      hold.release();
    },
  };
}

const PRAGMAS = [
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL',
  'PRAGMA foreign_keys = ON',
  'PRAGMA busy_timeout = 5000',
];

function kyselyOver(driver: Driver): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new FileAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

class FileAdapter extends SqliteAdapter {
  /**
   * By itself Kysely lets only one caller at a time have SQLite's connection, until after its commit, so that every
   * transaction would wait for a flush of its own. Our driver queues them and lets the next begin before the flush.
   */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** A process that is killed in the middle of a migration leaves nothing of it. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Statements are prepared once: preparing costs more than most of our queries. */
class PreparedDatabase {
  readonly database: DatabaseSync;
  readonly #onUnavailable: OnUnavailable;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, onUnavailable: OnUnavailable) {
    this.database = database;
    this.#onUnavailable = onUnavailable;
  }

  run<R>(query: CompiledQuery): QueryResult<R> {
    return this.#telling(() => this.#run<R>(query));
  }

  /** For what begins and ends transactions. */
  exec(sql: string): void {
    this.#telling(() => this.database.exec(sql));
  }

  #telling<T>(ask: () => T): T {
    try {
      return ask();
    } catch (error) {
      const sentence = sentenceFor(error);
      if (sentence === null) throw error;
      const unavailable = new DatabaseUnavailable(sentence, error);
      this.#onUnavailable(unavailable);
      throw unavailable;
    }
  }

  #run<R>(query: CompiledQuery): QueryResult<R> {
    const statement = this.#prepare(query.sql);
    const parameters = query.parameters as readonly SQLInputValue[];
    if (statement.columns().length > 0) return { rows: statement.all(...parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= MOST_STATEMENTS) this.#statements.clear();
    const statement = this.database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

const MOST_STATEMENTS = 500;

/** What SQLite cannot do because of the file or the disk under it: null for every other failure. */
function sentenceFor(error: unknown): string | null {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return null;
  // The higher bits only say in which of its calls.
  return SENTENCES.get(error.errcode & 0xff) ?? null;
}

/** By SQLite's own numbers. */
const SENTENCES: ReadonlyMap<number, string> = new Map([
  [5, 'The database file is locked by another program.'],
  [6, 'The database file is locked by another program.'],
  [8, 'The database file may only be read: nothing can be stored.'],
  [10, 'The disk with the database refuses to read or write: it may be full or broken.'],
  [13, 'The disk with the database is full: nothing can be stored until there is room.'],
  [14, 'The database file cannot be opened.'],
  [15, 'The database file is locked by another program.'],
]);

/** One connection that reads. Opened at the first query, when migrations have made the file what it should be. */
class PlainDriver implements Driver {
  readonly #open: () => DatabaseSync;
  readonly #onUnavailable: OnUnavailable;
  #prepared: PreparedDatabase | null = null;

  constructor(open: () => DatabaseSync, onUnavailable: OnUnavailable) {
    this.#open = open;
    this.#onUnavailable = onUnavailable;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#prepared ??= new PreparedDatabase(this.#open(), this.#onUnavailable);
    return new Connection(this.#prepared);
  }

  async beginTransaction(): Promise<void> {
    throw new Error('The reading connection takes no transactions: use transact');
  }

  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#prepared?.database.close();
  }
}

/**
 * One connection that writes. Transactions run one after another, each inside a savepoint of a common transaction
 * that is committed once per turn of the event loop; a transaction's promise settles when that commit is on disk.
 */
class GroupCommitDriver implements Driver {
  readonly #prepared: PreparedDatabase;
  readonly #turn = new Mutex();
  #group: Group | null = null;

  constructor(database: DatabaseSync, onUnavailable: OnUnavailable) {
    this.#prepared = new PreparedDatabase(database, onUnavailable);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Connection> {
    const connection = new Connection(this.#prepared);
    connection.unlock = await this.#turn.lock();
    return connection;
  }

  async beginTransaction(connection: Connection): Promise<void> {
    // What began in a transaction that is no more must not share the fate of what begins now.
    if (this.#group !== null && !this.#prepared.database.isTransaction) this.#failGroup(this.#group);
    if (this.#group === null) {
      this.#prepared.exec('BEGIN IMMEDIATE');
      this.#group = new Group();
      setImmediate(() => void this.#flush());
    }
    this.#prepared.exec('SAVEPOINT one');
    connection.isInTransaction = true;
  }

  async commitTransaction(connection: Connection): Promise<void> {
    const group = this.#group;
    if (group === null) throw new Error('A transaction commits that never began');
    this.#prepared.exec('RELEASE one');
    connection.isInTransaction = false;
    // The next transaction may begin while this one waits for the common flush.
    connection.release();
    await group.settled;
  }

  async rollbackTransaction(connection: Connection): Promise<void> {
    const { database } = this.#prepared;
    connection.isInTransaction = false;
    // It was the common commit that failed: our turn is over, and the savepoint that is open now is somebody else's.
    if (!connection.hasTurn) return;
    // A full disk or an I/O error has rolled everything back already: the whole group fails, see #flush.
    if (!database.isTransaction) return;
    database.exec('ROLLBACK TO one');
    database.exec('RELEASE one');
  }

  async releaseConnection(connection: Connection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    await this.#flush();
    this.#prepared.database.close();
  }

  async #flush(): Promise<void> {
    const unlock = await this.#turn.lock();
    const group = this.#group;
    this.#group = null;
    try {
      if (group === null) return;
      if (!this.#prepared.database.isTransaction) throw rolledBack();
      this.#prepared.exec('COMMIT');
      group.succeed();
    } catch (error) {
      if (this.#prepared.database.isTransaction) this.#prepared.database.exec('ROLLBACK');
      group?.fail(error);
    } finally {
      unlock();
    }
  }

  #failGroup(group: Group): void {
    group.fail(rolledBack());
    this.#group = null;
  }
}

/** It does so when a disk is full or fails, to all that share a commit: they are none the wiser what it was. */
function rolledBack(): DatabaseUnavailable {
  return new DatabaseUnavailable('The database could not store what it was given.', 'rolled back');
}

/** The transactions that share a commit. */
class Group {
  readonly settled: Promise<void>;
  readonly succeed: () => void;
  readonly fail: (error: unknown) => void;

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.settled = promise;
    this.succeed = resolve;
    this.fail = reject;
    // A group whose transactions were all rolled back has nobody waiting for its failure.
    promise.catch(() => {});
  }
}

class Connection implements DatabaseConnection {
  readonly #prepared: PreparedDatabase;
  unlock: (() => void) | null = null;
  isInTransaction = false;

  constructor(prepared: PreparedDatabase) {
    this.#prepared = prepared;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // SQLite would write it at once, as a transaction of its own, and half of the work would stay.
    if (this.isInTransaction && !this.#prepared.database.isTransaction) throw rolledBack();
    return this.#prepared.run(query);
  }

  // biome-ignore lint/correctness/useYield: streaming is part of Kysely's interface and nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('SQLite results are not streamed: read them in batches');
  }

  get hasTurn(): boolean {
    return this.unlock !== null;
  }

  release(): void {
    this.unlock?.();
    this.unlock = null;
  }
}

class Mutex {
  #last: Promise<void> = Promise.resolve();

  async lock(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.#last;
    this.#last = promise;
    await before;
    return resolve;
  }
}
