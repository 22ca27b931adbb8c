import { afterEach, describe, expect, test } from 'vitest';
import type { SendingTroubles } from '../../contract/switches.ts';
import { createLuck } from '../luck.ts';
import { ANA, startWorkbench, type Workbench } from '../testing/workbench.ts';
import { drawFault } from './draw-fault.ts';

const NONE: SendingTroubles = {
  dropAnswerAfterAccept: 0,
  timeoutAfterAccept: 0,
  reset: 0,
  http500: 0,
  http503: 0,
  html502: 0,
  readByThemselves: 0,
};

function drawn(seed: number, sending: Partial<SendingTroubles>, sends = 1000) {
  const luck = createLuck(seed);
  return Array.from({ length: sends }, () => drawFault(luck, { ...NONE, ...sending }));
}

test('nothing is drawn where nothing is switched on, and always where a share is 1', () => {
  expect(drawn(7, {}).every((fault) => fault === null)).toBe(true);
  expect(drawn(7, { http503: 1 }).every((fault) => fault === '503')).toBe(true);
});

test('each trouble comes in its share', () => {
  const faults = drawn(7, { dropAnswerAfterAccept: 0.2, reset: 0.1, http500: 0.1, html502: 0.1 });
  const count = (wanted: unknown) => faults.filter((fault) => fault === wanted).length;
  expect(count('accept-then-drop-answer')).toBeGreaterThan(150);
  expect(count('reset')).toBeGreaterThan(70);
  expect(count('500')).toBeLessThan(130);
  expect(count('html-502')).toBeLessThan(130);
  expect(count(null)).toBeGreaterThan(450);
});

test('the same seed meets the same sends, another one others', () => {
  expect(drawn(1, { reset: 0.5 })).toEqual(drawn(1, { reset: 0.5 }));
  expect(drawn(1, { reset: 0.5 })).not.toEqual(drawn(2, { reset: 0.5 }));
});

describe('sends', () => {
  let bench: Workbench;
  afterEach(() => bench.close());

  const TEXT = { type: 'text', text: { body: 'hi' } };

  async function answersTo(sends: number): Promise<number[]> {
    bench.emulator.phone(ANA).say('hello');
    const statuses: number[] = [];
    for (let index = 0; index < sends; index++) statuses.push((await bench.send(TEXT)).status);
    return statuses;
  }

  test('meet them by chance, the same whatever the webhooks did meanwhile', async () => {
    const sending = { http500: 0.3, http503: 0.3 };
    bench = await startWorkbench({ switches: { sending } });
    const first = await answersTo(30);
    expect(new Set(first)).toEqual(new Set([200, 500, 503]));
    await bench.close();
    bench = await startWorkbench({ switches: { sending, webhooks: { shuffle: true, duplicate: true } } });
    expect(await answersTo(30)).toEqual(first);
  });

  test('meet a queued fault first', async () => {
    bench = await startWorkbench({ switches: { sending: { http500: 1 } } });
    bench.emulator.faults.next(1, '503');
    expect(await answersTo(2)).toEqual([503, 500]);
  });

  test('are read by some without anybody’s doing', async () => {
    bench = await startWorkbench({ switches: { sending: { readByThemselves: 0.5 } } });
    await answersTo(40);
    await bench.emulator.settle();
    const read = bench.emulator.sends.filter((send) => send.outcome === 'read').length;
    expect(read).toBeGreaterThan(10);
    expect(read).toBeLessThan(30);
  });
});
