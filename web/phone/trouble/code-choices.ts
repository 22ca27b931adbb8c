import type { ErrorCodeChoice } from '../../../contract/switches.ts';
import type { Choice } from './choice-field.tsx';

/** The codes by number, in two groups as Meta shows them. */
export function codeChoices(codes: readonly ErrorCodeChoice[]): Choice<number>[] {
  return codes
    .toSorted((one, other) => one.code - other.code)
    .map(({ code, title, seen }) => ({ value: code, words: `${code} · ${title}`, group: GROUPS[seen] }));
}

const GROUPS: Readonly<Record<ErrorCodeChoice['seen'], string>> = {
  answer: 'Refused in the answer',
  status: 'Accepted, then failed by status',
};
