import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import * as start from './migrations/0001-start.ts';
import * as dispatch from './migrations/0002-dispatch.ts';
import * as inbound from './migrations/0003-inbound.ts';
import * as growth from './migrations/0004-growth.ts';
import * as due from './migrations/0005-due.ts';
import * as learning from './migrations/0006-learning.ts';
import type { Tables } from './tables.ts';

/** Every change of the schema, oldest first. A migration that has been released never changes. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-start': start,
  '0002-dispatch': dispatch,
  '0003-inbound': inbound,
  '0004-growth': growth,
  '0005-due': due,
  '0006-learning': learning,
};

/** What a database that is up to date has been through. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS);

/** Brings the schema up to date; throws with the migration's name when one fails. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
  throw new Error(`Migration ${failed} failed`, { cause: error });
}
