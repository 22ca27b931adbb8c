import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Database } from '../server/store/connections.ts';
import { startPostgresServer } from '../test/postgres-server.ts';
import type { DatabaseKind } from './bench.ts';

export type Databases = AsyncDisposable & {
  readonly postgresVersion: string | null;
  create(kind: DatabaseKind): Promise<Database>;
};

/** A folder for files and, where one is asked for, a PostgreSQL that flushes like a real one. Gone at the end. */
export async function openDatabases(kinds: readonly DatabaseKind[]): Promise<Databases> {
  const folder = await mkdtemp(join(tmpdir(), 'interview-bot-bench-'));
  const server = kinds.includes('postgres') ? await startPostgresServer({ flushes: true }) : null;
  let made = 0;
  return {
    postgresVersion:
      server === null ? null : String((await ask(server.url, 'SHOW server_version'))[0]?.server_version),
    async create(kind) {
      made += 1;
      if (kind === 'sqlite') return { kind, file: join(folder, `bench-${made}.db`) };
      if (server === null) throw new Error('This run has no PostgreSQL');
      await ask(server.url, `CREATE DATABASE bench_${made}`);
      const url = new URL(server.url);
      url.pathname = `/bench_${made}`;
      return { kind, url: url.href, connections: CONNECTIONS };
    },
    async [Symbol.asyncDispose]() {
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What `DATABASE_CONNECTIONS` is unless somebody sets it. */
const CONNECTIONS = 20;

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
