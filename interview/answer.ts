import { beginningOf } from './beginning-of.ts';
import { fold } from './fold.ts';
import { LANGUAGES } from './languages/language.ts';
import { phrases } from './languages/phrases.ts';
import { withoutAsides } from './without-asides.ts';

const SECONDS = 1000;

/** People answer in several messages: we listen until they have been quiet for this long. */
export const QUIET_MS = 8 * SECONDS;
/** … but not longer than this after the first of them. */
export const LONGEST_GATHERING_MS = 60 * SECONDS;

/** When an answer that began at `startedAt` may be assessed, if nothing more comes after `now`. */
export function quietUntil(startedAt: number, now: number): number {
  return Math.min(now + QUIET_MS, startedAt + LONGEST_GATHERING_MS);
}

/** "I don't know" in any of our languages, with the sighs and sorries around it: teach at once, no assessment. */
export function saysDontKnow(text: string): boolean {
  for (const variant of withoutAsides(fold(text), ASIDES)) {
    if (DONT_KNOW.has(variant)) return true;
  }
  return false;
}

const DONT_KNOW: ReadonlySet<string> = new Set(
  LANGUAGES.flatMap((language) => phrases[language].dontKnow.map(fold)),
);

const ASIDES: readonly string[] = LANGUAGES.flatMap((language) => [
  ...phrases[language].hesitations.map(fold),
  ...phrases[language].politeWords.map(fold),
]).sort((one, other) => other.length - one.length);

/** Nothing in it that could be assessed: no letter or digit, or a single character. */
export function isHopelesslyShort(text: string): boolean {
  return fold(text).replaceAll(' ', '').length < 2;
}

/** Several messages in a row are one answer, in the order they were written. */
export function joinParts(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');
}

/** Longer than any answer given in two minutes; a model is never paid to read more. */
export const LONGEST_ANSWER = 4000;

/** Cut at the end of a sentence where there is one in the last quarter, else at a word. */
export function cutAnswer(text: string): { readonly text: string; readonly wasCut: boolean } {
  if (text.length <= LONGEST_ANSWER) return { text, wasCut: false };
  const head = beginningOf(text, LONGEST_ANSWER);
  const sentence = Math.max(
    head.lastIndexOf('. '),
    head.lastIndexOf('! '),
    head.lastIndexOf('? '),
    head.lastIndexOf('\n'),
  );
  const end =
    sentence > LONGEST_ANSWER * 0.75 ? sentence + 1 : Math.max(head.lastIndexOf(' '), LONGEST_ANSWER * 0.75);
  return { text: beginningOf(head, end).trimEnd(), wasCut: true };
}
