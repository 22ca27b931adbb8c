import { createHash } from 'node:crypto';

/** A value as both databases hold it: whole numbers are `bigint`, others `number`. */
export type Value = string | bigint | number | null;
export type Row = readonly Value[];

/** The same rows in the same order have the same sum, whichever database they come from. */
export type Checksum = { add(row: Row): void; sum(): string };

export function createChecksum(): Checksum {
  const hash = createHash('sha256');
  return {
    add: (row) => hash.update(`${written(row)}\n`),
    sum: () => hash.digest('hex'),
  };
}

/** One way only to write a row: the text "1", the number 1 and the fraction 1.0 are three different things. */
export function written(row: Row): string {
  return JSON.stringify(row.map(marked));
}

function marked(value: Value): string | null {
  switch (typeof value) {
    case 'bigint':
      return `i${value}`;
    case 'number':
      return `f${value}`;
    case 'string':
      return `t${value}`;
    default:
      return null;
  }
}
