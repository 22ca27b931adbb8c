import { describe, expect, it } from 'vitest';
import { readNumber } from './read-number.ts';

describe('A typed number', () => {
  it.each([
    ['a Brazilian mobile', '+5511955501234', '5511955501234', 'BR'],
    ['with spaces, dashes and parentheses', '+55 (11) 95550-1234', '5511955501234', 'BR'],
    [
      'pasted with direction marks, no-break spaces and long dashes',
      '\u202a+55\u00a011\u00a095550–1234\u202c',
      '5511955501234',
      'BR',
    ],
    ['in full-width digits', '＋５５１１９５５５０１２３４', '5511955501234', 'BR'],
    ['Mexican, where land lines look the same', '+525555550123', '525555550123', 'MX'],
    ['North American, where land lines look the same', '+1 202 555 0199', '12025550199', 'US'],
    ['an Argentinian mobile', '+54 9 11 2345-6789', '5491123456789', 'AR'],
    ['an Argentinian mobile without the 9 that abroad needs', '+54 11 2345-6789', '5491123456789', 'AR'],
    ['a Brazilian mobile of before the ninth digit', '+55 11 9555-0123', '5511995550123', 'BR'],
    ['a Mexican mobile of before 2019', '+52 1 55 5555 0123', '525555550123', 'MX'],
    ['Spanish', '+34 600 000 000', '34600000000', 'ES'],
    ['fictional, North America', '+1 555 010 0199', '15550100199', 'US'],
    ['fictional, Britain', '+44 7700 900123', '447700900123', 'GB'],
  ])('%s is understood', (_what, typed, digits, country) => {
    expect(readNumber(typed, '')).toEqual({ kind: 'valid', digits, country });
  });

  it.each([
    ['without the country code', '11 95550-1234', 'BR', '5511955501234'],
    ['with the trunk zero', '011 95550-1234', 'BR', '5511955501234'],
    ['with the country code but no plus', '55 11 95550 1234', 'BR', '5511955501234'],
    ['in the national way of Argentina', '11 15 2345-6789', 'AR', '5491123456789'],
    ['with a plus, which says more than the picker', '+52 55 5555 0123', 'BR', '525555550123'],
  ])('%s is read with the help of the chosen country', (_what, typed, country, digits) => {
    expect(readNumber(typed, country)).toMatchObject({ kind: 'valid', digits });
  });

  it.each([
    ['nothing', '', '', 'numberMissing'],
    ['only blanks', ' \u00a0\u200b', '', 'numberMissing'],
    ['no plus and no country', '5511955501234', '', 'numberNeedsPlus'],
    ['two zeros instead of the plus', '005511955501234', '', 'numberNeedsPlus'],
    ['a country that does not exist', '11955501234', 'XX', 'numberNeedsPlus'],
    ['words', 'my phone', '', 'numberInvalid'],
    ['letters behind the digits', '+5511955501234 ext 5', '', 'numberInvalid'],
    ['a digit too few', '+55119555012', '', 'numberInvalid'],
    ['a digit too many', '+55119555012345', '', 'numberInvalid'],
    ['a country code that nobody has', '+999123456789', '', 'numberInvalid'],
    ['an area code that nobody has', '+1 123 456 7890', '', 'numberInvalid'],
    ['two plus signs', '++5511955501234', '', 'numberInvalid'],
    ['a land line', '+55 11 3234-5678', '', 'numberNotMobile'],
    ['a toll-free number', '+1 800 555 0199', '', 'numberNotMobile'],
  ])('%s is refused', (_what, typed, country, problem) => {
    expect(readNumber(typed, country)).toEqual({ kind: 'invalid', problem });
  });
});
