import type { InEachLanguage, Language } from '../../../interview/languages/language.ts';
import { isNegation, isStopWord } from './function-words.ts';
import { joinedForms } from './joined-words.ts';
import { remember } from './remember.ts';
import { type Token, tokenise } from './tokenise.ts';

/** An alias made ready for looking for. */
export type Phrase = {
  /** The words that must be said, in order; first as written, then with neighbours written together. */
  readonly forms: readonly (readonly Token[])[];
  /** Its words that carry content, be they enough or not. */
  readonly content: readonly Token[];
  /** In how many words of the answer it must fit. */
  readonly window: number;
  /** "Not copied" is said by a negation, not denied by it. */
  readonly holdsNegation: boolean;
};

/** Reads an alias. Its stop words need not be said as long as two words of content remain. */
export function readPhrase(alias: string, language: Language): Phrase {
  return phrases[language](alias);
}

/** What people put between the words of a phrase: "keeps *some kind of* access". */
const WORDS_BETWEEN = 3;

/** More than a bank of a thousand questions has in one language. */
const MOST_PHRASES_KEPT = 50_000;

/** Every learner of an area is asked the same questions: their aliases are cut once. */
const phrases: InEachLanguage<(alias: string) => Phrase> = {
  en: remember(MOST_PHRASES_KEPT, (alias) => parse(alias, 'en')),
  es: remember(MOST_PHRASES_KEPT, (alias) => parse(alias, 'es')),
  pt: remember(MOST_PHRASES_KEPT, (alias) => parse(alias, 'pt')),
};

function parse(alias: string, language: Language): Phrase {
  const words = tokenise(alias);
  return {
    forms: [words, ...joinedForms(words, language)].map((form) => neededOf(form, language)),
    content: contentOf(words, language),
    window: words.length + WORDS_BETWEEN,
    holdsNegation: words.some((word) => isNegation(word.plain, language)),
  };
}

/** "On to super" without its stop words would be said by every super. */
function neededOf(words: readonly Token[], language: Language): readonly Token[] {
  const content = contentOf(words, language);
  return content.length >= 2 ? content : words;
}

function contentOf(words: readonly Token[], language: Language): readonly Token[] {
  return words.filter((word) => !isStopWord(word.plain, language));
}
