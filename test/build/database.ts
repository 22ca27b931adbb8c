import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import type { Database } from '../../server/store/connections.ts';
import { newId } from '../../server/store/new-id.ts';

/** Which database the project of the run is about: every suite that names none proves the same of both. */
export type DatabaseKind = Database['kind'];

declare module 'vitest' {
  interface ProvidedContext {
    database: DatabaseKind;
  }
}

/** An empty database of this run's kind, the test's own, gone when the test ends. */
export async function someDatabase(): Promise<Database> {
  const { database, drop } = await aDatabase();
  onTestFinished(drop);
  return database;
}

/** The same, for whoever drops it by themselves. */
export async function aDatabase(): Promise<{ database: Database; drop: () => Promise<void> }> {
  if (inject('database') === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'interview-bot-'));
    return {
      database: { kind: 'sqlite', file: join(folder, 'bot.db') },
      drop: () => rm(folder, { recursive: true, force: true }),
    };
  }
  return aPostgres();
}

/** An empty PostgreSQL of the test's own, whatever this run is about. */
export async function somePostgres(): Promise<Extract<Database, { kind: 'postgres' }>> {
  const { database, drop } = await aPostgres();
  onTestFinished(drop);
  return database;
}

async function aPostgres() {
  const server = inject('postgresUrl');
  const name = `test_${newId().replaceAll('-', '')}`;
  await queryServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    database: { kind: 'postgres', url: url.href, connections: 10 } as const,
    drop: async () => {
      await queryServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** Looks into a database, or changes it, past the service that runs on it. */
export async function queryDatabase(database: Database, sql: string): Promise<Record<string, unknown>[]> {
  if (database.kind === 'postgres') return queryServer(database.url, sql);
  const file = new DatabaseSync(database.file);
  try {
    return file.prepare(sql).all();
  } finally {
    file.close();
  }
}

/** Everything that somebody with the database's files, or a dump of it, could read. */
export async function contentsOf(database: Database): Promise<string[]> {
  if (database.kind === 'sqlite') {
    const folder = dirname(database.file);
    return Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')));
  }
  const tables = await queryServer(
    database.url,
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const contents: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await queryServer(database.url, `SELECT t::text AS row FROM "${schema}"."${name}" AS t`);
    contents.push(...rows.map(({ row }) => String(row)));
  }
  return contents;
}

async function queryServer(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
