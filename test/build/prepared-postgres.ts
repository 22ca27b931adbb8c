import { JOBS } from '../../server/jobs.ts';
import { done } from '../../server/queue/engine.ts';
import { createPgBossEngine } from '../../server/queue/engines/pg-boss.ts';
import { createPool } from '../../server/store/postgres.ts';
import { createSealer } from '../../server/store/sealing.ts';
import { openStore } from '../../server/store/store.ts';

/** Brings a new database to where a service leaves it at its start, so that tests copy it instead of waiting for that. */
export async function preparePostgres(url: string): Promise<void> {
  const sealer = createSealer([{ id: 'test', key: Buffer.alloc(32, 7) }]);
  const store = await openStore({ database: { kind: 'postgres', url, connections: 4 }, sealer });
  const pool = createPool({ url, connections: 4 });
  const throwOn = (error: unknown) => {
    throw error;
  };
  const engine = createPgBossEngine({
    store,
    pool,
    now: Date.now,
    luck: () => 0,
    onThrow: throwOn,
    onDead: () => {},
    onTrouble: throwOn,
  });
  for (const [name, settings] of Object.entries(JOBS)) engine.work(name, settings, async () => done);
  await engine.start();
  await engine.stop();
  await pool.end();
  await store.close();
}
