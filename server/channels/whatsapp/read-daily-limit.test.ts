import { expect, test } from 'vitest';
import { readDailyLimit } from './read-daily-limit.ts';

test.each([
  ['TIER_250', 250],
  ['TIER_2K', 2000],
  ['TIER_10K', 10_000],
  ['TIER_100K', 100_000],
  ['TIER_UNLIMITED', 'unlimited'],
  ['2000', 2000],
  [2000, 2000],
  ['-1', 'unlimited'],
] as const)('Meta says %s and means %s', (said, meant) => {
  expect(readDailyLimit(said)).toBe(meant);
});

test.each(['TIER_NOT_SET', '', '0', null, undefined])('%s says nothing', (said) => {
  expect(readDailyLimit(said)).toBeNull();
});
