import { balanceMarks } from './balance-marks.ts';
import { cutAtSentence } from './cut-at-sentence.ts';
import { isUnsendable } from './unsendable.ts';

/**
 * A model's words as we dare to send them, in one paragraph, or null when nothing is left. A sentence with something
 * unsendable in it goes as a whole: with only the number cut out, it would say something else.
 */
export function cleanText(text: string, longest: number): string | null {
  const plain = text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/\[([^\]]+)\]\(\s*(?:https?:)?\/\/[^)\s]*\s*\)/gi, '$1')
    .replace(/<\s*\/?\s*answer-[^>]*>/gi, '')
    .trim();
  const sendable = sentencesOf(plain).filter((sentence) => !isUnsendable(sentence));
  const clean = balanceMarks(shortened(sendable.join(' '), longest)).trim();
  return /\p{L}/u.test(clean) ? clean : null;
}

/** Control characters, and those that turn text around unseen. The joiner stays: it holds emoji together. */
const INVISIBLE = /[\p{Cc}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?…]["'”»)]?)\s+/u);
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = cutAtSentence(text, longest - 1);
  return /[.!?…]["'”»)]?$/u.test(cut) ? cut : `${cut}…`;
}
