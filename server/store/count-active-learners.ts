import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Database } from './connections.ts';
import { openPostgres } from './postgres.ts';

/**
 * How many learners get questions, read beside a running service and without touching anything. Null when the
 * database is not there, is of another version or cannot be opened from here.
 */
export async function countActiveLearners(database: Database): Promise<number | null> {
  try {
    return database.kind === 'sqlite' ? countInFile(database.file) : await countOnServer(database);
  } catch {
    return null;
  }
}

function countInFile(file: string): number | null {
  if (!existsSync(file)) return null;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const row = database.prepare(`SELECT count(*) AS count FROM learners WHERE state = 'active'`).get();
    return Number(row?.count);
  } finally {
    database.close();
  }
}

async function countOnServer(database: Extract<Database, { kind: 'postgres' }>): Promise<number> {
  const connections = openPostgres({ ...database, connections: 1 });
  try {
    const row = await connections.read
      .selectFrom('learners')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('state', '=', 'active')
      .executeTakeFirstOrThrow();
    return Number(row.count);
  } finally {
    await connections.close();
  }
}
