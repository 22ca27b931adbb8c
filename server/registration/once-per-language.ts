import type { Language } from '../../interview/languages/language.ts';

/** Remembers what was made for a language: sorting hundreds of names by its rules takes longer than the rest of a page. */
export function oncePerLanguage<T>(make: (language: Language) => T): (language: Language) => T {
  const made = new Map<Language, T>();
  return (language) => {
    const known = made.get(language) ?? make(language);
    made.set(language, known);
    return known;
  };
}
