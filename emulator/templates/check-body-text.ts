import type { Refusal } from '../graph/refusal.ts';
import { contentRefusal } from './content-refusal.ts';
import { placeholdersIn, staticWordsIn } from './placeholders.ts';

const LONGEST_BODY = 1024;

/** What Meta refuses in a body before anybody has read it. */
export function checkBodyText(text: string): { refused: Refusal } | null {
  const names = placeholdersIn(text);
  const trimmed = text.trim();
  if (trimmed === '')
    return contentRefusal(2388072, 'Message body format incorrect', 'The body must not be empty.');
  if (text.length > LONGEST_BODY) {
    return contentRefusal(
      2388040,
      'Character limit exceeded',
      `A body holds at most ${LONGEST_BODY} characters.`,
    );
  }
  if (names.length > 0 && (trimmed.startsWith('{{') || trimmed.endsWith('}}'))) {
    return contentRefusal(
      2388299,
      'Leading or trailing parameters',
      'A parameter cannot be at the start or end of the template.',
    );
  }
  if (/\}\}\s*\{\{/.test(text)) {
    return contentRefusal(
      2388072,
      'Message body format incorrect',
      'Two parameters cannot follow one another.',
    );
  }
  // Meta publishes no formula. Twice as many words as parameters, and one, is the rule of thumb that holds.
  if (staticWordsIn(text).length < 2 * names.length + 1) {
    return contentRefusal(
      2388293,
      'Parameters words ratio exceeded',
      'Too many parameters for the length of the message.',
    );
  }
  return null;
}
