import { describe, expect, it } from 'vitest';
import { readerCountry, readerLanguage } from './reader-language.ts';

describe('The language of an answer', () => {
  it.each([
    ['what the reader chose', 'es', 'pt-BR,pt;q=0.9', 'en', 'es'],
    ['what the browser prefers', '', 'fr-FR, pt-BR;q=0.8, en;q=0.9', '', 'en'],
    ['what the browser prefers, with a region', undefined, 'pt-BR,pt;q=0.9,en;q=0.8', '', 'pt'],
    ['not what the browser excludes', undefined, 'es;q=0, pt;q=0.5', '', 'pt'],
    ['the learner’s, for a program that takes anything', undefined, '*', 'es', 'es'],
    ['the learner’s, for a program that says nothing', undefined, undefined, 'pt', 'pt'],
    ['English, when nobody tells', 'klingon', 'fr', 42, 'en'],
  ])('is %s', (_what, chosen, accepted, otherwise, language) => {
    expect(readerLanguage({ chosen, accepted, otherwise })).toBe(language);
  });
});

describe('The country to begin with', () => {
  it.each([
    ['pt-BR,pt;q=0.9', 'BR'],
    ['es-MX', 'MX'],
    ['en-GB,en;q=0.9', 'GB'],
    ['en-US,en;q=0.9,pt-BR;q=0.8', ''],
    ['es-419', ''],
    ['pt', ''],
    [undefined, ''],
  ])('for %s is "%s"', (accepted, country) => {
    expect(readerCountry(accepted)).toBe(country);
  });
});
