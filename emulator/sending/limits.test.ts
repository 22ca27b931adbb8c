import { afterEach, describe, expect, test } from 'vitest';
import {
  ANA,
  DAILY_QUESTION,
  dailyQuestion,
  PHONE_NUMBER_ID,
  startWorkbench,
  type Workbench,
} from '../testing/workbench.ts';

const SECONDS = 1000;
const HOURS = 60 * 60 * SECONDS;

let bench: Workbench;
afterEach(() => bench.close());

const TEXT = { type: 'text', text: { body: 'hi' } };
const numberOf = (index: number) => `55119${String(index).padStart(8, '0')}`;
const codeOf = async (message: object) => {
  const { json } = await bench.send({ ...message });
  return (json.error as { code: number } | undefined)?.code ?? null;
};

describe('throughput', () => {
  test('so many messages in any second, whoever gets them', async () => {
    bench = await startWorkbench({ switches: { account: { messagesPerSecond: 3 } } });
    const codes: (number | null)[] = [];
    for (const pauseMs of [0, 400, 0, 0, 599, 1]) {
      bench.moveClock(pauseMs);
      codes.push(await codeOf({ to: numberOf(codes.length), ...TEXT }));
    }
    expect(codes).toEqual([null, null, null, 130429, 130429, null]);
  });
});

describe('the pair limit', () => {
  test('one message every six seconds; a burst is borrowed from later', async () => {
    bench = await startWorkbench({ switches: { account: { pairLimit: true } } });
    for (let index = 0; index < 20; index++) expect(await codeOf(TEXT)).toBeNull();
    bench.moveClock(6 * SECONDS);
    expect(await codeOf(TEXT)).toBe(131056);
    expect(await codeOf({ to: numberOf(1), ...TEXT })).toBeNull();
    bench.moveClock(114 * SECONDS);
    expect(await codeOf(TEXT)).toBeNull();
  });

  test('45 messages and no more at once', async () => {
    bench = await startWorkbench({ switches: { account: { pairLimit: true } } });
    for (let index = 0; index < 45; index++) expect(await codeOf(TEXT)).toBeNull();
    expect(await codeOf(TEXT)).toBe(131056);
  });
});

describe('the daily limit', () => {
  test('counts learners outside their windows, each once a day', async () => {
    bench = await startWorkbench();
    bench.emulator.templates.addApproved(DAILY_QUESTION);
    const numbers = Array.from({ length: 250 }, (_, index) => numberOf(index));
    await Promise.all(numbers.map((to) => bench.send({ ...dailyQuestion(), to })));
    await bench.send({ ...dailyQuestion(), to: numberOf(7) });
    bench.emulator.phone(numberOf(998)).say('the window is open');
    await bench.send({ ...dailyQuestion(), to: numberOf(998) });
    await bench.send({ ...dailyQuestion(), to: ANA });
    bench.moveClock(24 * HOURS);
    await bench.send({ ...dailyQuestion(), to: ANA });
    await bench.emulator.settle();
    const { sends } = bench.emulator;
    expect(sends.slice(0, 252).every((send) => send.outcome === 'delivered')).toBe(true);
    expect(sends.slice(252).map((send) => send.failureCode)).toEqual([131048, null]);
  });

  test('stands on the page of the number', async () => {
    bench = await startWorkbench({ switches: { account: { recipientsPerDay: null } } });
    const field = 'whatsapp_business_manager_messaging_limit';
    const { json } = await bench.call('GET', `/v25.0/${PHONE_NUMBER_ID}?fields=${field}`);
    expect(json[field]).toBe('TIER_UNLIMITED');
  });
});
