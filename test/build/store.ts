import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createSealer, type Sealer } from '../../server/store/sealing.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { temporaryFolder } from './temporary-folder.ts';

export function someSealer(): Sealer {
  return createSealer([{ id: 'test', key: Buffer.alloc(32, 7) }]);
}

/** A store on a real file of the test's own, closed when the test ends. */
export async function someStore(file: string = someFile()): Promise<Store> {
  const store = await openStore({ file, sealer: someSealer() });
  onTestFinished(() => store.close());
  return store;
}

export function someFile(): string {
  return join(temporaryFolder(), 'bot.db');
}
