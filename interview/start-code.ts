import { fold } from './fold.ts';
import type { Language } from './languages/language.ts';
import { LANGUAGES } from './languages/language.ts';
import { phrases } from './languages/phrases.ts';

/** No 0/O, 1/I/L, vowels that spell words: people type these from one screen into another. */
export const CODE_ALPHABET = 'BCDFGHJKMNPQRSTVWXYZ23456789';
export const CODE_LENGTH = 8;

/** What the link on the registration page types into WhatsApp: the learner sends it and thereby proves the number. */
export function startText(language: Language, code: string): string {
  return `${phrases[language].buttons.start.toUpperCase()} ${code}`;
}

/** The code in `START K7QX2MBC`, in any language; null when the message is something else. */
export function codeIn(text: string): string | null {
  const words = fold(text).split(' ');
  const [word, code, ...rest] = words;
  if (word === undefined || code === undefined || rest.length > 0 || !STARTS.has(word)) return null;
  const upper = code.toUpperCase();
  const valid = upper.length === CODE_LENGTH && [...upper].every((letter) => CODE_ALPHABET.includes(letter));
  return valid ? upper : null;
}

const STARTS: ReadonlySet<string> = new Set(
  LANGUAGES.map((language) => fold(phrases[language].buttons.start)),
);
