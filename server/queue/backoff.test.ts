import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

const SECONDS = 1000;
const MINUTES = 60 * SECONDS;
const MIDDLING = 0.5;

describe('the wait before the next attempt', () => {
  it.each([
    [1, 2 * SECONDS],
    [2, 4 * SECONDS],
    [3, 8 * SECONDS],
    [9, 512 * SECONDS],
    [10, 15 * MINUTES],
    [40, 15 * MINUTES],
    [5000, 15 * MINUTES],
  ])('after %d attempts is about %d ms', (attempt, ms) => {
    expect(backoffMs(attempt, MIDDLING)).toBe(ms);
  });

  it('is at most twelve seconds after the first, with any luck', () => {
    fc.assert(
      fc.property(luck(), (it) => {
        expect(backoffMs(1, it)).toBeGreaterThanOrEqual(1 * SECONDS);
        expect(backoffMs(1, it)).toBeLessThanOrEqual(12 * SECONDS);
      }),
    );
  });

  it('strays by a quarter at most, so that jobs that failed together do not come back together', () => {
    expect(backoffMs(3, 0)).toBe(6 * SECONDS);
    expect(backoffMs(3, 0.999_999)).toBe(10 * SECONDS);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), luck(), (attempt, it) => {
        const middle = backoffMs(attempt, MIDDLING);
        expect(Math.abs(backoffMs(attempt, it) - middle)).toBeLessThanOrEqual(middle / 4 + 1);
      }),
    );
  });

  it('never gets shorter with further attempts of the same luck', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), luck(), (attempt, it) => {
        expect(backoffMs(attempt + 1, it)).toBeGreaterThanOrEqual(backoffMs(attempt, it));
      }),
    );
  });
});

function luck() {
  return fc.double({ min: 0, max: 0.999_999_999, noNaN: true });
}
