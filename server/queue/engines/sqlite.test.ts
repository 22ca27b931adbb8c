import { someFile } from '../../../test/build/some-file.ts';
import { someSealer } from '../../../test/build/store.ts';
import { openStore } from '../../store/store.ts';
import { conformsToJobEngine, type EngineSetting, type OpenedEngine } from '../engine.conformance.ts';
import { createSqliteEngine } from './sqlite.ts';

conformsToJobEngine('SQLite', (setting) => openAt(someFile(), setting));

async function openAt(file: string, setting: EngineSetting): Promise<OpenedEngine> {
  const store = await openStore({ database: { kind: 'sqlite', file }, sealer: someSealer() });
  let isAlive = true;
  const letGo = async () => {
    if (!isAlive) return;
    isAlive = false;
    await store.close();
  };
  return {
    store,
    engine: createSqliteEngine({
      store,
      onTrouble: (error) => {
        if (isAlive) throw error;
      },
      ...setting,
    }),
    async again() {
      // A killed process holds its file no longer.
      await letGo();
      return openAt(file, setting);
    },
    close: letGo,
  };
}
