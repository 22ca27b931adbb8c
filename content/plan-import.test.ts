import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Question } from '../interview/question.ts';
import { loadBank } from './load-bank.ts';
import { planImport } from './plan-import.ts';
import { printProblem } from './problem.ts';
import { readTable } from './read-table.ts';
import { writeQuestions } from './write-questions.ts';
import { writeTable } from './write-table.ts';

const SOUND = loadBank().questions.filter((question) => question.area === 'ruby');
const [FIRST, SECOND, NEW] = [at(0), at(1), at(2)];

function at(index: number): Question {
  const question = SOUND[index];
  if (question === undefined) throw new Error('the bank is too small');
  return { ...question, topic: 'blocks', version: 3 };
}

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bank-'));
  file = join(folder, 'ruby', 'blocks.yaml');
  mkdirSync(join(folder, 'ruby'));
  writeFileSync(file, `# Blocks\n${writeQuestions([FIRST, SECOND])}`);
});
afterEach(() => rmSync(folder, { recursive: true }));

const plan = (...questions: readonly Question[]) =>
  planImport(loadBank(folder), readTable(writeTable(questions).replace(/^\ufeff/, ''), 'it.csv'), folder);

/** What is said of questions; areas have too few here. */
const problemsOf = (...questions: readonly Question[]) =>
  plan(...questions)
    .problems.filter(({ slug }) => slug !== null)
    .map(printProblem);

const otherText = { ...FIRST.text, es: `Dime: ${FIRST.text.es}` };

describe('an import', () => {
  it('changes nothing when nothing changed', () => {
    expect(plan(FIRST, SECOND)).toMatchObject({
      steps: [{ kind: 'unchanged' }, { kind: 'unchanged' }],
      files: [],
    });
    expect(problemsOf(FIRST, SECOND)).toEqual([]);
  });

  it('leaves what it does not name as it is', () => {
    expect(plan(SECOND)).toMatchObject({ steps: [{ slug: SECOND.slug, kind: 'unchanged' }], files: [] });
  });

  it('says what it adds, changes and retires, and rewrites no more than that', () => {
    const { steps, files } = plan(
      { ...FIRST, hint: { ...FIRST.hint, es: 'Piensa.' }, difficulty: 'hard' },
      { ...SECOND, retired: true },
      NEW,
    );
    expect(steps).toEqual([
      { slug: FIRST.slug, kind: 'changed', fields: ['difficulty', 'hint.es'] },
      { slug: SECOND.slug, kind: 'retired', fields: ['retired'] },
      { slug: NEW.slug, kind: 'added', fields: [] },
    ]);
    expect(files.map((it) => it.file)).toEqual([file]);
    expect(files[0]?.text).toMatch(/^# Blocks\n- slug: /);
  });

  it('takes a question that meant something else before, if its version says so', () => {
    const changed = { ...FIRST, text: otherText };
    expect(problemsOf(changed)).toEqual([
      `it.csv:2:4 ${FIRST.slug} version: is still 3 although the meaning changed (text.es): raise it to 4`,
    ]);
    expect(problemsOf({ ...changed, version: 4 })).toEqual([]);
  });

  it.each<[string, Partial<Question>]>([
    ['the model answer', { modelAnswer: { ...FIRST.modelAnswer, pt: `${FIRST.modelAnswer.pt} Sim.` } }],
    ['the weight of a concept', { concepts: FIRST.concepts.map((it) => ({ ...it, weight: 1 })) }],
  ])('holds %s for meaning', (_, change) => {
    expect(problemsOf({ ...FIRST, ...change }).join('\n')).toContain('version: is still 3');
  });

  it('holds neither a hint nor a source for meaning', () => {
    expect(problemsOf({ ...FIRST, sources: ['https://docs.ruby-lang.org/en/4.0/'], retired: true })).toEqual(
      [],
    );
  });

  it('refuses a version that goes down', () => {
    expect(problemsOf({ ...FIRST, version: 2 })).toEqual([
      `it.csv:2:4 ${FIRST.slug} version: goes down from 3 to 2, and a version only goes up`,
    ]);
  });

  it('refuses a slug that changes its area', () => {
    expect(problemsOf({ ...FIRST, area: 'dsa', version: 4 }).join('\n')).toContain(
      `${FIRST.slug} slug: is a question of ruby, and a slug never changes its area`,
    );
  });

  it('refuses a slug that stands there twice', () => {
    expect(problemsOf(NEW, { ...NEW, version: 4 })).toEqual([
      expect.stringMatching(`^it.csv:3:1 ${NEW.slug} slug: stands there a second time`),
    ]);
  });

  it('checks the bank as it would be afterwards', () => {
    const twin = { ...FIRST, slug: 'rb-twin' };
    expect(problemsOf(twin).join('\n')).toContain(`text.en: asks nearly the same as ${FIRST.slug}`);
    expect(problemsOf({ ...FIRST, retired: true }, twin)).toEqual([]);
    expect(problemsOf({ ...NEW, hint: { ...NEW.hint, es: 'a\nb' } })).toEqual([
      `it.csv:2:11 ${NEW.slug} hint.es: is more than one line`,
    ]);
  });

  it('moves a question to another topic, and a kill in between leaves it in both and not in none', () => {
    const moved = { ...FIRST, topic: 'metaprogramming' };
    const { files, steps } = plan(moved);
    expect(steps).toEqual([{ slug: FIRST.slug, kind: 'changed', fields: ['topic'] }]);
    const [gains, loses] = files;
    expect(gains?.file).toBe(join(folder, 'ruby', 'metaprogramming.yaml'));
    expect(loses?.text).not.toContain(FIRST.slug);
    writeFileSync(gains?.file ?? '', gains?.text ?? '');

    const again = plan(moved);
    expect(again.files).toEqual([loses]);
    writeFileSync(file, loses?.text ?? '');
    expect(loadBank(folder).questions.map(({ slug, topic }) => [slug, topic])).toEqual([
      [SECOND.slug, 'blocks'],
      [FIRST.slug, 'metaprogramming'],
    ]);
  });

  it('touches no file by itself', () => {
    const before = readFileSync(file, 'utf8');
    plan({ ...FIRST, retired: true });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
