import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberVariants } from './number-variants.ts';

describe('The other spellings of a number', () => {
  it.each([
    ['Brazil, with the ninth digit', '5511955501234', '551155501234'],
    ['Brazil, without the ninth digit', '551195550123', '5511995550123'],
    ['Mexico, without the 1', '525555550123', '5215555550123'],
    ['Mexico, with the 1', '5215555550123', '525555550123'],
    ['Argentina, with the 9', '5491123456789', '541123456789'],
    ['Argentina, without the 9', '541123456789', '5491123456789'],
  ])('%s', (_where, digits, variant) => {
    expect(numberVariants(digits)).toEqual([variant]);
  });

  it.each(['15550100199', '34600000000', '351912345678', '5912345678', '55119', '5211234'])(
    'there is none for %s',
    (digits) => {
      expect(numberVariants(digits)).toEqual([]);
    },
  );

  it('the spelling of a spelling is the number itself', () => {
    const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
    const numbers = fc.oneof(
      fc.tuple(digits(2), digits(8)).map(([area, number]) => `55${area}9${number}`),
      digits(10).map((number) => `52${number}`),
      digits(10).map((number) => `549${number}`),
    );
    fc.assert(
      fc.property(numbers, (number) => {
        expect(numberVariants(number).flatMap(numberVariants)).toEqual([number]);
      }),
    );
  });
});
