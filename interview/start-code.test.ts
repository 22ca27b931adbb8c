import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './languages/language.ts';
import { CODE_ALPHABET, CODE_LENGTH, codeIn, startText } from './start-code.ts';

const codes = fc
  .array(fc.constantFrom(...CODE_ALPHABET), { minLength: CODE_LENGTH, maxLength: CODE_LENGTH })
  .map((letters) => letters.join(''));

describe('the code that the page types into WhatsApp', () => {
  it.each([
    ['en', 'START K7QX2MBC'],
    ['es', 'EMPEZAR K7QX2MBC'],
    ['pt', 'COMEÇAR K7QX2MBC'],
  ] as const)('stands behind the word that begins, in %s', (language, text) => {
    expect(startText(language, 'K7QX2MBC')).toBe(text);
  });

  it('is read back in every language', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LANGUAGES), codes, (language, code) => {
        expect(codeIn(startText(language, code))).toBe(code);
      }),
    );
  });

  it.each(['start k7qx2mbc', 'Start: K7QX2MBC.', ' comecar  k7qx2mbc ', 'Empezar\nK7QX2MBC'])(
    'is read from %j, typed by hand',
    (text) => {
      expect(codeIn(text)).toBe('K7QX2MBC');
    },
  );

  it.each([
    ['no code', 'START'],
    ['a code alone', 'K7QX2MBC'],
    ['another word in front', 'HELLO K7QX2MBC'],
    ['a command of another kind', 'STOP K7QX2MBC'],
    ['something behind it', 'START K7QX2MBC now'],
    ['too short a code', 'START K7QX2MB'],
    ['too long a code', 'START K7QX2MBCD'],
    ['a letter that no code has', 'START K7QX2MBO'],
    ['an ordinary word of eight letters', 'start whenever'],
  ])('is not seen in a message with %s', (_, text) => {
    expect(codeIn(text)).toBeNull();
  });

  it('uses no two letters that a reader could take for each other', () => {
    expect([...CODE_ALPHABET].filter((letter) => '0O1ILU'.includes(letter))).toEqual([]);
    expect(new Set(CODE_ALPHABET).size).toBe(CODE_ALPHABET.length);
  });
});
