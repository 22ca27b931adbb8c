import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Database } from './connections.ts';

const SECONDS = 1000;
/** How soon another process takes over from one that is gone. */
const TRY_EVERY_MS = 1 * SECONDS;
/** A connection that is cut off without a word is noticed after this. */
const PROVE_EVERY_MS = 5 * SECONDS;
/** The server has let go of the lock when it says goodbye; one that is gone never does. */
const GOODBYE_MS = 5 * SECONDS;
/** Any number, but the same in every process: the lock that whoever sends from our number holds. */
const LOCK = 4_294_967_311;

/**
 * Who may send from our number and wind the clock: one process at a time, so that its pace is the number's pace. The
 * others stand by.
 */
export type DispatchLease = {
  isHeld(): boolean;
  /** Resolves after the first try, whatever came of it. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** On SQLite there is one process. On PostgreSQL the lock is held by a connection: whoever dies lets go of it. */
export function createDispatchLease(it: {
  database: Database;
  /** It is ours now: work that waited for it may begin. */
  onHeld: () => void;
}): DispatchLease {
  const { database, onHeld } = it;
  switch (database.kind) {
    case 'sqlite':
      return { isHeld: () => true, start: async () => {}, stop: async () => {} };
    case 'postgres':
      return leaseOnServer(database.url, onHeld);
    default: {
      const impossible: never = database;
      throw new Error(`Unknown database: ${JSON.stringify(impossible)}`);
    }
  }
}

function leaseOnServer(url: string, onHeld: () => void): DispatchLease {
  const ending = new AbortController();
  let held = false;
  let running: Promise<void> = Promise.resolve();

  return {
    isHeld: () => held,
    start() {
      const { promise, resolve } = Promise.withResolvers<void>();
      running = keepTrying(resolve);
      return promise;
    },
    async stop() {
      ending.abort();
      await running;
    },
  };

  async function keepTrying(tried: () => void): Promise<void> {
    while (!ending.signal.aborted) {
      await holdOnce(tried);
      held = false;
      await pause(TRY_EVERY_MS, ending.signal);
    }
  }

  /** Until the connection breaks, somebody else has the lock, or we are told to stop. */
  async function holdOnce(tried: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      keepAlive: true,
      // A server that takes the connection and never answers must not keep us trying for ever.
      connectionTimeoutMillis: PROVE_EVERY_MS,
      query_timeout: PROVE_EVERY_MS,
      application_name: 'interview-bot dispatch',
    });
    const broken = new AbortController();
    // At once: whoever got the lock after a restart of the server sends by now.
    const letGo = () => {
      held = false;
      broken.abort();
    };
    client.on('error', letGo);
    client.on('end', letGo);
    const over = AbortSignal.any([ending.signal, broken.signal]);
    try {
      await client.connect();
      const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [LOCK]);
      if (rows[0]?.got !== true || over.aborted) return;
      held = true;
      tried();
      onHeld();
      while (!over.aborted) {
        await pause(PROVE_EVERY_MS, over);
        if (!over.aborted) await client.query('SELECT 1');
      }
    } catch {
      // The database is gone or restarts: another try follows, here or in another process.
    } finally {
      held = false;
      // Whoever starts after us finds the lock free. But a goodbye that nobody hears must not hold us up for ever.
      await Promise.race([client.end().catch(() => {}), sleep(GOODBYE_MS, undefined, { ref: false })]);
      tried();
    }
  }

  async function pause(ms: number, signal: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { signal, ref: false }).catch(() => {});
  }
}
