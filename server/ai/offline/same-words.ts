import type { Language } from '../../../interview/languages/language.ts';
import { readPhrase } from './phrase.ts';
import { readStatement } from './statement.ts';
import type { Token } from './tokenise.ts';
import { wordKeys } from './word-keys.ts';

/** True when two aliases are the same words to the grader, however they are inflected. */
export function sameWords(one: string, other: string, language: Language): boolean {
  const a = readPhrase(one, language).forms[0] ?? [];
  const b = readPhrase(other, language).forms[0] ?? [];
  return (
    a.length === b.length &&
    a.every((word, at) => b.slice(at, at + 1).some((it) => isSame(word, it, language)))
  );
}

/** How much of what two texts say is the same, 0 to 1: the words they share over all their words (Jaccard's index). */
export function sharedWords(one: string, other: string, language: Language): number {
  const a = readStatement(one, language).content;
  const b = readStatement(other, language).content;
  const shared = b.filter((word) => a.some((it) => isSame(word, it, language))).length;
  const all = a.length + b.length - shared;
  return all === 0 ? 0 : shared / all;
}

function isSame(one: Token, other: Token, language: Language): boolean {
  const keys = wordKeys(other, language);
  return wordKeys(one, language).some((key) => keys.includes(key));
}
