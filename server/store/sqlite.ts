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

/**
 * Opens a SQLite file for one process. Every committed transaction has reached the disk (`synchronous=FULL`), and
 * those that run within one turn of the event loop share a single flush: on slow disks that is twenty times faster.
 */
export function openSqlite(file: string): Connections {
  const hold = holdFile(file);
  const writer = new DatabaseSync(file);
  for (const pragma of PRAGMAS) writer.exec(pragma);
  const read = () => {
    const reader = new DatabaseSync(file, { readOnly: true });
    reader.exec('PRAGMA busy_timeout = 5000');
    return reader;
  };
  const readDb = kyselyOver(new PlainDriver(read));
  const writeDb = kyselyOver(new GroupCommitDriver(writer));
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
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  run<R>(query: CompiledQuery): QueryResult<R> {
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

/** One connection that reads. Opened at the first query, when migrations have made the file what it should be. */
class PlainDriver implements Driver {
  readonly #open: () => DatabaseSync;
  #prepared: PreparedDatabase | null = null;

  constructor(open: () => DatabaseSync) {
    this.#open = open;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#prepared ??= new PreparedDatabase(this.#open());
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

  constructor(database: DatabaseSync) {
    this.#prepared = new PreparedDatabase(database);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Connection> {
    const connection = new Connection(this.#prepared);
    connection.unlock = await this.#turn.lock();
    return connection;
  }

  async beginTransaction(): Promise<void> {
    // What began in a transaction that is no more must not share the fate of what begins now.
    if (this.#group !== null && !this.#prepared.database.isTransaction) this.#failGroup(this.#group);
    if (this.#group === null) {
      this.#prepared.database.exec('BEGIN IMMEDIATE');
      this.#group = new Group();
      setImmediate(() => void this.#flush());
    }
    this.#prepared.database.exec('SAVEPOINT one');
  }

  async commitTransaction(connection: Connection): Promise<void> {
    const group = this.#group;
    if (group === null) throw new Error('A transaction commits that never began');
    this.#prepared.database.exec('RELEASE one');
    // The next transaction may begin while this one waits for the common flush.
    connection.release();
    await group.settled;
  }

  async rollbackTransaction(connection: Connection): Promise<void> {
    const { database } = this.#prepared;
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
      if (!this.#prepared.database.isTransaction) throw new Error(ROLLED_BACK);
      this.#prepared.database.exec('COMMIT');
      group.succeed();
    } catch (error) {
      if (this.#prepared.database.isTransaction) this.#prepared.database.exec('ROLLBACK');
      group?.fail(error);
    } finally {
      unlock();
    }
  }

  #failGroup(group: Group): void {
    group.fail(new Error(ROLLED_BACK));
    this.#group = null;
  }
}

const ROLLED_BACK = 'The database rolled the transaction back';

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

  constructor(prepared: PreparedDatabase) {
    this.#prepared = prepared;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
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
