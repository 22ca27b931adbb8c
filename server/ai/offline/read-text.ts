import type { Language } from '../../../interview/languages/language.ts';
import { writtenApart } from './joined-words.ts';
import { repetitionsIn } from './repetition.ts';
import type { Token } from './tokenise.ts';
import { bareKey, keysInAnswer, wordKeys } from './word-keys.ts';

/** The tokens from `first` to `last`, both included. */
export type Span = { readonly first: number; readonly last: number };

/** A text laid out for looking up words in it. */
export type TextReading = {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Number of the sentence each token stands in; no phrase reaches over its end. */
  readonly sentences: readonly number[];
  /** Where a word is said, in order: by form, by stem, apart or together, or as one of its misspellings. */
  readonly find: (word: Token) => readonly Span[];
};

/** What is left out of a reading, and what else counts as a word. */
export type ReadingRules = {
  /** Tokens that keep their places but cannot be found. */
  readonly hidden: readonly boolean[];
  /** Words of the text that are likely meant to be this word. */
  readonly misspellingsOf: (word: Token) => readonly string[];
};

/** Lays out a text that has been cut into tokens. Without rules, all of it is found and every word is as it is spelled. */
export function readText(
  text: string,
  tokens: readonly Token[],
  language: Language,
  { hidden, misspellingsOf }: ReadingRules = { hidden: [], misspellingsOf: () => [] },
): TextReading {
  const repetitions = repetitionsIn(text);
  const straddles = ({ start, end }: Token) => repetitions.some((at) => start < at && at < end);
  const byKey = new Map<string, number[]>();
  const byBeginning = new Map<string, number[]>();
  tokens.forEach((token, at) => {
    if (hidden[at] === true || straddles(token)) return;
    for (const key of keysInAnswer(token, language)) put(byKey, key, at);
    put(byBeginning, beginningOf(token.plain), at);
  });
  const isAt = (at: number, key: string) => byKey.get(key)?.includes(at) === true;
  const isSpelled = (at: number, ending: string) =>
    isAt(at, ending) || isAt(at, `en:${ending}`) || isAt(at, `${language}:${ending}`);

  const found = new Map<string, readonly Span[]>();
  const find = (word: Token): readonly Span[] => {
    const name = `${word.exact} ${word.spelled}`;
    const known = found.get(name);
    if (known !== undefined) return known;
    const keys = wordKeys(word, language);
    const whole = [...keys, ...misspellingsOf(word)].flatMap((key) => byKey.get(key) ?? []);
    const starts = byBeginning.get(beginningOf(word.plain)) ?? [];
    const apart = writtenApart(tokens, starts, keys.map(bareKey), isSpelled);
    const spans = distinct([...whole.map((at) => ({ first: at, last: at })), ...apart]);
    found.set(name, spans);
    return spans;
  };
  return { text, tokens, sentences: sentencesOf(tokens, repetitions), find };
}

function put(index: Map<string, number[]>, key: string, at: number): void {
  const there = index.get(key);
  if (there === undefined) index.set(key, [at]);
  else there.push(at);
}

/** Parts of a word written apart have two letters at least. */
function beginningOf(word: string): string {
  return word.slice(0, 2);
}

function sentencesOf(tokens: readonly Token[], repetitions: readonly number[]): readonly number[] {
  let sentence = 0;
  let passed = 0;
  return tokens.map((token) => {
    const before = passed;
    while ((repetitions[passed] ?? Number.POSITIVE_INFINITY) <= token.start) passed += 1;
    if (token.breakBefore === 'sentence' || passed > before) sentence += 1;
    return sentence;
  });
}

/** A word is found under several of its keys; each place counts once. */
function distinct(spans: readonly Span[]): readonly Span[] {
  const sorted = [...spans].sort((a, b) => a.first - b.first || a.last - b.last);
  return sorted.filter(
    ({ first, last }, at) => first !== sorted[at - 1]?.first || last !== sorted[at - 1]?.last,
  );
}
