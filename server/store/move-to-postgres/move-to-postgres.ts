import { isDeepStrictEqual } from 'node:util';
import { createChecksum, type Row, written } from './checksum.ts';
import { MOVED_TABLES, type MovedTable } from './moved-tables.ts';
import { MoveRefused } from './refusal.ts';
import { openSource, type Source } from './source.ts';
import { type Column, openTarget, type PastMove, type Target } from './target.ts';

/** What one table came to: the sum is the same on both databases. */
export type MovedRows = { readonly name: string; readonly rows: number; readonly sum: string };

export type MoveOutcome =
  | { readonly kind: 'moved'; readonly tables: readonly MovedRows[] }
  /** It was done before, and the file is as it was then. What became of the target since does not matter. */
  | { readonly kind: 'moved-before'; readonly at: number; readonly tables: readonly MovedRows[] }
  /** Nothing was moved. */
  | { readonly kind: 'refused'; readonly sentence: string };

export type Move = {
  readonly file: string;
  readonly url: string;
  readonly now: () => number;
  /** How many rows are in memory at a time. */
  readonly batchRows?: number;
  /** After every batch, with the rows of the table so far. */
  readonly onBatch?: (table: string, rows: number) => void;
};

const BATCH_ROWS = 2000;

/**
 * Copies a stopped SQLite installation into an empty PostgreSQL, in one transaction that is committed only when every
 * row has been read back: whatever interrupts it, the target is empty afterwards, and it can be done again.
 */
export async function moveToPostgres(move: Move): Promise<MoveOutcome> {
  try {
    const source = openSource(move.file);
    try {
      const target = await openTarget(move.url);
      try {
        return await moveBetween(source, target, move);
      } finally {
        await target.close();
      }
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof MoveRefused) return { kind: 'refused', sentence: error.message };
    throw error;
  }
}

async function moveBetween(source: Source, target: Target, move: Move): Promise<MoveOutcome> {
  const past = await target.pastMove();
  if (past !== null) return compareWith(past, source);
  source.refuseUnlessUpToDate();
  await target.refuseUnlessEmpty();
  await target.bringUpToDate();
  return target.transact(async () => {
    await target.lock();
    // Once more, now that nobody can come in between.
    await target.refuseUnlessEmpty();
    const tables: MovedRows[] = [];
    for (const table of MOVED_TABLES) tables.push(await moveTable(table, source, target, move));
    await target.noteMove({ source: source.identity, at: move.now(), tables });
    return { kind: 'moved', tables };
  });
}

/** A file that went on after it was moved must not pass for moved. */
function compareWith(past: PastMove, source: Source): MoveOutcome {
  const on = new Date(past.at).toISOString();
  if (past.source !== source.identity) {
    throw new MoveRefused(
      `The PostgreSQL database was filled from another SQLite file, on ${on}. Nothing was changed: name an empty database with --to.`,
    );
  }
  const tables = MOVED_TABLES.filter(({ name }) => past.tables.some((it) => it.name === name)).map((table) =>
    sumOf(table, source.rows(table, source.columns(table))),
  );
  if (!isDeepStrictEqual(tables, past.tables)) {
    throw new MoveRefused(
      `The PostgreSQL database was filled from this file on ${on}, and the file has been changed since. Nothing was changed: to keep what is in PostgreSQL, leave the file alone; to move the file as it is now, name an empty database with --to.`,
    );
  }
  return { kind: 'moved-before', at: past.at, tables };
}

function sumOf({ name }: MovedTable, rows: Iterable<Row>): MovedRows {
  const checksum = createChecksum();
  let count = 0;
  for (const row of rows) {
    checksum.add(row);
    count += 1;
  }
  return { name, rows: count, sum: checksum.sum() };
}

async function moveTable(table: MovedTable, source: Source, target: Target, move: Move): Promise<MovedRows> {
  const columns = await sameColumns(table, source, target);
  const names = columns.map((column) => column.name);
  const { batchRows = BATCH_ROWS, onBatch = () => {} } = move;
  const checksum = createChecksum();
  let rows = 0;
  for (const batch of batches(source.rows(table, names), batchRows)) {
    for (const row of batch) {
      refuseZeroCharacter(table, names, row);
      checksum.add(row);
    }
    await target.insert(table, columns, batch);
    rows += batch.length;
    onBatch(table.name, rows);
  }
  const copied = { name: table.name, rows, sum: checksum.sum() };
  const found = createChecksum();
  let foundRows = 0;
  for await (const row of target.rows(table, columns, batchRows)) {
    found.add(row);
    foundRows += 1;
  }
  if (foundRows !== rows || found.sum() !== copied.sum) {
    const where = await firstDifference(table, columns, source, target, batchRows);
    throw new MoveRefused(
      `${table.name} is not the same in PostgreSQL (${rows} rows in SQLite, ${foundRows} there; the first that differs: ${where}). Nothing was moved: look for triggers or rules on that table.`,
    );
  }
  return copied;
}

async function sameColumns(table: MovedTable, source: Source, target: Target): Promise<readonly Column[]> {
  const columns = await target.columns(table);
  const here = source.columns(table);
  const there = columns.map((column) => column.name);
  if (isDeepStrictEqual(here, there)) return columns;
  throw new MoveRefused(
    `${table.name} has other columns in SQLite (${here.join(', ')}) than in PostgreSQL (${there.join(', ')}). Nothing was moved.`,
  );
}

function* batches(rows: Iterable<Row>, size: number): Generator<readonly Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The only character that SQLite keeps and PostgreSQL does not. */
function refuseZeroCharacter(table: MovedTable, names: readonly string[], row: Row): void {
  const at = row.findIndex((value) => typeof value === 'string' && value.includes('\0'));
  if (at === -1) return;
  throw new MoveRefused(
    `${table.name}.${names[at]} has a zero character in the row ${keyOf(table, names, row)}, which PostgreSQL cannot hold. Nothing was moved: take it out of the SQLite file, then move.`,
  );
}

/** Only when the sums say that there is one. */
async function firstDifference(
  table: MovedTable,
  columns: readonly Column[],
  source: Source,
  target: Target,
  batchRows: number,
): Promise<string> {
  const names = columns.map((column) => column.name);
  const here = source.rows(table, names)[Symbol.iterator]();
  for await (const there of target.rows(table, columns, batchRows)) {
    const { done, value } = here.next();
    if (done === true || written(value) !== written(there)) return keyOf(table, names, done ? there : value);
  }
  const { done, value } = here.next();
  return done === true ? 'none' : keyOf(table, names, value);
}

function keyOf(table: MovedTable, names: readonly string[], row: Row): string {
  return table.key.map((column) => String(row[names.indexOf(column)])).join(', ');
}
