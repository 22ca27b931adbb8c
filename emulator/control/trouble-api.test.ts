import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EmulatorSwitches, SwitchChange } from '../../contract/switches.ts';
import { ANA, startWorkbench, type Workbench } from '../testing/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
});
afterEach(() => bench.close());

const read = (path: string) => bench.call('GET', `/__emulator/${path}`, undefined, null);
const control = (path: string, body: unknown) => bench.call('POST', `/__emulator/${path}`, body, null);
const TEXT = { type: 'text', text: { body: 'hi' } };

test('the switches are read, changed in part, and reset', async () => {
  const well = (await read('switches')).json;
  expect(well).toEqual(bench.emulator.switches);
  const change: SwitchChange = {
    webhooks: { duplicate: true, batch: 3 },
    account: { recipientsPerDay: null },
  };
  const changed = await control('switches', change);
  expect(changed.json).toMatchObject({
    webhooks: { duplicate: true, batch: 3, shuffle: false },
    account: { recipientsPerDay: null, review: 'approve' },
  });
  expect(bench.emulator.webhookSwitches).toMatchObject({ duplicate: true, batch: 3 });
  bench.emulator.faults.next(2, 'reset');
  expect((await control('switches/reset', {})).json).toEqual(well);
  bench.emulator.phone(ANA).say('hello');
  expect((await bench.send(TEXT)).status).toBe(200);
});

test('every switch can be thrown from outside', async () => {
  const all: EmulatorSwitches = {
    webhooks: {
      duplicate: true,
      shuffle: true,
      delayMs: 1000,
      batch: 50,
      hold: true,
      badSignature: true,
      missingSignature: true,
      largeBody: true,
      oldConversation: true,
    },
    sending: {
      dropAnswerAfterAccept: 0.1,
      timeoutAfterAccept: 0.1,
      reset: 0.1,
      http500: 0.1,
      http503: 0.1,
      html502: 0.1,
      readByThemselves: 1,
    },
    account: {
      noPaymentMethod: true,
      windowRefusedInAnswer: true,
      approveAsMarketing: true,
      review: 'reject',
      marketingPerLearnerAndDay: 2,
      messagesPerSecond: 80,
      pairLimit: true,
      recipientsPerDay: 100_000,
      quality: 'YELLOW',
    },
  };
  expect((await control('switches', all)).json).toEqual(all);
  expect(bench.emulator.switches).toEqual(all);
});

test('a hold that ends lets everything go at once', async () => {
  await control('switches', { webhooks: { hold: true } });
  bench.emulator.phone(ANA).say('hello');
  await control('switches', { webhooks: { hold: false } });
  await expect.poll(() => bench.messages().length).toBe(1);
});

test('faults are queued for the next sends, each once', async () => {
  bench.emulator.phone(ANA).say('hello');
  expect((await control('faults', { count: 1, fault: '503' })).json).toEqual({ queued: 1 });
  expect((await control('faults', { count: 2, fault: { code: 131048 } })).json).toEqual({ queued: 3 });
  const statuses: number[] = [];
  for (let index = 0; index < 4; index++) statuses.push((await bench.send(TEXT)).status);
  expect(statuses).toEqual([503, 400, 400, 200]);
});

test('the codes to choose from say where they are seen', async () => {
  const answer = await fetch(`${bench.url}/__emulator/error-codes`);
  const choices = await answer.json();
  expect(choices).toContainEqual({ code: 131026, title: 'Message undeliverable', seen: 'status' });
  expect(choices).toContainEqual({ code: 130429, title: 'Rate limit hit', seen: 'answer' });
});

test.each([
  ['a switch that nobody knows', 'switches', { webhooks: { dupicate: true } }, 'dupicate'],
  ['a group that nobody knows', 'switches', { webhook: { duplicate: true } }, 'webhook'],
  ['a share above 1', 'switches', { sending: { reset: 2 } }, '1'],
  [
    'a step that Meta has not',
    'switches',
    { account: { recipientsPerDay: 300 } },
    'account.recipientsPerDay',
  ],
  ['no body', 'switches', undefined, 'expected object'],
  ['a fault that nobody knows', 'faults', { count: 1, fault: 'flood' }, 'fault'],
  ['no fault at all', 'faults', { count: 0, fault: '500' }, '1'],
])('refused, with the reason: %s', async (_what, path, body, reason) => {
  expect(await control(path, body)).toEqual({
    status: 400,
    json: { error: expect.stringContaining(reason) },
  });
});
