import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';

describe('folding a text to what people mean', () => {
  it.each([
    ['¡Para, por favor!', 'para por favor'],
    ['  STOP.\n', 'stop'],
    ['Começar', 'comecar'],
    ['COMEÇAR', 'comecar'],
    ['Más… ¿otra?', 'mas otra'],
    ['Ｓｔｏｐ', 'stop'],
    ['stop 🛑', 'stop'],
    ['O(1)', 'o 1'],
    ['🙂', ''],
  ])('%j is %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it.each(["don't", 'don’t', 'don‘t', 'don`t', 'don´t', 'DONT'])(
    'reads %s as one word, whichever key was hit',
    (text) => {
      expect(fold(text)).toBe('dont');
    },
  );

  it('is done after once, and leaves only small letters, digits and single spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const folded = fold(text);
        expect(fold(folded)).toBe(folded);
        expect(folded).toMatch(/^(?:[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*)?$/u);
      }),
    );
  });
});
