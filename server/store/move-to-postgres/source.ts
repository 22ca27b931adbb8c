import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { FileInUse, holdFile } from '../hold-file.ts';
import { MIGRATION_NAMES } from '../migrations.ts';
import type { Row } from './checksum.ts';
import type { MovedTable } from './moved-tables.ts';
import { MoveRefused } from './refusal.ts';

/** The SQLite file that is moved. Nobody else opens it meanwhile, and nothing is written to it. */
export type Source = {
  /** The same for a copy of the file, another for every other installation. */
  readonly identity: string;
  /** Throws the refusal: only what this version knows can be moved by it. */
  refuseUnlessUpToDate(): void;
  columns(table: MovedTable): readonly string[];
  /** In the order of their key. One row at a time comes from the disk. */
  rows(table: MovedTable, columns: readonly string[]): Iterable<Row>;
  close(): void;
};

export function openSource(file: string): Source {
  if (!existsSync(file)) throw new MoveRefused(`There is no file ${file}: say with --from which one it is.`);
  const hold = holdOf(file);
  const database = openHeld(file, hold);
  const close = () => {
    database.close();
    hold.release();
  };
  try {
    // Whoever has the file open, even an older release that knows nothing of the hold, keeps us from getting this.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA query_only = ON');
    return { identity: identityOf(database), refuseUnlessUpToDate, columns, rows, close };
  } catch (error) {
    close();
    throw refusalFor(file, error);
  }

  function refuseUnlessUpToDate(): void {
    const past = database.prepare('SELECT name FROM kysely_migration').all();
    const names = new Set(past.map(({ name }) => String(name)));
    if (MIGRATION_NAMES.some((name) => !names.has(name))) {
      throw new MoveRefused(
        'The SQLite file was last used by an older version: start this version on it once (npm start), stop it, then move.',
      );
    }
    if (names.size > MIGRATION_NAMES.length) {
      throw new MoveRefused('The SQLite file was used by a newer version: move it with that version.');
    }
  }

  function columns({ name }: MovedTable): readonly string[] {
    return database
      .prepare('SELECT name FROM pragma_table_info(?) ORDER BY name')
      .all(name)
      .map((column) => String(column.name));
  }

  function* rows({ name, key }: MovedTable, of: readonly string[]): Generator<Row> {
    const statement = database.prepare(`SELECT ${quoted(of)} FROM ${quoted([name])} ORDER BY ${quoted(key)}`);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    // The driver's types know rows as objects only.
    yield* statement.iterate() as Iterable<unknown> as Iterable<Row>;
  }
}

/** Names as both databases take them. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function holdOf(file: string): { release(): void } {
  try {
    return holdFile(file);
  } catch (error) {
    throw error instanceof FileInUse ? inUse(file) : refusalFor(file, error);
  }
}

function openHeld(file: string, hold: { release(): void }): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    hold.release();
    throw refusalFor(file, error);
  }
}

/** Who made the file and when: the key it was made with, and the moment of its first table. */
function identityOf(database: DatabaseSync): string {
  const first = database.prepare('SELECT min(timestamp) AS at FROM kysely_migration').get();
  const proofs = database.prepare('SELECT hash FROM sealing_proof ORDER BY hash').all();
  return createHash('sha256')
    .update(JSON.stringify([first?.at, proofs.map(({ hash }) => hash)]))
    .digest('hex');
}

function refusalFor(file: string, error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (/database is locked/.test(message)) return inUse(file);
  if (/no such table|not a database/.test(message)) {
    return new MoveRefused(`${file} is not a database of this service (${message}).`);
  }
  if (/unable to open|readonly/.test(message)) {
    return new MoveRefused(`${file} cannot be opened (${message}): it and its folder have to be writable.`);
  }
  return error;
}

function inUse(file: string): MoveRefused {
  return new MoveRefused(
    `Another process has ${file} open. Stop the service (and whatever else reads the file), then move.`,
  );
}
