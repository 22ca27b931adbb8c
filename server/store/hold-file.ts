import { DatabaseSync } from 'node:sqlite';

/** Thrown at the start when another process works on the same SQLite file. */
export class FileInUse extends Error {
  override readonly name = 'FileInUse';
}

/**
 * Keeps a SQLite file to this process as long as it lives: two would each take the other's running jobs for orphans.
 * The lock is one of the operating system's, on a file beside it, so a process that was killed holds nothing. Reading
 * beside a running service (`npm run bot -- doctor`, a backup) is not hindered.
 */
export function holdFile(file: string): { release(): void } {
  const lock = new DatabaseSync(`${file}.lock`);
  try {
    lock.exec('PRAGMA busy_timeout = 0');
    // Without a journal file of its own beside it.
    lock.exec('PRAGMA journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new FileInUse(
      `Another process works on ${file} already. One SQLite file takes one process: stop the other one, or move to PostgreSQL, which takes as many as wanted.`,
    );
  }
  return { release: () => lock.close() };
}
