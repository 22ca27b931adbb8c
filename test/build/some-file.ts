import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** Where a SQLite file of the test's own may be. */
export function someFile(): string {
  return join(temporaryFolder(), 'bot.db');
}
