import type { Span, TextReading } from './read-text.ts';

/** The words of a place in the answer, letter by letter as the learner wrote them, whole words only. */
export function quoteOf({ text, tokens }: TextReading, span: Span): string {
  let start = tokens[span.first]?.start ?? 0;
  let end = tokens[span.last]?.end ?? start;
  while (IN_WORD.test(text.charAt(start - 1))) start -= 1;
  while (IN_WORD.test(text.charAt(end))) end += 1;
  return text.slice(start, end);
}

/** `respond_to` is one word to the reader, though two to the matching. */
const IN_WORD = /[\p{L}\p{N}\p{M}_]/u;
