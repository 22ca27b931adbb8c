import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../server/store/connections.ts';
import { proveSealing } from '../server/store/prove-sealing.ts';
import { openStore } from '../server/store/store.ts';
import { queryDatabase, somePostgres } from './build/database.ts';
import { fillEveryTable } from './build/every-table.ts';
import { someFile } from './build/some-file.ts';
import { someSealer } from './build/store.ts';
import { openWorld } from './world.ts';

const NOON = '2026-11-30T12:00:00Z';

describe('an installation that moves to PostgreSQL', () => {
  it('knows its learners there, hears what they say, and asks them the next morning', async () => {
    const target = await somePostgres();
    const file = someFile();
    const before = await openWorld({ startsAt: NOON });
    onTestFinished(() => before.close());
    const ana = before.learner('Ana', { number: '5511955501234', language: 'pt', zone: 'America/Sao_Paulo' });
    const question = await ana.joins();
    await before.rows(`VACUUM INTO '${file}'`);
    expect(await bot(file, target.url)).toMatchObject({ code: 0 });

    const after = await openWorld({ startsAt: NOON, config: { database: target } });
    onTestFinished(() => after.close());
    const same = after.learner('Ana', {
      number: '5511955501234',
      language: 'pt',
      zone: 'America/Sao_Paulo',
    });
    await same.says('PULAR');
    const skipped = same.hears(/./);
    expect(await queryDatabase(target, 'SELECT state FROM asked_questions')).toEqual([{ state: 'skipped' }]);
    expect(skipped.text).not.toContain(question.text);
    await after.itIs('Tuesday 09:00', 'America/Sao_Paulo');
    expect(await queryDatabase(target, 'SELECT count(*)::int AS asked FROM asked_questions')).toEqual([
      { asked: 2 },
    ]);
  });
});

describe('npm run bot -- migrate-to-postgres', () => {
  it('says what it moved and what comes next, without a password', async () => {
    const file = await someInstallation();
    const target = await somePostgres();
    const url = new URL(target.url);
    url.password = 'very-secret';
    const first = await bot(file, url.href);
    expect(first.code).toBe(0);
    expect(first.output).toMatch(/^table +rows +checksum$/m);
    expect(first.output).toMatch(/^learners +2 +[\da-f]{16}$/m);
    expect(first.output).toContain('Everything is in PostgreSQL, and every row was read back.');
    expect(first.output).toContain('DATABASE_URL=…');
    expect(first.output).not.toContain('very-secret');
    const second = await bot(file, url.href);
    expect(second.code).toBe(0);
    expect(second.output).toContain('There is nothing to do.');
    expect(second.output).toContain(/^learners .*$/m.exec(first.output)?.[0]);
  });

  it('killed in the middle leaves nothing, and does it all the next time', async () => {
    const file = await someInstallation();
    const target = await somePostgres();
    await prepare(target);
    await queryDatabase(
      target,
      `CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN PERFORM pg_advisory_xact_lock(42); RETURN NEW; END $$;
       CREATE TRIGGER wait BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION wait()`,
    );
    const gate = new pg.Client({ connectionString: target.url });
    await gate.connect();
    onTestFinished(() => gate.end());
    await gate.query('SELECT pg_advisory_lock(42)');
    const child = start(file, target.url);
    // Everything but the last table is copied by then.
    await until(async () => {
      const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
      return (await queryDatabase(target, waiting)).length > 0;
    });
    child.kill('SIGKILL');
    await once(child, 'close');
    await gate.query('SELECT pg_advisory_unlock(42)');
    expect(await queryDatabase(target, 'SELECT * FROM learners')).toEqual([]);

    expect((await bot(file, target.url)).code).toBe(0);
    expect(await queryDatabase(target, 'SELECT count(*)::int AS jobs FROM jobs')).toEqual([{ jobs: 3 }]);
    expect(await queryDatabase(target, 'SELECT count(*)::int AS all FROM learners')).toEqual([{ all: 2 }]);
  });

  it('exits with 1 when something stands in the way', async () => {
    const target = await somePostgres();
    await queryDatabase(target, 'CREATE TABLE learners (name text)');
    expect(await bot(await someInstallation(), target.url)).toEqual({
      code: 1,
      output: expect.stringContaining('tables of another program (learners)'),
    });
  });

  it('takes the file of DATABASE_URL when none is named', async () => {
    const file = await someInstallation();
    const target = await somePostgres();
    const child = start(null, target.url, { DATABASE_URL: `sqlite:${file}` });
    expect((await outcomeOf(child)).code).toBe(0);
  });

  it('exits with 78 when the addresses are not a file and a PostgreSQL', async () => {
    const file = await someInstallation();
    expect(await bot(file, 'sqlite:./other.db')).toEqual({
      code: 78,
      output: expect.stringContaining('--to: name the PostgreSQL database'),
    });
    const already = start(null, 'postgres://localhost/bot', { DATABASE_URL: 'postgres://localhost/bot' });
    expect(await outcomeOf(already)).toEqual({
      code: 78,
      output: expect.stringContaining('--from: name the SQLite file'),
    });
  });
});

async function someInstallation(): Promise<string> {
  const file = someFile();
  const store = await openStore({ database: { kind: 'sqlite', file }, sealer: someSealer() });
  await store.transact(async (tx) => {
    await proveSealing(tx);
    await fillEveryTable(tx);
  });
  await store.close();
  return file;
}

/** The tables are there already, empty. */
async function prepare(database: Database): Promise<void> {
  await (await openStore({ database, sealer: someSealer() })).close();
}

type Outcome = { readonly code: number; readonly output: string };

function bot(file: string, to: string): Promise<Outcome> {
  return outcomeOf(start(file, to));
}

function start(file: string | null, to: string, environment: Record<string, string> = {}): ChildProcess {
  const from = file === null ? [] : ['--from', `sqlite:${file}`];
  const child = spawn(process.execPath, ['cli/main.ts', 'migrate-to-postgres', ...from, '--to', to], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  const [code] = await once(child, 'close');
  return { code: Number(code), output };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 50_000;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error('still waiting');
    await sleep(50);
  }
}
