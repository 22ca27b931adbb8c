import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, DAILY_QUESTION, dailyQuestion, startWorkbench, type Workbench } from '../testing/workbench.ts';

const DAYS = 24 * 60 * 60 * 1000;
const FREE_MESSAGES = 1000;

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
});
afterEach(() => bench.close());

const TEXT = { type: 'text', text: { body: 'hi' } };
const failureCodes = () => bench.emulator.sends.map((send) => send.failureCode);

async function sendTexts(count: number): Promise<void> {
  for (let done = 0; done < count; done += 100) {
    await Promise.all(Array.from({ length: Math.min(100, count - done) }, () => bench.send(TEXT)));
  }
  await bench.emulator.settle();
}

describe('without a payment method', () => {
  test('the free messages of the month go out, the next is accepted and fails, and next month is free again', async () => {
    const { account } = bench.emulator.switches;
    account.noPaymentMethod = true;
    bench.emulator.phone(ANA).say('hello');
    await sendTexts(FREE_MESSAGES);
    expect(failureCodes().every((code) => code === null)).toBe(true);

    expect((await bench.send(TEXT)).status).toBe(200);
    await bench.emulator.settle();
    expect(bench.statuses().at(-1)).toMatchObject({ status: 'failed', errors: [{ code: 131042 }] });
    expect(bench.emulator.phone(ANA).messages.at(-1)).toMatchObject({ status: 'failed' });
    bench.emulator.phone(ANA).read();
    await bench.emulator.settle();
    expect(bench.emulator.sends.at(-1)?.outcome).toBe('failed');

    account.noPaymentMethod = false;
    await sendTexts(1);
    expect(bench.statuses().at(-1)).toMatchObject({ status: 'delivered', pricing: { billable: true } });
    account.noPaymentMethod = true;

    bench.moveClock(8 * DAYS);
    bench.emulator.phone(ANA).say('December');
    await sendTexts(1);
    expect(failureCodes().at(-1)).toBeNull();
  });

  test('templates go out, which are paid by other means', async () => {
    bench.emulator.templates.addApproved(DAILY_QUESTION);
    bench.emulator.switches.account.noPaymentMethod = true;
    await bench.send(dailyQuestion());
    await bench.emulator.settle();
    expect(failureCodes()).toEqual([null]);
  });
});

describe('the window', () => {
  test('may be refused in the answer; then nothing was sent', async () => {
    bench.emulator.switches.account.windowRefusedInAnswer = true;
    bench.emulator.phone(ANA);
    expect(await bench.send(TEXT)).toMatchObject({ status: 400, json: { error: { code: 131047 } } });
    expect(bench.emulator.sends).toEqual([]);
    expect(bench.emulator.phone(ANA).messages).toEqual([]);
    bench.emulator.phone(ANA).say('hello');
    expect((await bench.send(TEXT)).status).toBe(200);
  });
});

describe('marketing', () => {
  test('reaches one learner so many times in a moving day, whatever else is sent', async () => {
    const { templates, switches } = bench.emulator;
    switches.account.marketingPerLearnerAndDay = 2;
    templates.addApproved(DAILY_QUESTION);
    templates.addApproved({ ...DAILY_QUESTION, language: 'es', category: 'MARKETING' });
    for (const language of ['es', 'es', 'es', 'pt_BR']) await bench.send(dailyQuestion({ language }));
    await bench.send({ ...dailyQuestion({ language: 'es' }), to: '5511955505678' });
    bench.moveClock(1 * DAYS);
    await bench.send(dailyQuestion({ language: 'es' }));
    await bench.emulator.settle();
    expect(failureCodes()).toEqual([null, null, 131049, null, null, null]);
  });
});

describe('limits', () => {
  test('count for business-scoped ids as well', async () => {
    bench.emulator.switches.account.pairLimit = true;
    const ana = bench.emulator.phone(ANA);
    ana.say('hello');
    const toId = { to: undefined, recipient: ana.bsuid, ...TEXT };
    for (let index = 0; index < 45; index++) await bench.send(index % 2 === 0 ? TEXT : toId);
    expect(await bench.send(toId)).toMatchObject({ status: 400, json: { error: { code: 131056 } } });
  });

  test('can be drawn tighter while it runs', async () => {
    bench.emulator.phone(ANA).say('hello');
    expect((await bench.send(TEXT)).status).toBe(200);
    bench.emulator.switches.account.messagesPerSecond = 1;
    await bench.send(TEXT);
    expect(await bench.send(TEXT)).toMatchObject({ status: 400, json: { error: { code: 130429 } } });
  });
});
