import type { Kysely } from 'kysely';
import { migrate } from './migrations.ts';
import type { Sealer } from './sealing.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

export { newId } from './new-id.ts';

/** What a query needs: the tables, and the keys to what is sealed in them. */
export type Reader = { readonly q: Kysely<Tables>; readonly sealer: Sealer };

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
   * here, and never start a second transaction from within.
   */
  transact<T>(work: (tx: Writer) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** Opens the database at `file`, bringing its schema up to date. */
export async function openStore(it: { file: string; sealer: Sealer }): Promise<Store> {
  const connections = openSqlite(it.file);
  await migrate(connections.write);
  return {
    read: { q: connections.read, sealer: it.sealer },
    async transact(work) {
      const writers: (() => Promise<void>)[] = [];
      const tellers: (() => void)[] = [];
      const result = await connections.write.transaction().execute(async (q) => {
        const done = await work({
          q,
          sealer: it.sealer,
          beforeCommit: (write) => writers.push(write),
          afterCommit: (tell) => tellers.push(tell),
        });
        for (const write of writers) await write();
        return done;
      });
      for (const tell of tellers) tell();
      return result;
    },
    close: () => connections.close(),
  };
}
