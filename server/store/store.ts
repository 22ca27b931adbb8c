import type { Kysely } from 'kysely';
import type { Connections, Database } from './connections.ts';
import { migrate } from './migrations.ts';
import { openPostgres } from './postgres.ts';
import type { Sealer } from './sealing.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';
import type { OnUnavailable } from './unavailable.ts';

export { newId } from './new-id.ts';

/** What a query needs: the tables, and the keys to what is sealed in them. */
export type Reader = {
  readonly q: Kysely<Tables>;
  readonly sealer: Sealer;
  readonly dialect: Connections['dialect'];
};

/** What a change needs. You hold one only inside a transaction. */
export type Writer = Reader & {
  /** Runs as the last of the transaction's work, inside it: what is better written once and together than bit by bit. */
  beforeCommit(write: () => Promise<void>): void;
  /** Runs once the transaction is on disk, never if it is rolled back: logs and counters tell only what happened. */
  afterCommit(tell: () => void): void;
};

export type Store = {
  /** Committed data only. */
  readonly read: Reader;
  /**
   * All of it or nothing, durable when the promise resolves. SQLite has one writer: never await the network in
   * here, and never start a second transaction from within. On PostgreSQL the work runs again when another
   * transaction came in its way, so it changes nothing outside the database.
   */
  transact<T>(work: (tx: Writer) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** Two that collide again and again have a fault that trying does not mend. */
const MOST_ATTEMPTS = 5;

/** Opens the database, bringing its schema up to date. */
export async function openStore(it: {
  database: Database;
  sealer: Sealer;
  /** Told whenever a query fails because the database is away, whoever asked it. */
  onUnavailable?: OnUnavailable;
}): Promise<Store> {
  const { sealer } = it;
  const connections = connect(it.database, it.onUnavailable);
  const { dialect } = connections;
  await migrate(connections.write);

  async function transact<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const writers: (() => Promise<void>)[] = [];
      const tellers: (() => void)[] = [];
      try {
        const result = await connections.write.transaction().execute(async (q) => {
          const done = await work({
            q,
            sealer,
            dialect,
            beforeCommit: (write) => writers.push(write),
            afterCommit: (tell) => tellers.push(tell),
          });
          for (const write of writers) await write();
          return done;
        });
        for (const tell of tellers) tell();
        return result;
      } catch (error) {
        if (attempt === MOST_ATTEMPTS || !connections.isCollision(error)) throw error;
      }
    }
  }

  return {
    read: { q: connections.read, sealer, dialect },
    transact,
    close: () => connections.close(),
  };
}

function connect(database: Database, onUnavailable: OnUnavailable = () => {}): Connections {
  switch (database.kind) {
    case 'sqlite':
      return openSqlite(database.file, onUnavailable);
    case 'postgres':
      return openPostgres({ ...database, onUnavailable });
    default: {
      const impossible: never = database;
      throw new Error(`Unknown database: ${JSON.stringify(impossible)}`);
    }
  }
}
