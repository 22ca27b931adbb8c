import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import type { NewPhone } from '../../contract/phone.ts';
import { READY_PHONES, suggestPhone } from './ready-phones.ts';

const LANGUAGES = ['en', 'es', 'pt'] as const;

it('offers one ready phone in each language', () => {
  expect(READY_PHONES.map((phone) => phone.language).toSorted()).toEqual(LANGUAGES);
});

it('offers only numbers that a registration form accepts', () => {
  const numbers = [...READY_PHONES, ...LANGUAGES.flatMap((language) => suggestions(language, 10))];
  for (const { number } of numbers) {
    expect(parsePhoneNumberFromString(`+${number}`)?.isValid(), number).toBe(true);
  }
});

describe('a suggestion', () => {
  it('is of the country where the language is at home', () => {
    const countries = LANGUAGES.map((language) => {
      return parsePhoneNumberFromString(`+${suggestPhone(language, []).number}`)?.country;
    });
    expect(countries).toEqual(['US', 'MX', 'BR']);
  });

  it('has neither a number nor a name that is taken', () => {
    const all = [...READY_PHONES, ...suggestions('pt', 5)];
    expect(new Set(all.map((phone) => phone.number)).size).toBe(all.length);
    expect(new Set(all.map((phone) => phone.name)).size).toBe(all.length);
  });

  it('still has a free number when the names run out', () => {
    const many = suggestions('en', 30);
    expect(new Set(many.map((phone) => phone.number)).size).toBe(30);
  });
});

function suggestions(language: NewPhone['language'], count: number): NewPhone[] {
  const taken: NewPhone[] = [...READY_PHONES];
  for (let made = 0; made < count; made++) taken.push(suggestPhone(language, taken));
  return taken.slice(READY_PHONES.length);
}
