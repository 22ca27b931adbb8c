import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');

test.each([
  [{ 'retry-after': '2' }, 2_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after': '120' }, 120_000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 09:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 08:59:00 GMT' }, null],
  [{ 'retry-after': '-1' }, null],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
  [{ 'retry-after-ms': 'x', 'retry-after': '9' }, 9_000],
  [{}, null],
])('%j means %s ms', (headers, expected) => {
  expect(retryAfterMs(new Headers(Object.entries(headers)), NOW)).toBe(expected);
});

test('no headers, no wish', () => expect(retryAfterMs(undefined, NOW)).toBeNull());
