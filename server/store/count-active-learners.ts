import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * How many learners get questions, read beside a running service and without touching anything. Null when the file
 * is not there, is of another version or cannot be opened from here.
 */
export function countActiveLearners(file: string): number | null {
  if (!existsSync(file)) return null;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const row = database.prepare(`SELECT count(*) AS count FROM learners WHERE state = 'active'`).get();
      return Number(row?.count);
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}
