import { describe, expect, it } from 'vitest';
import { digitsOf, displayNumber } from './display-number.ts';

describe('a number on the screen', () => {
  it('is written as its country writes it', () => {
    expect(displayNumber('5511955501234')).toBe('+55 11 95550-1234');
    expect(displayNumber('551155501234')).toBe('+55 11 5550-1234');
    expect(displayNumber('525555550123')).toBe('+52 55 5555 0123');
    expect(displayNumber('12025550199')).toBe('+1 202 555 0199');
  });

  it('of another country stays one row of digits', () => {
    expect(displayNumber('4930123456')).toBe('+4930123456');
  });
});

describe('a number as typed', () => {
  it('is read with the usual signs in it', () => {
    expect(digitsOf('+55 11 95550-1234')).toBe('5511955501234');
    expect(digitsOf(' (+1) 202.555.0199 ')).toBe('12025550199');
  });

  it('is refused with letters, without its country code, too short or too long', () => {
    expect(digitsOf('call 12025550199')).toBeNull();
    expect(digitsOf('011955501234')).toBeNull();
    expect(digitsOf('+1 202')).toBeNull();
    expect(digitsOf('1234567890123456')).toBeNull();
    expect(digitsOf('')).toBeNull();
  });

  it('comes back the same from the screen', () => {
    for (const digits of ['5511955501234', '525555550123', '12025550199', '4930123456']) {
      expect(digitsOf(displayNumber(digits))).toBe(digits);
    }
  });
});
