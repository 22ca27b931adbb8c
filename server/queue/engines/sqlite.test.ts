import { someFile } from '../../../test/build/some-file.ts';
import { someSealer } from '../../../test/build/store.ts';
import { openStore } from '../../store/store.ts';
import { conformsToJobEngine, type EngineSetting, type OpenedEngine } from '../engine.conformance.ts';
import { createSqliteEngine } from './sqlite.ts';

conformsToJobEngine('SQLite', (setting) => openAt(someFile(), setting));

async function openAt(file: string, setting: EngineSetting): Promise<OpenedEngine> {
  const store = await openStore({ database: { kind: 'sqlite', file }, sealer: someSealer() });
  return {
    store,
    engine: createSqliteEngine({
      store,
      onTrouble: (error) => {
        throw error;
      },
      ...setting,
    }),
    again: () => openAt(file, setting),
    close: () => store.close(),
  };
}
