import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileQuestion } from '../test/build/hostile-question.ts';
import { someQuestion } from '../test/build/question.ts';
import { loadBank } from './load-bank.ts';
import { printProblem } from './problem.ts';
import { readTable } from './read-table.ts';
import { COLUMNS } from './table-columns.ts';
import { writeTable } from './write-table.ts';

/** What a reader of files hands over: the mark of UTF-8 is not part of the text. */
const tableOf = (...questions: Parameters<typeof writeTable>[0]) =>
  writeTable(questions).replace(/^\ufeff/, '');

/** A table of one row, as somebody typed it: the cells of a sound question, some of them changed. */
function typed(
  change: Readonly<Record<string, string>>,
  it: { without?: readonly string[]; rows?: number; separator?: string } = {},
): string {
  const cells = new Map(
    readCells(tableOf(someQuestion())).filter(([heading]) => !(it.without ?? []).includes(heading)),
  );
  for (const [heading, text] of Object.entries(change)) cells.set(heading, text);
  return stringify([[...cells.keys()], [...cells.values()]], { delimiter: it.separator ?? ',' });
}

function readCells(table: string): [string, string][] {
  const { questions } = readTable(table, 'it.csv');
  expect(questions).toHaveLength(1);
  const [head = '', row = ''] = table.split('\r\n');
  const cells = row.split(',');
  return head.split(',').map((heading, at) => [heading, cells[at] ?? '']);
}

const problemsOf = (table: string) => readTable(table, 'it.csv').problems.map(printProblem);

describe('a table', () => {
  it('holds the whole bank', () => {
    const { questions } = loadBank();
    expect(readTable(tableOf(...questions), 'it.csv')).toMatchObject({ questions, problems: [] });
  });

  it('gives back what was written, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(hostileQuestion(), { minLength: 1, maxLength: 2 }), (questions) => {
        const { questions: back, problems } = readTable(tableOf(...questions), 'it.csv');
        expect(problems).toEqual([]);
        expect(back).toEqual(questions);
      }),
    );
  });

  it('holds no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(hostileQuestion(), (question) => {
        const cells = parse(tableOf(question)).flat();
        expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      }),
    );
  });

  it('says how it is written: spreadsheets know UTF-8 by a mark', () => {
    expect(writeTable([]).startsWith('\ufeffslug,area,topic,version,difficulty,retired,text.en,')).toBe(true);
  });

  it.each([
    [';', 'Excel in Spanish'],
    ['\t', 'a copy of the cells'],
    [',', 'Excel in English'],
  ])('is read with %j between its cells, as %s writes it', (separator) => {
    const table = typed({ 'hint.en': 'a, b; c', retired: 'FALSE' }, { separator });
    const { questions, problems } = readTable(table, 'it.csv');
    expect(problems).toEqual([]);
    expect(questions[0]?.hint.en).toBe('a, b; c');
  });

  it('may have lines of nothing but separators, and its columns in any order', () => {
    const table = typed({});
    const [head = '', row = ''] = table.split('\n');
    const turned = [head, row].map((line) => line.split(',').toReversed().join(','));
    const blank = ','.repeat(COLUMNS.length - 1);
    expect(readTable([turned[0], '', blank, turned[1], blank, ''].join('\n'), 'it.csv').questions).toEqual([
      someQuestion(),
    ]);
  });

  it('may leave a concept out in the middle, and places still count as the columns do', () => {
    const concept2 = Object.fromEntries(
      COLUMNS.filter(({ heading }) => heading.startsWith('concept2.')).map(({ heading }) => [heading, '']),
    );
    const reading = readTable(typed(concept2), 'it.csv');
    const [question] = reading.questions;
    expect(question?.concepts.map(({ id }) => id)).toEqual(['keeps-variables', 'private-state']);
    expect(question && reading.placeOf(question, ['concepts', 1, 'id'])?.heading).toBe('concept3.id');
  });

  it('has several aliases in a cell, and a bar of their own behind a backslash', () => {
    const { questions } = readTable(typed({ 'concept1.aliases.en': 'a|b | \\|\\| | c\\d' }), 'it.csv');
    expect(questions[0]?.concepts[0]?.aliases.en).toEqual(['a', 'b', '||', 'c\\d']);
  });
});

describe('what cannot be read is told with line, column and heading', () => {
  const at = (heading: string) => COLUMNS.findIndex((column) => column.heading === heading) + 1;

  it.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    ['a language is missing', { 'hint.pt': '' }, 'hint.pt', /expected string/],
    ['a version is no number', { version: 'two' }, 'version', /expected number/],
    ['a weight is half', { 'concept2.weight': '1.5' }, 'concept2.weight', /expected number/],
    ['a flag is neither', { 'concept1.core': 'yes' }, 'concept1.core', /expected boolean/],
    ['an area is unknown', { area: 'cobol' }, 'area', /Invalid option/],
    ['a topic would leave the folder', { topic: '../../x' }, 'topic', /a topic is lower case/],
    ['an alias says nothing', { 'concept1.aliases.es': 'a | | b' }, 'concept1.aliases.es', /says nothing/],
    ['a source is no address', { sources: 'see-the-docs' }, 'sources', /Invalid URL/],
  ])('when %s', (_, change, heading, sentence) => {
    const [problem = '', ...others] = problemsOf(typed(change));
    expect(others).toEqual([]);
    expect(problem.startsWith(`it.csv:2:${at(heading)} js-closure ${heading}: `)).toBe(true);
    expect(problem).toMatch(sentence);
  });

  it('when it stands behind cells of several lines', () => {
    const lines = typed({ 'text.en': 'a\nb\r\nc', version: '0' }).trimEnd();
    const bad = typed({ 'text.en': 'a\nb\r\nc', 'hint.pt': '' }).split('\n').slice(1).join('\n');
    expect(problemsOf(`${lines}\n${bad}`)).toEqual([
      expect.stringMatching(`^it.csv:2:${at('version')} js-closure version: `),
      expect.stringMatching(`^it.csv:7:${at('hint.pt')} js-closure hint.pt: `),
    ]);
  });

  it('when a column is unknown, stands there twice, or lacks', () => {
    expect(problemsOf(typed({ 'hint.fr': 'x' }))).toEqual([
      `it.csv:1:${COLUMNS.length + 1}: no column is called hint.fr`,
    ]);
    expect(problemsOf('slug,slug\n').at(0)).toBe('it.csv:1:2: has a second column slug');
    expect(problemsOf(typed({}, { without: ['text.pt', 'retired', 'concept6.id'] }))).toEqual([
      'it.csv:1:1: lacks the column retired',
      'it.csv:1:1: lacks the column text.pt',
    ]);
  });

  it('when a row has a cell too many, a quote stays open, or there is nothing at all', () => {
    expect(problemsOf(`${typed({}).trimEnd()},x\n`)).toEqual([
      `it.csv:2:${COLUMNS.length + 1} js-closure: has more cells than the table has columns`,
    ]);
    expect(problemsOf(`${typed({})}"js-open`)).toEqual([
      expect.stringMatching(/^it\.csv:3:1: Quote Not Closed/),
    ]);
    expect(problemsOf('')).toEqual(['it.csv:1:1: is empty']);
  });
});
