import type { ConceptInLanguage } from '../../../interview/question.ts';

/**
 * The learner's own words behind a quote, exactly as they stand in the answer, or null when it is no evidence: not
 * there, or a single everyday word that proves nothing. Case, accents, white space, quote marks and punctuation do not
 * count, because models tidy them up while copying; a changed word or operator does.
 */
export function findQuote(quote: string, answer: string, concept: ConceptInLanguage): string | null {
  const wanted = tokensOf(quote);
  const said = tokensOf(answer);
  const first = said.findIndex((_, at) =>
    wanted.every((token, offset) => said[at + offset]?.text === token.text),
  );
  const start = said[first];
  const end = said[first + wanted.length - 1];
  if (wanted.length === 0 || start === undefined || end === undefined) return null;
  const words = answer.slice(start.start, end.end);
  const telling = wanted.length >= 2 || wanted.length === said.length || isTechnical(words, concept);
  return telling ? words : null;
}

type Token = { readonly text: string; readonly start: number; readonly end: number };

/** Words, and runs of operators: `===` and `==` differ as much as two words do. Zero-width characters join words. */
function tokensOf(text: string): readonly Token[] {
  const tokens = text.matchAll(/[\p{L}\p{N}\p{M}\u00AD\u200B-\u200D\uFEFF]+|[=<>+/%&|^#@$\\]+/gu);
  return [...tokens]
    .map((match) => ({ text: folded(match[0]), start: match.index, end: match.index + match[0].length }))
    .filter((token) => token.text !== '');
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u00AD\u200B-\u200D\uFEFF]/gu, '')
    .toLowerCase();
}

/** Looks like code (`x2`, `useEffect`, `GIL`, `===`), or is what the question's author listed as a name of the concept. */
function isTechnical(word: string, concept: ConceptInLanguage): boolean {
  if (/[\p{N}=<>+/%&|^#@$\\]|\p{Ll}\p{Lu}|^\p{Lu}{2,}$/u.test(word)) return true;
  return concept.aliases.some((alias) => folded(alias.trim()) === folded(word));
}
