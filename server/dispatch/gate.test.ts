import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from './gate.ts';

/** Time passes only while somebody sleeps, and everybody wakes late. */
function lateClock(lateMs: () => number) {
  let now = 0;
  return {
    clock: () => now,
    sleep: async (ms: number) => {
      now += ms + lateMs();
    },
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('the gate', () => {
  it('lets no more leave in any second than it was told, however late the machine is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constantFrom(80, 200, 1000)),
        fc.array(
          fc.record({ passMs: fc.integer({ min: 0, max: 900 }), want: fc.integer({ min: 1, max: 90 }) }),
          {
            minLength: 1,
            maxLength: 10,
          },
        ),
        fc.infiniteStream(fc.integer({ min: 0, max: 400 })),
        async (perSecond, steps, lateness) => {
          const time = lateClock(() => Number(lateness.next().value));
          const gate = createGate({ perSecond, isOpen: () => true, ...time });
          const left: number[] = [];
          for (const { passMs, want } of steps) {
            time.pass(passMs);
            const calls = Array.from({ length: want }, async () => {
              await gate.pass();
              left.push(time.clock());
            });
            await Promise.all(calls);
          }
          for (const at of left) {
            expect(left.filter((it) => it >= at && it < at + 1000).length).toBeLessThanOrEqual(perSecond);
          }
          expect(left.length).toBe(steps.reduce((sum, { want }) => sum + want, 0));
        },
      ),
    );
  });

  it('holds nobody up who is slower than that', async () => {
    const time = lateClock(() => 0);
    const gate = createGate({ perSecond: 5, isOpen: () => true, ...time });
    for (let call = 0; call < 20; call++) {
      await gate.pass();
      time.pass(200);
    }
    expect(time.clock()).toBe(20 * 200);
  });

  it('loses nothing to timers that wake late', async () => {
    const time = lateClock(() => 2);
    const gate = createGate({ perSecond: 20, isOpen: () => true, ...time });
    for (let call = 0; call < 200; call++) await gate.pass();
    expect(200 / (time.clock() / 1000)).toBeGreaterThan(20 * 0.97);
  });

  it('keeps distances, even when many come at once', async () => {
    const time = lateClock(() => 0);
    const gate = createGate({ perSecond: 40, isOpen: () => true, ...time });
    const left: number[] = [];
    await Promise.all(Array.from({ length: 80 }, () => gate.pass().then(() => left.push(time.clock()))));
    const distances = left.slice(1).map((at, index) => at - (left[index] ?? 0));
    expect(Math.min(...distances)).toBeGreaterThan(10);
  });

  it('is crowded while more wait than leave in a moment', async () => {
    const time = lateClock(() => 0);
    const gate = createGate({ perSecond: 40, isOpen: () => true, ...time });
    const calls = Array.from({ length: 10 }, () => gate.pass());
    expect(gate.isCrowded()).toBe(true);
    await Promise.all(calls);
    expect(gate.isCrowded()).toBe(false);
  });

  it('lets nothing leave for a second after another process did the sending', async () => {
    const time = lateClock(() => 0);
    const gate = createGate({ perSecond: 5, isOpen: () => true, ...time });
    gate.closeForASecond();
    await gate.pass();
    expect(time.clock()).toBe(1000);
  });

  it('lets nothing leave once another process does the sending, not even what waits already', async () => {
    let isOurs = true;
    const time = lateClock(() => 0);
    const gate = createGate({
      perSecond: 1,
      isOpen: () => isOurs,
      clock: time.clock,
      async sleep(ms) {
        await time.sleep(ms);
        isOurs = false;
      },
    });
    expect(await Promise.all([gate.pass(), gate.pass(), gate.pass()])).toEqual([true, false, false]);
  });
});
