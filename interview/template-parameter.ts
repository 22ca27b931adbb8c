import { beginningOf } from './beginning-of.ts';

/** A greeting with a longer first name than this reads like a mistake, and it leaves the rest of the template its room. */
export const LONGEST_NAME_PARAMETER = 60;

/**
 * A name as it may stand in a template's parameter. Meta refuses a newline, a tab, five spaces in a row and nothing at
 * all (132018), and a refused welcome is a learner who never hears of us, so whatever was typed becomes one short line.
 */
export function nameParameter(name: string): string {
  const line = name.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(line)) return SOMEBODY;
  return beginningOf(line, LONGEST_NAME_PARAMETER).trim();
}

/** Stands for a name in every language. */
const SOMEBODY = '👋';
