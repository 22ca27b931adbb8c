import type { Language } from '../../../interview/languages/language.ts';
import { findPhrase } from './match.ts';
import { readPhrase } from './phrase.ts';
import { readText } from './read-text.ts';
import { tokenise } from './tokenise.ts';

/** True when the grader would hear the alias in the text: what authors must keep out of questions and hints. */
export function saysPhrase(text: string, alias: string, language: Language): boolean {
  return (
    findPhrase(readText(text, tokenise(text), language), readPhrase(alias, language), {
      language,
      deniable: false,
    }) !== null
  );
}
