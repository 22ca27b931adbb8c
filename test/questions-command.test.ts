import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bankFolder, loadBank } from '../content/load-bank.ts';
import { writeTable } from '../content/write-table.ts';
import type { Question } from '../interview/question.ts';

const ROOT = join(import.meta.dirname, '..');

const ALL = loadBank().questions;
const [some, other] = ALL as [Question, Question, ...Question[]];

let folder = '';
let bank = '';
/** Two questions and their topics: too few to keep the rules, and quickly checked. */
let small = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'questions-'));
  bank = join(folder, 'bank');
  cpSync(bankFolder, bank, { recursive: true });
  small = join(folder, 'small');
  for (const { area, topic } of [some, other])
    cpSync(join(bankFolder, area, `${topic}.yaml`), join(small, area, `${topic}.yaml`));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Without any setting of the service. */
async function questions(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, ['cli/main.ts', 'questions', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    said.err += chunk;
  });
  const [code] = await once(child, 'close');
  return { code: Number(code), ...said };
}

/** Every file below with what it holds. */
const contents = (of: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(of, { recursive: true, withFileTypes: true })
      .filter((it) => it.isFile())
      .map((it) => join(it.parentPath, it.name))
      .map((file) => [relative(of, file), readFileSync(file, 'utf8')]),
  );

function table(...rows: readonly Question[]): string {
  const file = join(folder, 'table.csv');
  writeFileSync(file, writeTable(rows));
  return file;
}

describe('npm run bot -- questions', () => {
  it('check tells every problem of a bank with its place', async () => {
    writeFileSync(join(small, some.area, 'broken.yaml'), '- slug: dsa-broken\n  version: zero\n');
    const broken = await questions('check', small);
    expect(broken.code).toBe(1);
    expect(broken.err).toMatch(/\/broken\.yaml:2:12 dsa-broken version: /);
    expect(broken.err).toMatch(/python has 0 questions, at least \d+ are needed/);
    expect(await questions('check', join(folder, 'nowhere'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no folder'),
    });
  });

  it.each(['csv', 'yaml'] as const)('export as %s and import again change no byte', async (format) => {
    const before = contents(bank);
    const out = join(folder, format === 'csv' ? 'all.csv' : 'all');
    const exported = await questions('export', '--from', bank, '--format', format, '--out', out);
    expect(exported).toMatchObject({ code: 0, out: `${ALL.length} questions are in ${out}.\n` });
    expect(await questions('import', out, '--into', bank)).toEqual({
      code: 0,
      out: `0 added, 0 changed, 0 retired, ${ALL.length} unchanged. Nothing to write.\n`,
      err: '',
    });
    expect(contents(bank)).toEqual(before);
  });

  it('export brings the table to the terminal, and one area if asked', async () => {
    const { code, out } = await questions('export', '--from', bank, '--area', 'ruby');
    expect(code).toBe(0);
    expect(out).toBe(writeTable(ALL.filter((question) => question.area === 'ruby')));
    expect((await questions('export', '--from', bank, '--format', 'yaml')).code).toBe(78);
  });

  it('import adds, changes and retires, and says so; a rehearsal writes nothing', async () => {
    const before = contents(bank);
    const changed: Question = {
      ...some,
      version: some.version + 1,
      text: { ...some.text, en: 'Tell me everything.' },
    };
    const added: Question = { ...other, slug: `${other.slug}-anew` };
    const file = table(changed, { ...other, retired: true }, added);
    const another = join(folder, 'another');
    cpSync(bank, another, { recursive: true });
    const [rehearsal, done] = await Promise.all([
      questions('import', file, '--into', bank, '--dry-run'),
      questions('import', file, '--into', another),
    ]);
    expect(rehearsal).toMatchObject({ code: 0, err: '' });
    expect(rehearsal.out).toMatch(new RegExp(`^changed {2}${some.slug} +version, text\\.en$`, 'm'));
    expect(rehearsal.out).toMatch(new RegExp(`^retired {2}${other.slug} +retired$`, 'm'));
    expect(rehearsal.out).toMatch(new RegExp(`^added {4}${added.slug}$`, 'm'));
    expect(rehearsal.out).toMatch(
      /\n1 added, 1 changed, 1 retired, 0 unchanged\. \d files? would be written\.\n$/,
    );
    expect(contents(bank)).toEqual(before);

    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toBe(
      rehearsal.out.replace('file would be', 'file was').replace('files would be', 'files were'),
    );
    const after = loadBank(another).questions;
    expect(after).toHaveLength(ALL.length + 1);
    expect(after).toEqual(expect.arrayContaining([changed, { ...other, retired: true }, added]));
  });

  it('import writes nothing at all when one row of many is bad', async () => {
    const before = contents(small);
    const good: Question = { ...some, hint: { ...some.hint, en: 'Think twice.' } };
    const file = table(good, { ...other, hint: { ...other.hint, pt: '' } });
    const { code, out, err } = await questions('import', file, '--into', small);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(new RegExp(`table\\.csv:\\d+:12 ${other.slug} hint\\.pt: `));
    expect(err).toMatch(/\n\d+ things to mend\. Nothing was written\.\n$/);
    expect(contents(small)).toEqual(before);
  });

  it.each<[string, string, string, RegExp]>([
    ['a column nobody knows', 'hint.en', 'hint.fr', /table\.csv:1:10: no column is called hint\.fr/],
    ['a language that lacks', 'hint.pt', '', /table\.csv:1:1: lacks the column hint\.pt/],
  ])('import tells %s', async (_, heading, instead, problem) => {
    const file = table(some);
    writeFileSync(file, readFileSync(file, 'utf8').replace(heading, instead));
    const { code, err } = await questions('import', file, '--into', bank);
    expect(code).toBe(1);
    expect(err).toMatch(problem);
  });

  it('import tells a slug that stands there twice, and what it cannot read', async () => {
    const twice = await questions('import', table(some, some), '--into', small);
    expect(twice.code).toBe(1);
    expect(twice.err).toMatch(new RegExp(`table\\.csv:\\d+:1 ${some.slug} slug: stands there a second time`));

    const latin = join(folder, 'latin.csv');
    writeFileSync(latin, Buffer.from('slug,área\n', 'latin1'));
    expect((await questions('import', latin, '--into', small)).err).toMatch(
      /latin\.csv:1:1: is not written in UTF-8/,
    );
    expect((await questions('import', join(folder, 'none.csv'), '--into', small)).err).toMatch(
      /is not there/,
    );
    expect((await questions('import', join(folder), '--into', small)).err).toMatch(/no area is called/);
  });

  it('import takes the table of a spreadsheet that writes semicolons', async () => {
    const file = table(some, other);
    writeFileSync(file, withSemicolons(readFileSync(file, 'utf8')));
    expect(await questions('import', file, '--into', small)).toMatchObject({
      code: 0,
      out: '0 added, 0 changed, 0 retired, 2 unchanged. Nothing to write.\n',
    });
  });

  it('schema prints what stands in the file for editors', async () => {
    const { code, out } = await questions('schema');
    expect(code).toBe(0);
    expect(out).toBe(readFileSync(join(bankFolder, '..', 'question.schema.json'), 'utf8'));
  });
});

/** Outside of quotes. */
function withSemicolons(text: string): string {
  return text.replace(/"(?:[^"]|"")*"|,/g, (piece) => (piece === ',' ? ';' : piece));
}
