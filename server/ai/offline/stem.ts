import { createRequire } from 'node:module';
import type { Language } from '../../../interview/languages/language.ts';
import { remember } from './remember.ts';

/** The stem of a lower-case word, accents and all, by the language's Snowball rules. */
export function stem(word: string, language: Language): string {
  return stems[language](word);
}

/** About 2 MB per language. Stemming is the dearest step of matching. */
const MOST_STEMS_KEPT = 20_000;

type Stemmer = { stem(word: string): string };
type StemmerLibrary = { newStemmer(algorithm: string): Stemmer };

// The library is CommonJS and brings no types: what it says it is gets checked once, here.
const library: unknown = createRequire(import.meta.url)('snowball-stemmers');
if (!isStemmerLibrary(library)) throw new Error('snowball-stemmers no longer offers newStemmer');

const stems: Readonly<Record<Language, (word: string) => string>> = {
  en: rememberStems(library.newStemmer('english')),
  es: rememberStems(library.newStemmer('spanish')),
  pt: rememberStems(library.newStemmer('portuguese')),
};

function rememberStems(stemmer: Stemmer): (word: string) => string {
  return remember(MOST_STEMS_KEPT, (word) => stemmer.stem(word));
}

function isStemmerLibrary(it: unknown): it is StemmerLibrary {
  return typeof it === 'object' && it !== null && 'newStemmer' in it && typeof it.newStemmer === 'function';
}
