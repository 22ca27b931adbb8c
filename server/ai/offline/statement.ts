import type { InEachLanguage, Language } from '../../../interview/languages/language.ts';
import { isNegation, isStopWord } from './function-words.ts';
import { remember } from './remember.ts';
import { type Token, tokenise } from './tokenise.ts';
import { keysInAnswer } from './word-keys.ts';

/** A text of ours, a question or a concept, as the words it is made of. */
export type Statement = {
  readonly tokens: readonly Token[];
  /** The words that carry content, each once, however it is inflected. */
  readonly content: readonly Token[];
  /** The keys of all of them. */
  readonly keys: ReadonlySet<string>;
  readonly holdsNegation: boolean;
};

/** Reads a question's or a concept's text. */
export function readStatement(text: string, language: Language): Statement {
  return statements[language](text);
}

/** More than the questions and concepts of a bank of a thousand questions in one language. */
const MOST_STATEMENTS_KEPT = 10_000;

const statements: InEachLanguage<(text: string) => Statement> = {
  en: remember(MOST_STATEMENTS_KEPT, (text) => parse(text, 'en')),
  es: remember(MOST_STATEMENTS_KEPT, (text) => parse(text, 'es')),
  pt: remember(MOST_STATEMENTS_KEPT, (text) => parse(text, 'pt')),
};

function parse(text: string, language: Language): Statement {
  const tokens = tokenise(text);
  const keys = new Set<string>();
  const content: Token[] = [];
  for (const token of tokens) {
    if (isStopWord(token.plain, language)) continue;
    const own = keysInAnswer(token, language);
    // Bare words: the sign behind the last word of a question is no part of it.
    if (!own.some((key) => keys.has(key))) content.push({ ...token, exact: token.plain });
    for (const key of own) keys.add(key);
  }
  return { tokens, content, keys, holdsNegation: tokens.some((word) => isNegation(word.plain, language)) };
}
