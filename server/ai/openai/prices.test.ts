import { expect, test } from 'vitest';
import { costMicroUsd } from './prices.ts';
import { NO_USAGE } from './token-usage.ts';

const usage = { ...NO_USAGE, inputTokens: 1_200, outputTokens: 600 };

test('an ordinary assessment costs 0.00042 dollars on the small model', () => {
  expect(costMicroUsd('gpt-6-luna', usage)).toBe(420);
});

test('ten times as much on the next larger one', () => {
  expect(costMicroUsd('gpt-6.1-terra', usage)).toBe(4_200);
});

test('what was cached is cheap, what was written to the cache is dear', () => {
  const cached = { ...usage, cachedTokens: 1_000, cacheWriteTokens: 100 };
  expect(costMicroUsd('gpt-6.1-terra', cached)).toBe(100 * 1 + 1_000 * 0.05 + 100 * 1.25 + 600 * 5);
});

test('a dated build costs what its model costs', () => {
  expect(costMicroUsd('gpt-6-luna-2026-09-22', usage)).toBe(420);
});

test('an unknown model and unknown counts have no cost', () => {
  expect(costMicroUsd('llama-4', usage)).toBeNull();
  expect(costMicroUsd('gpt-6-luna', { ...usage, inputTokens: null })).toBeNull();
  expect(costMicroUsd('gpt-6-luna', NO_USAGE)).toBeNull();
});

test('counts that contradict each other never make a cost negative', () => {
  expect(costMicroUsd('gpt-6-luna', { ...usage, inputTokens: 10, cachedTokens: 500, outputTokens: 0 })).toBe(
    5,
  );
});
