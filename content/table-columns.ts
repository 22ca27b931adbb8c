import { LANGUAGES } from '../interview/languages/language.ts';
import { CONCEPTS } from './limits.ts';
import type { FieldPath } from './problem.ts';

/** `path` is the way to the value in the names of the YAML files. */
export type Column = { readonly heading: string; readonly path: FieldPath };

export const MOST_IN_A_ROW = { concepts: CONCEPTS.most, misconceptions: 3 } as const;

/** The columns of a table of questions, one question in a row. */
export const COLUMNS: readonly Column[] = [
  ['slug'],
  ['area'],
  ['topic'],
  ['version'],
  ['difficulty'],
  ['retired'],
  ...inEachLanguage(['text']),
  ...inEachLanguage(['hint']),
  ...inEachLanguage(['model_answer']),
  ...upTo(MOST_IN_A_ROW.concepts).flatMap((index) => [
    ['concepts', index, 'id'],
    ['concepts', index, 'weight'],
    ['concepts', index, 'core'],
    ...inEachLanguage(['concepts', index, 'text']),
    ...inEachLanguage(['concepts', index, 'aliases']),
  ]),
  ...upTo(MOST_IN_A_ROW.misconceptions).flatMap((index) => [
    ['misconceptions', index, 'concept'],
    ...inEachLanguage(['misconceptions', index, 'claim']),
    ...inEachLanguage(['misconceptions', index, 'correction']),
  ]),
  ['sources'],
].map((path) => ({ heading: headingOf(path), path }));

function inEachLanguage(path: FieldPath): readonly FieldPath[] {
  return LANGUAGES.map((language) => [...path, language]);
}

function upTo(most: number): readonly number[] {
  return Array.from({ length: most }, (_, index) => index);
}

/** People count from one: `concepts.0.text.en` is the column `concept1.text.en`. */
function headingOf(path: FieldPath): string {
  const [list, index, ...rest] = path;
  if (typeof index !== 'number') return path.join('.');
  return [`${String(list).replace(/s$/, '')}${index + 1}`, ...rest].join('.');
}
