/** Where something stands in the bank's files: lines and columns count from 1. */
export type Place = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** In a table: what the column is called. */
  readonly heading?: string;
};

/** The way to a value inside a question, in the file's own names: `['hint', 'es']`. */
export type FieldPath = readonly (string | number)[];

/** What a rule found in one question. The sentence goes on where the path ends: "hint.es is more than one line". */
export type Finding = { readonly path: FieldPath; readonly sentence: string };

/** One thing an author has to mend. `slug` is null when it concerns no single question. */
export type Problem = {
  readonly slug: string | null;
  readonly path: FieldPath;
  readonly place: Place | null;
  readonly sentence: string;
};

/** `ruby/blocks.yaml:12:5 rb-yield-block hint.es: …`, the form that editors and terminals turn into a link. */
export function printProblem({ slug, path, place, sentence }: Problem): string {
  const where = place === null ? [] : [`${place.file}:${place.line}:${place.column}`];
  const field = place?.heading ?? path.join('.');
  const what = [slug ?? '', field].filter((it) => it !== '');
  const head = [...where, ...what].join(' ');
  return head === '' ? sentence : `${head}: ${sentence}`;
}
