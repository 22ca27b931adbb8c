import { expect, test } from 'vitest';
import { createLane } from './lane.ts';

const forever = new AbortController().signal;

test('runs no more at once than allowed, the rest in the order they came', async () => {
  const lane = createLane({ atOnce: 2, waiting: 10 });
  const begun: number[] = [];
  const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const runs = gates.map((gate, number) =>
    lane.run(async () => {
      begun.push(number);
      await gate.promise;
      return number;
    }, forever),
  );
  expect(begun).toEqual([0, 1]);
  gates[1]?.resolve();
  await runs[1];
  gates[0]?.resolve();
  await runs[0];
  gates[2]?.resolve();
  gates[3]?.resolve();
  expect(await Promise.all(runs)).toEqual([0, 1, 2, 3]);
  expect(begun).toEqual([0, 1, 2, 3]);
});

test('says so at once when the line is too long', async () => {
  const lane = createLane({ atOnce: 1, waiting: 1 });
  const gate = Promise.withResolvers<void>();
  const runs = [lane.run(() => gate.promise, forever), lane.run(() => gate.promise, forever)];
  expect(await lane.run(() => gate.promise, forever)).toBe('full');
  gate.resolve();
  await Promise.all(runs);
  expect(await lane.run(async () => 'free again', forever)).toBe('free again');
});

test('nobody waits beyond the signal for a turn, and the turn is not taken later', async () => {
  const lane = createLane({ atOnce: 1, waiting: 5 });
  const gate = Promise.withResolvers<void>();
  const running = lane.run(() => gate.promise, forever);
  const caller = new AbortController();
  let begun = false;
  const waiting = lane.run(async () => {
    begun = true;
  }, caller.signal);
  caller.abort();
  expect(await waiting).toBe('gave-up');
  gate.resolve();
  await running;
  expect(await lane.run(async () => 'next', forever)).toBe('next');
  expect(begun).toBe(false);
  expect(await lane.run(async () => 'late', caller.signal)).toBe('gave-up');
});

test('what has begun ends in its own way, whatever the signal says', async () => {
  const lane = createLane({ atOnce: 1, waiting: 0 });
  const caller = new AbortController();
  const gate = Promise.withResolvers<string>();
  const running = lane.run(() => gate.promise, caller.signal);
  caller.abort();
  gate.resolve('done');
  expect(await running).toBe('done');
});
