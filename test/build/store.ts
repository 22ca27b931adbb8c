import { onTestFinished } from 'vitest';
import type { Database } from '../../server/store/connections.ts';
import { createSealer, type Sealer } from '../../server/store/sealing.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { someDatabase } from './database.ts';

export function someSealer(): Sealer {
  return createSealer([{ id: 'test', key: Buffer.alloc(32, 7) }]);
}

/** A store on a database of the test's own, closed when the test ends. */
export async function someStore(database?: Database): Promise<Store> {
  const store = await openStore({ database: database ?? (await someDatabase()), sealer: someSealer() });
  onTestFinished(() => store.close());
  return store;
}
