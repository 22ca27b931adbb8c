import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { preparePostgres } from './build/prepared-postgres.ts';
import { startPostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A real PostgreSQL in which a test may create databases of its own. */
    postgresUrl: string;
    /** The name of a database there that a service has just been started on: to be copied. */
    preparedPostgres: string;
  }
}

/** Before all tests: the server that `TEST_DATABASE_URL` names, or one of our own for the time of the run. */
export async function setup(project: TestProject): Promise<void> {
  const given = process.env.TEST_DATABASE_URL;
  const own = given === undefined ? await startPostgresServer({ flushes: false }) : null;
  stopOwn = own?.stop ?? null;
  const url = own?.url ?? given ?? '';
  project.provide('postgresUrl', url);
  project.provide('preparedPostgres', await prepare(url));
}

export async function teardown(): Promise<void> {
  await stopOwn?.();
}

let stopOwn: (() => Promise<void>) | null = null;

async function prepare(server: string): Promise<string> {
  const name = `prepared_${process.pid}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name}`);
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  await preparePostgres(url.href);
  return name;
}
