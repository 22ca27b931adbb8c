import { CsvError, parse } from 'csv-parse/sync';
import { LANGUAGES } from '../interview/languages/language.ts';
import type { Question } from '../interview/question.ts';
import { type BankReading, onlyProblem } from './bank-reading.ts';
import { rearm } from './formulas.ts';
import type { FieldPath, Place, Problem } from './problem.ts';
import { rowSchema, toQuestion } from './question-schema.ts';
import { outOfCell } from './several-in-a-cell.ts';
import { COLUMNS, type MOST_IN_A_ROW } from './table-columns.ts';

/** Reads a table of questions, shown in problems as `file`, with whatever separator a spreadsheet gave it. */
export function readTable(text: string, file: string): BankReading {
  try {
    const [head, ...rows] = linesOf(text);
    return head === undefined ? onlyProblem(file, 'is empty') : readRows(head, rows, file);
  } catch (error) {
    if (error instanceof CsvError) return onlyProblem(file, error.message, Number(error.lines));
    throw error;
  }
}

/** `line` is where it begins: cells may be of several lines. */
type Line = { readonly line: number; readonly cells: readonly Cell[] };
type Cell = { readonly line: number; readonly text: string };

/** The lines that hold something: spreadsheets leave some that hold nothing but separators. */
function linesOf(text: string): readonly Line[] {
  const bytes = Buffer.from(text);
  const lines: Line[] = [];
  let [line, from] = [1, 0];
  parse(bytes, {
    delimiter: separatorOf(text),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    on_record(record: readonly string[], { bytes: until }) {
      let at = line;
      const cells = record.map((cell) => {
        const begins = at;
        at += breaksIn(cell);
        return { line: begins, text: cell };
      });
      if (cells.some((cell) => cell.text !== '')) lines.push({ line, cells });
      line += breaksIn(bytes.toString('utf8', from, until));
      from = until;
      return null;
    },
  });
  return lines;
}

/** Excel takes the separator that the language of the machine has: a semicolon where the comma stands in numbers. */
function separatorOf(text: string): string {
  const [head = ''] = text.split(/[\r\n]/, 1);
  const times = (separator: string) => head.split(separator).length;
  return [',', ';', '\t'].reduce((best, it) => (times(it) > times(best) ? it : best));
}

function breaksIn(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function readRows(head: Line, rows: readonly Line[], file: string): BankReading {
  const headings = head.cells.map(({ text: heading }) => heading.trim());
  const faults = faultsOfHead(headings).map(({ sentence, at }) => ({
    slug: null,
    path: [],
    place: { file, line: head.line, column: at + 1 },
    sentence,
  }));
  if (faults.length > 0) return { questions: [], problems: faults, placeOf: () => null };

  const questions = new Map<Question, (path: FieldPath) => Place>();
  const problems: Problem[] = [];
  for (const row of rows) {
    const written = writtenIn(row, headings);
    const placeOf = (path: FieldPath) => placeIn(row, { file, headings, path: written.inTable(path) });
    const slug = typeof written.entry.slug === 'string' ? written.entry.slug : null;
    if (row.cells.length > headings.length) {
      const place = { file, line: row.line, column: headings.length + 1 };
      problems.push({ slug, path: [], place, sentence: 'has more cells than the table has columns' });
      continue;
    }
    const read = rowSchema.safeParse(written.entry);
    if (read.success) {
      const { area, topic, ...rest } = read.data;
      questions.set(toQuestion(rest, area, topic), placeOf);
      continue;
    }
    for (const issue of read.error.issues) {
      const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
      problems.push({ slug, path, place: placeOf(path), sentence: issue.message });
    }
  }
  return {
    questions: [...questions.keys()],
    problems,
    placeOf: (question, path) => questions.get(question)?.(path) ?? null,
  };
}

function faultsOfHead(headings: readonly string[]): readonly { sentence: string; at: number }[] {
  const known = new Set(COLUMNS.map(({ heading }) => heading));
  return [
    ...headings.flatMap((heading, at) => {
      if (heading === '') return [];
      if (!known.has(heading)) return [{ sentence: `no column is called ${heading}`, at }];
      return headings.indexOf(heading) < at ? [{ sentence: `has a second column ${heading}`, at }] : [];
    }),
    ...COLUMNS.filter(({ heading, path }) => typeof path[1] !== 'number' && !headings.includes(heading)).map(
      ({ heading }) => ({ sentence: `lacks the column ${heading}`, at: 0 }),
    ),
  ];
}

type Written = {
  readonly entry: Readonly<Record<string, unknown>>;
  /** The way to a value in the table, where the concepts that a row leaves empty count too. */
  readonly inTable: (path: FieldPath) => FieldPath;
};

/** The row as a file of the bank would write it. Concepts and misconceptions of empty cells are not there. */
function writtenIn({ cells }: Line, headings: readonly string[]): Written {
  const textOf = (heading: string) => rearm(cells[headings.indexOf(heading)]?.text ?? '');
  const words = (heading: string) => textOf(heading) || undefined;
  const number = (heading: string) => numberIn(textOf(heading));
  const flag = (heading: string) => flagIn(textOf(heading));
  const each = (heading: string, read: (heading: string) => unknown = words) =>
    Object.fromEntries(LANGUAGES.map((language) => [language, read(`${heading}.${language}`)]));
  const filled = (list: keyof typeof MOST_IN_A_ROW) =>
    COLUMNS.filter(({ path, heading }) => path[0] === list && textOf(heading).trim() !== '')
      .map(({ path }) => Number(path[1]))
      .filter((index, at, all) => all.indexOf(index) === at);
  const places = { concepts: filled('concepts'), misconceptions: filled('misconceptions') };
  return {
    entry: {
      slug: words('slug'),
      area: words('area'),
      topic: words('topic'),
      version: number('version'),
      difficulty: words('difficulty'),
      retired: flag('retired'),
      text: each('text'),
      hint: each('hint'),
      model_answer: each('model_answer'),
      concepts: places.concepts.map((index) => {
        const concept = `concept${index + 1}`;
        return {
          id: words(`${concept}.id`),
          weight: number(`${concept}.weight`),
          core: flag(`${concept}.core`),
          text: each(`${concept}.text`),
          aliases: each(`${concept}.aliases`, (heading) => outOfCell(textOf(heading))),
        };
      }),
      misconceptions: places.misconceptions.map((index) => {
        const misconception = `misconception${index + 1}`;
        return {
          concept: words(`${misconception}.concept`),
          claim: each(`${misconception}.claim`),
          correction: each(`${misconception}.correction`),
        };
      }),
      sources: textOf('sources')
        .split(/\s+/)
        .filter((it) => it !== ''),
    },
    inTable([list, index, ...rest]) {
      if ((list !== 'concepts' && list !== 'misconceptions') || typeof index !== 'number')
        return [list, index, ...rest].filter((it) => it !== undefined);
      return [list, places[list][index] ?? index, ...rest];
    },
  };
}

/** What is no number is left for the schema to complain of, in its own words. */
function numberIn(cell: string): unknown {
  return /^\s*\d+\s*$/.test(cell) ? Number(cell) : cell || undefined;
}

/** Spreadsheets write them in capitals. */
function flagIn(cell: string): unknown {
  const word = cell.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : cell || undefined;
}

function placeIn(
  row: Line,
  { file, headings, path }: { file: string; headings: readonly string[]; path: FieldPath },
): Place {
  const begins = (one: FieldPath, other: FieldPath) => one.every((step, at) => step === other[at]);
  const column = COLUMNS.find((it) => begins(it.path, path) || begins(path, it.path));
  const at = column === undefined ? -1 : headings.indexOf(column.heading);
  const place = { file, line: row.cells[at]?.line ?? row.line, column: Math.max(at, 0) + 1 };
  return column !== undefined && begins(column.path, path) ? { ...place, heading: column.heading } : place;
}
