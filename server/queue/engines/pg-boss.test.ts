import pg from 'pg';
import { beforeAll } from 'vitest';
import { aDatabase, queryDatabase } from '../../../test/build/database.ts';
import { someSealer } from '../../../test/build/store.ts';
import type { Database } from '../../store/connections.ts';
import { newId } from '../../store/new-id.ts';
import { openStore } from '../../store/store.ts';
import { conformsToJobEngine, type EngineSetting, type OpenedEngine } from '../engine.conformance.ts';
import { createPgBossEngine } from './pg-boss.ts';

type PostgresDatabase = Extract<Database, { kind: 'postgres' }>;

let template: PostgresDatabase;

// Setting up a database with all its tables takes a while; copying one does not.
beforeAll(async () => {
  const { database, drop } = await aDatabase();
  template = onPostgres(database);
  const { engine, close } = await openAt(template, SOME_SETTING);
  await engine.counts();
  await engine.stop();
  await close();
  return drop;
});

conformsToJobEngine('pg-boss', async (setting) => openAt(await someCopy(), setting));

async function someCopy(): Promise<PostgresDatabase> {
  const name = `test_${newId().replaceAll('-', '')}`;
  await queryDatabase(
    template,
    `CREATE DATABASE ${name} TEMPLATE ${new URL(template.url).pathname.slice(1)}`,
  );
  const url = new URL(template.url);
  url.pathname = `/${name}`;
  return { ...template, url: url.href };
}

async function openAt(database: PostgresDatabase, setting: EngineSetting): Promise<OpenedEngine> {
  const store = await openStore({ database, sealer: someSealer() });
  const pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => {});
  let isAlive = true;
  const disconnect = async () => {
    if (isAlive) await pool.end();
    isAlive = false;
  };
  return {
    store,
    engine: createPgBossEngine({
      store,
      pool,
      onTrouble: (error) => {
        if (isAlive) throw error;
      },
      ...setting,
    }),
    async again() {
      await disconnect();
      // A minute goes by for what is over when a process is dead.
      await queryDatabase(
        database,
        `UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 minute';
         UPDATE pgboss.queue SET monitor_claim_on = null, monitor_on = null`,
      );
      return openAt(database, setting);
    },
    async close() {
      await disconnect();
      await store.close();
    },
  };
}

function onPostgres(database: Database): PostgresDatabase {
  if (database.kind !== 'postgres') throw new Error('This suite runs on PostgreSQL');
  return database;
}

const SOME_SETTING: EngineSetting = { now: () => 0, luck: () => 0, onThrow: () => {}, onDead: () => {} };
