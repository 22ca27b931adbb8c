import { describe, expect, it } from 'vitest';
import { someFile } from '../../test/build/some-file.ts';
import { proveSealing } from './prove-sealing.ts';
import { createSealer, type SealingKey } from './sealing.ts';
import { openStore } from './store.ts';

const OLD: SealingKey = { id: 'old', key: Buffer.alloc(32, 1) };
const NEW: SealingKey = { id: 'new', key: Buffer.alloc(32, 2) };

describe('a database', () => {
  it('is opened by the keys it was made with, and by a new one in front of them', async () => {
    const file = someFile();
    for (const keys of [[OLD], [OLD], [NEW, OLD]]) await expect(start(file, keys)).resolves.toBeUndefined();
  });

  it.each([
    ['other keys', [NEW]],
    ['a new key behind the old one', [OLD, NEW]],
  ])('is refused with %s, before anybody becomes a stranger', async (_what, keys) => {
    const file = someFile();
    await start(file, [OLD]);
    await expect(start(file, keys)).rejects.toThrow(
      /ENCRYPTION_KEYS: the last key in the list is not the oldest/,
    );
  });
});

async function start(file: string, keys: readonly SealingKey[]): Promise<void> {
  const store = await openStore({ database: { kind: 'sqlite', file }, sealer: createSealer(keys) });
  try {
    await store.transact(proveSealing);
  } finally {
    await store.close();
  }
}
