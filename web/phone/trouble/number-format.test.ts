import { describe, expect, it } from 'vitest';
import { limit, PER_CENT, SECONDS, wholeNumber } from './number-format.ts';

describe('a share in per cent', () => {
  it.each([
    ['25', 0.25],
    [' 7 ', 0.07],
    ['2.5', 0.025],
    ['2,5', 0.025],
    ['40 %', 0.4],
    ['0', 0],
    ['100', 1],
  ])('is read from “%s”', (typed, share) => {
    expect(PER_CENT.read(typed)).toEqual({ kind: 'read', value: share });
  });

  it.each(['', 'half', '-1', '100.5', '1e1', '1.000,5', '0x10'])('is not read from “%s”', (typed) => {
    expect(PER_CENT.read(typed)).toMatchObject({ kind: 'wrong' });
  });

  it.each([
    [0.07, '7'],
    [0.025, '2.5'],
    [1 / 3, '33.333333'],
  ])('of %d is written without dust', (share, written) => {
    expect(PER_CENT.write(share)).toBe(written);
  });
});

describe('a delay', () => {
  it('is written in seconds and kept in milliseconds', () => {
    expect(SECONDS.write(1500)).toBe('1.5');
    expect(SECONDS.read('1,5')).toEqual({ kind: 'read', value: 1500 });
    expect(SECONDS.read('90 s')).toEqual({ kind: 'read', value: 90_000 });
  });

  it('of more than a day is a slip of the hand', () => {
    expect(SECONDS.read('86400')).toMatchObject({ kind: 'read' });
    expect(SECONDS.read('86401')).toMatchObject({ kind: 'wrong' });
  });
});

describe('a whole number', () => {
  const upToTen = wholeNumber(1, 10);

  it('keeps to its bounds, and says them', () => {
    expect(upToTen.read('1')).toEqual({ kind: 'read', value: 1 });
    expect(upToTen.read('10')).toEqual({ kind: 'read', value: 10 });
    expect(upToTen.read('0')).toEqual({ kind: 'wrong', why: 'Write a whole number between 1 and 10.' });
    expect(upToTen.read('11')).toMatchObject({ kind: 'wrong' });
  });

  it('has no fraction and is not nothing', () => {
    expect(upToTen.read('1.5')).toMatchObject({ kind: 'wrong' });
    expect(upToTen.read('')).toMatchObject({ kind: 'wrong' });
  });
});

it('takes an empty field for no limit', () => {
  const perDay = limit(0, 100);
  expect(perDay.read(' ')).toEqual({ kind: 'read', value: null });
  expect(perDay.read('0')).toEqual({ kind: 'read', value: 0 });
  expect(perDay.write(null)).toBe('');
  expect(perDay.write(2)).toBe('2');
});
