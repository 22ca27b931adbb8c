import type { Language } from '../../../interview/languages/language.ts';
import { isNegation, isStopWord, liftsNegation } from './function-words.ts';
import type { Phrase } from './phrase.ts';
import type { Span, TextReading } from './read-text.ts';
import type { Token } from './tokenise.ts';

/** A phrase found in an answer; `denied` when a negation stands right before or inside it. */
export type PhraseMatch = Span & { readonly denied: boolean };

export type PhraseRules = {
  readonly language: Language;
  /** False where a negation belongs to what is to be said: "a const can *not* be reassigned". */
  readonly deniable: boolean;
};

/** The shortest place where all words of the phrase stand in order within its window, one that is not denied if any. */
export function findPhrase(answer: TextReading, phrase: Phrase, rules: PhraseRules): PhraseMatch | null {
  const matches = phrase.forms.flatMap((form) =>
    inOrder(answer, form, phrase.window).map((spans) => toMatch(answer, phrase, spans, rules)),
  );
  return matches.sort(byDenialThenLength)[0] ?? null;
}

/** The shortest place where so many of the words stand within the window, in any order, one of them telling. */
export function findSome(
  answer: TextReading,
  words: readonly Token[],
  needs: { readonly count: number; readonly window: number; readonly telling: (word: Token) => boolean },
): Span | null {
  const said = words
    .flatMap((word) => answer.find(word).map((span) => ({ ...span, word, telling: needs.telling(word) })))
    .sort((a, b) => a.first - b.first || a.last - b.last);
  let best: Span | null = null;
  said.forEach((start, from) => {
    const seen = new Set<Token>();
    let told = false;
    let free = start.first;
    for (const span of said.slice(from)) {
      if (span.last - start.first >= needs.window || crossesSentence(answer, start.first, span.last)) break;
      if (seen.has(span.word) || span.first < free) continue;
      seen.add(span.word);
      told ||= span.telling;
      free = span.last + 1;
      if (!told || seen.size < needs.count) continue;
      if (best === null || span.last - start.first < best.last - best.first)
        best = { first: start.first, last: span.last };
      break;
    }
  });
  return best;
}

/** Like `findSome`, and nothing in that place or right before it is a negation that the words do not ask for. */
export function findStated(
  answer: TextReading,
  words: readonly Token[],
  needs: { readonly count: number; readonly window: number; readonly telling: (word: Token) => boolean },
  { language, deniable }: PhraseRules,
): Span | null {
  const span = findSome(answer, words, needs);
  if (span === null || !deniable) return span;
  const denied =
    negationBefore(answer, span.first, language) !== null || denies(answer, span.first, span.last, language);
  return denied ? null : span;
}

function inOrder(answer: TextReading, words: readonly Token[], window: number): readonly (readonly Span[])[] {
  const [head, ...rest] = words;
  if (head === undefined) return [];
  return answer.find(head).flatMap((start) => {
    const spans = [start];
    for (const word of rest) {
      const after = spans.at(-1)?.last ?? start.last;
      // Always the nearest next place: any other only makes the phrase longer.
      const next = answer.find(word).find((span) => span.first > after);
      if (next === undefined) return [];
      spans.push(next);
    }
    const last = spans.at(-1)?.last ?? start.last;
    return last - start.first < window && !crossesSentence(answer, start.first, last) ? [spans] : [];
  });
}

function crossesSentence(answer: TextReading, first: number, last: number): boolean {
  return answer.sentences[first] !== answer.sentences[last];
}

function toMatch(
  answer: TextReading,
  phrase: Phrase,
  spans: readonly Span[],
  { language, deniable }: PhraseRules,
): PhraseMatch {
  const first = spans[0]?.first ?? 0;
  const last = spans.at(-1)?.last ?? first;
  if (!deniable || phrase.holdsNegation) return { first, last, denied: false };
  const before = negationBefore(answer, first, language);
  const inside = spans.length > 1 && denies(answer, first + 1, last - 1, language);
  return { first: before ?? first, last, denied: before !== null || inside };
}

/** "Does not really let it keep …": farther back, a negation belongs to something else. */
const FARTHEST_NEGATION = 4;

/** Looks back over stop words only, and not over a comma: "no, captura variables" denies nothing. */
function negationBefore(answer: TextReading, first: number, language: Language): number | null {
  for (let at = first; at > 0 && first - at < FARTHEST_NEGATION; at--) {
    const before = answer.tokens[at - 1];
    if (before === undefined || answer.tokens[at]?.breakBefore !== 'none') return null;
    if (denies(answer, at - 1, at - 1, language)) return at - 1;
    if (!isStopWord(before.plain, language)) return null;
  }
  return null;
}

function denies(answer: TextReading, from: number, to: number, language: Language): boolean {
  for (let at = from; at <= to; at++) {
    const word = answer.tokens[at];
    if (
      word !== undefined &&
      isNegation(word.plain, language) &&
      !liftsNegation(answer.tokens[at + 1]?.plain ?? '')
    ) {
      return true;
    }
  }
  return false;
}

function byDenialThenLength(a: PhraseMatch, b: PhraseMatch): number {
  return Number(a.denied) - Number(b.denied) || a.last - a.first - (b.last - b.first) || a.first - b.first;
}
