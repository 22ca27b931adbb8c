import { stringify } from 'csv-stringify/sync';
import type { Question } from '../interview/question.ts';
import { disarm } from './formulas.ts';
import type { FieldPath } from './problem.ts';
import { intoCell } from './several-in-a-cell.ts';
import { COLUMNS, MOST_IN_A_ROW } from './table-columns.ts';

/** Questions as a table for spreadsheets: CSV with the mark by which they know UTF-8, and with no formula in it. */
export function writeTable(questions: readonly Question[]): string {
  const rows = questions.map((question) => {
    refuseWhatDoesNotFit(question);
    const written = { ...question, model_answer: question.modelAnswer };
    return COLUMNS.map(({ path }) => disarm(cellOf(valueAt(written, path), path)));
  });
  return stringify([COLUMNS.map(({ heading }) => heading), ...rows], {
    bom: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n;\t]/,
  });
}

/** The bank's check allows no more; rather nothing than a table that leaves something out. */
function refuseWhatDoesNotFit({ slug, concepts, misconceptions }: Question): void {
  if (concepts.length > MOST_IN_A_ROW.concepts || misconceptions.length > MOST_IN_A_ROW.misconceptions)
    throw new Error(`${slug} has more concepts or misconceptions than a table has columns for.`);
}

function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null
        ? Object.entries(at).find(([key]) => key === String(step))?.[1]
        : undefined,
    value,
  );
}

function cellOf(value: unknown, path: FieldPath): string {
  if (value === undefined) return '';
  if (!Array.isArray(value)) return String(value);
  return path.includes('aliases') ? intoCell(value.map(String)) : value.join(' ');
}
