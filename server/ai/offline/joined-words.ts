import type { Language } from '../../../interview/languages/language.ts';
import type { Token } from './tokenise.ts';
import { bareKey, wordKeys } from './word-keys.ts';

/** Names are written apart and together: hash map and hashmap, `setTimeout` and "set time out". */
const MOST_WORDS_JOINED = 3;

/** The phrase written in every way that joins two or three neighbours: "set time out", "settime out", "settimeout" … */
export function joinedForms(words: readonly Token[], language: Language): readonly (readonly Token[])[] {
  const forms: (readonly Token[])[] = [];
  for (let first = 0; first < words.length; first++) {
    for (let length = 2; length <= MOST_WORDS_JOINED && first + length <= words.length; length++) {
      const joined = together(words.slice(first, first + length), language);
      if (joined !== null) forms.push([...words.slice(0, first), joined, ...words.slice(first + length)]);
    }
  }
  return forms;
}

/**
 * Where a word is written apart in a text: each place's first and last token. `starts` are the places where it may
 * begin; `isSpelled` says whether a token is this ending in some inflection: only the last part may have one.
 */
export function writtenApart(
  tokens: readonly Token[],
  starts: readonly number[],
  spellings: readonly string[],
  isSpelled: (at: number, ending: string) => boolean,
): readonly { readonly first: number; readonly last: number }[] {
  return starts.flatMap((first) =>
    spellings.flatMap((spelling) => {
      const last = endOf(tokens, first, spelling, isSpelled);
      return last === null ? [] : [{ first, last }];
    }),
  );
}

function endOf(
  tokens: readonly Token[],
  first: number,
  spelling: string,
  isSpelled: (at: number, ending: string) => boolean,
): number | null {
  let rest = spelling;
  for (let at = first; at < first + MOST_WORDS_JOINED; at++) {
    const token = tokens[at];
    if (token === undefined || !joins(token) || (at > first && token.breakBefore !== 'none')) return null;
    if (at > first && isSpelled(at, rest)) return at;
    if (!rest.startsWith(token.plain)) return null;
    rest = rest.slice(token.plain.length);
  }
  return null;
}

/** A single letter joins nothing: "a synchronous call" is not asynchronous. */
function joins(token: Token): boolean {
  return token.plain.length > 1 && /^\p{L}+$/u.test(token.plain);
}

/** Null where it makes no word: a stemmer that takes the last part for an ending would leave the first one alone. */
function together(parts: readonly Token[], language: Language): Token | null {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined || !parts.every(joins)) return null;
  const plain = parts.map((part) => part.plain).join('');
  const spelled = parts.map((part) => part.spelled).join('');
  const joined = { ...first, exact: plain, plain, spelled, end: last.end };
  const head = plain.length - last.plain.length;
  return wordKeys(joined, language).every((key) => bareKey(key).length > head) ? joined : null;
}
