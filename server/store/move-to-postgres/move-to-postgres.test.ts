import { copyFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { queryDatabase, somePostgres } from '../../../test/build/database.ts';
import { fillEveryTable } from '../../../test/build/every-table.ts';
import { someFile } from '../../../test/build/some-file.ts';
import { someSealer } from '../../../test/build/store.ts';
import { proveSealing, WrongSealingKey } from '../prove-sealing.ts';
import { createSealer } from '../sealing.ts';
import { openStore, type Store } from '../store.ts';
import { type Move, type MoveOutcome, moveToPostgres } from './move-to-postgres.ts';
import { MOVED_TABLES } from './moved-tables.ts';

const TUESDAY = Date.parse('2026-11-24T08:00:00Z');

describe('moving to PostgreSQL', () => {
  it('copies every table to the last character, and counts what it copied', async () => {
    const file = await someInstallation();
    const target = await somePostgres();
    const outcome = await move({ file, url: target.url, batchRows: 2 });
    expect(outcome.kind).toBe('moved');
    const inFile = await contentsOf({ kind: 'sqlite', file });
    expect(await contentsOf(target)).toEqual(inFile);
    expect(rowsIn(outcome)).toEqual(mapValues(inFile, (rows) => rows.length));
    expect(Object.values(rowsIn(outcome))).not.toContain(0);
  });

  it('leaves a database that the same keys open, and others do not', async () => {
    const file = await someInstallation();
    const target = await somePostgres();
    await move({ file, url: target.url });
    const store = await openStore({ database: target, sealer: someSealer() });
    onTestFinished(() => store.close());
    await expect(store.transact(proveSealing)).resolves.toBeUndefined();
    const learners = await store.read.q.selectFrom('learners').selectAll().orderBy('name_sealed').execute();
    const names = learners.map((it) => store.read.sealer.open(it.name_sealed, 'learners.name', it.id));
    expect(names.toSorted()).toEqual(['Ana Conceição', 'Béa']);
    const other = createSealer([{ id: 'test', key: Buffer.alloc(32, 8) }]);
    await expect(store.transact((tx) => proveSealing({ ...tx, sealer: other }))).rejects.toThrow(
      WrongSealingKey,
    );
  });

  it('finds everything again in a database that sorts as people do', async () => {
    const file = await someInstallation();
    const target = await somePostgres();
    await prepare(target.url);
    await queryDatabase(target, 'ALTER TABLE inbox ALTER COLUMN id TYPE text COLLATE "und-x-icu"');
    expect((await move({ file, url: target.url, batchRows: 2 })).kind).toBe('moved');
  });

  it('changes nothing in the file', async () => {
    const file = await someInstallation();
    const before = await contentsOf({ kind: 'sqlite', file });
    await move({ file, url: (await somePostgres()).url });
    expect(await contentsOf({ kind: 'sqlite', file })).toEqual(before);
    const store = await open(file);
    expect(await store.read.q.selectFrom('learners').select('id').execute()).toHaveLength(2);
    await store.close();
  });

  it('takes what a killed process had committed but not yet written into the file itself', async () => {
    const file = await someInstallation();
    const copy = someFile();
    const store = await open(file);
    await store.transact((tx) =>
      tx.q.insertInto('account_facts').values({ fact: 'quality', value: 'GREEN', at: TUESDAY }).execute(),
    );
    // The files as they lie there at this moment are what a kill leaves.
    for (const part of ['', '-wal']) copyFileSync(file + part, copy + part);
    await store.close();
    const target = await somePostgres();
    await move({ file: copy, url: target.url });
    expect(await queryDatabase(target, `SELECT value FROM account_facts WHERE fact = 'quality'`)).toEqual([
      { value: 'GREEN' },
    ]);
  });
});

describe('the list of tables', () => {
  it('has every table that the migrations make, under a key that its rows have alone', async () => {
    const file = await someInstallation();
    const tables = await queryDatabase(
      { kind: 'sqlite', file },
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'kysely%' AND name NOT LIKE 'sqlite%' ORDER BY name`,
    );
    expect(MOVED_TABLES.map(({ name }) => name).toSorted()).toEqual(tables.map(({ name }) => name));
    const keyed = await queryDatabase(
      { kind: 'sqlite', file },
      `SELECT tables.name AS name, group_concat(keys.name, ',' ORDER BY keys.pk) AS key
       FROM sqlite_schema tables JOIN pragma_table_info(tables.name) keys
       WHERE tables.type = 'table' AND keys.pk > 0 AND tables.name NOT LIKE 'kysely%' GROUP BY tables.name`,
    );
    const keys = Object.fromEntries(keyed.map(({ name, key }) => [name, key]));
    // One row, and no key.
    const expected = { ...keys, sealing_proof: 'hash' };
    expect(Object.fromEntries(MOVED_TABLES.map(({ name, key }) => [name, key.join(',')]))).toEqual(expected);
  });

  it('has what a table refers to above it', async () => {
    const file = await someInstallation();
    const references = await queryDatabase(
      { kind: 'sqlite', file },
      `SELECT tables.name AS name, keys."table" AS above
       FROM sqlite_schema tables JOIN pragma_foreign_key_list(tables.name) keys WHERE tables.type = 'table'`,
    );
    const at = (name: unknown) => MOVED_TABLES.findIndex((table) => table.name === name);
    expect(references.length).toBeGreaterThan(5);
    expect(references.filter(({ name, above }) => at(above) >= at(name))).toEqual([]);
  });
});

describe('a move that is interrupted', () => {
  it.each([1, 5, 20])('after %i batches leaves nothing, and is done whole the next time', async (batches) => {
    const file = await someInstallation();
    const target = await somePostgres();
    let left = batches;
    const failing = move({
      file,
      url: target.url,
      batchRows: 1,
      onBatch() {
        left -= 1;
        if (left === 0) throw new Error('the power went');
      },
    });
    await expect(failing).rejects.toThrow('the power went');
    expect(Object.values(await contentsOf(target)).flat()).toEqual([]);
    expect((await move({ file, url: target.url })).kind).toBe('moved');
    expect(await contentsOf(target)).toEqual(await contentsOf({ kind: 'sqlite', file }));
  });

  it('by PostgreSQL itself says so, leaves nothing, and is done whole the next time', async () => {
    const file = await someInstallation();
    const target = await somePostgres();
    await prepare(target.url);
    await queryDatabase(
      target,
      `CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
       CREATE TRIGGER cut BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION cut()`,
    );
    expect(refusalOf(await move({ file, url: target.url }))).toMatch(/PostgreSQL.*Nothing was moved|broke/);
    await queryDatabase(target, 'DROP TRIGGER cut ON messages');
    expect(Object.values(await contentsOf(target)).flat()).toEqual([]);
    expect((await move({ file, url: target.url })).kind).toBe('moved');
  });
});

describe('moving once more', () => {
  it('changes nothing and says so, even when the service has worked there since', async () => {
    const file = await someInstallation();
    const target = await somePostgres();
    const first = await move({ file, url: target.url });
    await queryDatabase(target, `DELETE FROM jobs; UPDATE learners SET zone = 'UTC'`);
    const since = await contentsOf(target);
    const second = await move({ file, url: target.url }, () => TUESDAY + 1);
    expect(second).toEqual({ ...first, kind: 'moved-before', at: TUESDAY });
    expect(await contentsOf(target)).toEqual(since);
  });

  it('is refused when the file has gone on: what is new in it is not in PostgreSQL', async () => {
    const file = await someInstallation();
    const target = await somePostgres();
    await move({ file, url: target.url });
    await queryDatabase({ kind: 'sqlite', file }, `UPDATE learners SET zone = 'UTC'`);
    expect(refusalOf(await move({ file, url: target.url }))).toContain('the file has been changed since');
  });

  it('is refused from another installation, even one with the same keys', async () => {
    const target = await somePostgres();
    await move({ file: await someInstallation(), url: target.url });
    const before = await contentsOf(target);
    const other = await someInstallation();
    expect(refusalOf(await move({ file: other, url: target.url }))).toContain('from another SQLite file');
    expect(await contentsOf(target)).toEqual(before);
  });
});

describe('a target that is not empty', () => {
  it('is refused when a service has started on it, and stays as it is', async () => {
    const target = await somePostgres();
    const store = await openStore({ database: target, sealer: someSealer() });
    await store.transact(proveSealing);
    await store.close();
    const sentence = refusalOf(await move({ file: await someInstallation(), url: target.url }));
    expect(sentence).toContain('holds data that did not come from this file (in sealing_proof)');
    expect(await queryDatabase(target, 'SELECT count(*)::int AS number FROM learners')).toEqual([
      { number: 0 },
    ]);
  });

  it('is refused when another program has a table of such a name', async () => {
    const target = await somePostgres();
    await queryDatabase(target, 'CREATE TABLE messages (text text)');
    const sentence = refusalOf(await move({ file: await someInstallation(), url: target.url }));
    expect(sentence).toContain('holds tables of another program (messages)');
    expect(await queryDatabase(target, `SELECT to_regclass('learners') AS learners`)).toEqual([
      { learners: null },
    ]);
  });

  it('is refused when a newer version has made it', async () => {
    const target = await somePostgres();
    await prepare(target.url);
    await queryDatabase(target, `INSERT INTO kysely_migration VALUES ('9999-later', 'now')`);
    const sentence = refusalOf(await move({ file: await someInstallation(), url: target.url }));
    expect(sentence).toContain('made by a newer version');
  });
});

describe('what is read back from PostgreSQL', () => {
  it('has to be what was read from SQLite: one changed character is found, and nothing is kept', async () => {
    const file = await someInstallation();
    const target = await somePostgres();
    await prepare(target.url);
    await queryDatabase(
      target,
      `CREATE FUNCTION tamper() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN IF NEW.cause = 'cause 3' THEN NEW.sentence := NEW.sentence || ' '; END IF; RETURN NEW; END $$;
       CREATE TRIGGER tamper BEFORE INSERT ON troubles FOR EACH ROW EXECUTE FUNCTION tamper()`,
    );
    expect(refusalOf(await move({ file, url: target.url, batchRows: 2 }))).toContain(
      'troubles is not the same in PostgreSQL (6 rows in SQLite, 6 there; the first that differs: cause 3)',
    );
    expect(Object.values(await contentsOf(target)).flat()).toEqual([]);
  });

  it('has to be all of it: a row that was dropped is found', async () => {
    const file = await someInstallation();
    const target = await somePostgres();
    await prepare(target.url);
    await queryDatabase(
      target,
      `CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN IF NEW.cause = 'cause 5' THEN RETURN NULL; END IF; RETURN NEW; END $$;
       CREATE TRIGGER lose BEFORE INSERT ON troubles FOR EACH ROW EXECUTE FUNCTION lose()`,
    );
    expect(refusalOf(await move({ file, url: target.url }))).toContain(
      '(6 rows in SQLite, 5 there; the first that differs: cause 5)',
    );
  });
});

describe('a source that cannot be moved', () => {
  it('is refused while a service runs on it', async () => {
    const file = await someInstallation();
    const store = await open(file);
    onTestFinished(() => store.close());
    expect(refusalOf(await move({ file, url: (await somePostgres()).url }))).toContain(
      `Another process has ${file} open. Stop the service`,
    );
  });

  it('is refused while a process has it open that knows nothing of our hold', async () => {
    const file = await someInstallation();
    const other = new DatabaseSync(file);
    onTestFinished(() => other.close());
    other.prepare('SELECT * FROM learners').all();
    expect(refusalOf(await move({ file, url: (await somePostgres()).url }))).toContain('Stop the service');
  });

  it('keeps everybody else away while it is moved', async () => {
    const file = await someInstallation();
    const met: unknown[] = [];
    await move({
      file,
      url: (await somePostgres()).url,
      onBatch() {
        try {
          new DatabaseSync(file).prepare(`UPDATE learners SET zone = 'UTC'`).run();
        } catch (error) {
          met.push(error);
        }
      },
    });
    expect(met.length).toBeGreaterThan(0);
    expect(new Set(met.map(String))).toEqual(new Set(['Error: database is locked']));
  });

  it('is refused when it is not there, and no file is made', async () => {
    const file = someFile();
    const url = (await somePostgres()).url;
    expect(refusalOf(await move({ file, url }))).toContain(`There is no file ${file}`);
    expect(refusalOf(await move({ file, url }))).toContain(`There is no file ${file}`);
  });

  it('is refused when it is no database of ours', async () => {
    const file = someFile();
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE notes (text text)');
    other.close();
    expect(refusalOf(await move({ file, url: (await somePostgres()).url }))).toContain(
      'is not a database of this service',
    );
  });

  it.each([
    ['an older version', `DELETE FROM kysely_migration WHERE name = '0003-inbound'`],
    ['a newer version', `INSERT INTO kysely_migration VALUES ('9999-later', 'now')`],
  ])('is refused when it is of %s, before anything is made in PostgreSQL', async (which, change) => {
    const file = await someInstallation();
    await queryDatabase({ kind: 'sqlite', file }, change);
    const target = await somePostgres();
    expect(refusalOf(await move({ file, url: target.url }))).toContain(`used by ${which}`);
    expect(await queryDatabase(target, `SELECT to_regclass('learners') AS learners`)).toEqual([
      { learners: null },
    ]);
  });

  it('is refused with the place of a character that PostgreSQL cannot hold', async () => {
    const file = await someInstallation();
    await queryDatabase(
      { kind: 'sqlite', file },
      `UPDATE troubles SET sentence = 'a' || char(0) || 'b' WHERE cause = 'cause 2'`,
    );
    expect(refusalOf(await move({ file, url: (await somePostgres()).url }))).toContain(
      'troubles.sentence has a zero character in the row cause 2',
    );
  });
});

it('says so when PostgreSQL does not let us in', async () => {
  const file = await someInstallation();
  const url = new URL((await somePostgres()).url);
  url.pathname = '/not_there';
  expect(refusalOf(await move({ file, url: url.href }))).toContain('database "not_there" does not exist');
  url.port = '1';
  expect(refusalOf(await move({ file, url: url.href }))).toContain('ECONNREFUSED');
});

function move(it: Omit<Move, 'now'>, now = () => TUESDAY): Promise<MoveOutcome> {
  return moveToPostgres({ ...it, now });
}

/** A stopped service's file with something in every table. */
async function someInstallation(): Promise<string> {
  const file = someFile();
  const store = await open(file);
  await store.transact(async (tx) => {
    await proveSealing(tx);
    await fillEveryTable(tx);
  });
  await store.close();
  return file;
}

function open(file: string): Promise<Store> {
  return openStore({ database: { kind: 'sqlite', file }, sealer: someSealer() });
}

/** The tables are there already, empty. */
async function prepare(url: string): Promise<void> {
  const database = { kind: 'postgres', url, connections: 2 } as const;
  await (await openStore({ database, sealer: someSealer() })).close();
}

/** Every row of every table as text, past the code that moves. */
async function contentsOf(database: Parameters<typeof queryDatabase>[0]): Promise<Record<string, string[]>> {
  const contents: Record<string, string[]> = {};
  for (const { name } of MOVED_TABLES) {
    const rows = await queryDatabase(database, `SELECT * FROM ${name}`);
    contents[name] = rows
      .map((row) => JSON.stringify(Object.entries(row).map(([column, value]) => [column, plain(value)])))
      .map((row) => JSON.stringify(JSON.parse(row).toSorted()))
      .toSorted();
  }
  return contents;
}

/** PostgreSQL's driver gives large whole numbers as text by itself. */
function plain(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

function rowsIn(outcome: MoveOutcome): Record<string, number> {
  if (outcome.kind === 'refused') throw new Error(outcome.sentence);
  return Object.fromEntries(outcome.tables.map(({ name, rows }) => [name, rows]));
}

function refusalOf(outcome: MoveOutcome): string {
  if (outcome.kind !== 'refused') throw new Error('It was not refused');
  return outcome.sentence;
}

function mapValues<V, W>(of: Record<string, V>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));
}
