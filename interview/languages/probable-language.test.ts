import { describe, expect, it } from 'vitest';
import { probableLanguage } from './probable-language.ts';

describe('the probable language of a stranger', () => {
  it.each([
    ['5511955501234', 'pt'],
    ['351912345678', 'pt'],
    ['244923123456', 'pt'],
    ['258821234567', 'pt'],
    ['34612345678', 'es'],
    ['5215512345678', 'es'],
    ['5491123456789', 'es'],
    ['59171234567', 'es'],
    ['18095551234', 'es'],
    ['15550100199', 'en'],
    ['447700900123', 'en'],
    ['59211234567', 'en'],
  ] as const)('with the number %s is %s', (phone, language) => {
    expect(probableLanguage({ phone, bsuid: null })).toBe(language);
  });

  it.each([
    ['BR.9f3K2m7Qx1', 'pt'],
    ['MZ.9f3K2m7Qx1', 'pt'],
    ['MX.9f3K2m7Qx1', 'es'],
    ['US.ENT.9f3K2m7Qx1', 'en'],
  ] as const)('with the id %s is %s', (bsuid, language) => {
    expect(probableLanguage({ phone: null, bsuid })).toBe(language);
  });

  it('follows the id where both are shown, and is English where nothing is', () => {
    expect(probableLanguage({ phone: '5511955501234', bsuid: 'ES.9f3K2m7Qx1' })).toBe('es');
    expect(probableLanguage({ phone: null, bsuid: null })).toBe('en');
  });
});
