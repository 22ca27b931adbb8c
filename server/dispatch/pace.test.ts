import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace } from './pace.ts';

describe('the pace', () => {
  it('never lets more begin in any second than it was told', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.array(
          fc.record({ passMs: fc.integer({ min: 0, max: 700 }), want: fc.integer({ min: 0, max: 300 }) }),
          {
            minLength: 1,
            maxLength: 60,
          },
        ),
        (perSecond, steps) => {
          let now = 0;
          const pace = createPace({ perSecond, now: () => now });
          const begun: { at: number; count: number }[] = [];
          for (const { passMs, want } of steps) {
            now += passMs;
            begun.push({ at: now, count: pace.take(want) });
          }
          for (const { at } of begun) {
            const inSecond = begun
              .filter((it) => it.at >= at && it.at < at + 1000)
              .reduce((sum, it) => sum + it.count, 0);
            // A burst after a pause is a tenth of a second's worth, and at least one.
            expect(inSecond).toBeLessThanOrEqual(Math.max(1, perSecond * 0.1) + perSecond * 0.97 + 1);
          }
        },
      ),
    );
  });

  it('says when the next may begin, and keeps its word', () => {
    let now = 0;
    const pace = createPace({ perSecond: 20, now: () => now });
    expect(pace.take(100)).toBe(2);
    expect(pace.take(1)).toBe(0);
    now = pace.nextAt();
    expect(now).toBeGreaterThan(0);
    expect(pace.take(100)).toBe(1);
  });
});
