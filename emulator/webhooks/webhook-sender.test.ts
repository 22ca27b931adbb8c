import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, APP_SECRET, startWorkbench, type Workbench } from '../testing/workbench.ts';

const SECONDS = 1000;
const DAYS = 24 * 60 * 60 * SECONDS;
const BRUNO = '5511955505678';

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
});
afterEach(() => bench.close());

const texts = () => bench.messages().map((message) => (message.text as { body: string }).body);

test('a notification is signed over the bytes that arrive, in Meta’s own spelling', async () => {
  bench.emulator.phone(ANA, { name: 'Ana' }).say('¿Qué es “this”? 👍 a/b');
  await bench.emulator.settle();
  const [received] = bench.received;
  expect(received?.raw).toContain(String.raw`\u00bfQu\u00e9 es \u201cthis\u201d? \ud83d\udc4d a\/b`);
  const signature = createHmac('sha256', APP_SECRET)
    .update(received?.raw ?? '')
    .digest('hex');
  expect(received?.signature).toBe(`sha256=${signature}`);
});

test('a message carries the number as digits, the business-scoped id and the name', async () => {
  bench.emulator.phone(ANA, { name: 'Ana Souza', username: 'ana.souza' }).say('oi');
  await bench.emulator.settle();
  expect(bench.received[0]?.json).toMatchObject({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '110220330440550',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550100200', phone_number_id: '220330440550660' },
              contacts: [{ profile: { name: 'Ana Souza', username: 'ana.souza' }, wa_id: ANA }],
              messages: [{ from: ANA, timestamp: '1795435200', type: 'text' }],
            },
          },
        ],
      },
    ],
  });
  expect(bench.messages()[0]?.from_user_id).toMatch(/^BR\.[A-Za-z0-9]+$/);
});

test('a receiver that was down gets everything later, in order', async () => {
  const ana = bench.emulator.phone(ANA, { name: 'Ana' });
  bench.answerWith(503);
  ana.say('one');
  ana.say('two');
  await bench.emulator.settle();
  bench.moveClock(1 * SECONDS);
  await bench.emulator.settle();
  expect(bench.emulator.webhooks.map(({ status, attempt }) => [status, attempt])).toEqual([
    [503, 1],
    [503, 2],
  ]);

  bench.answerWith(200);
  bench.moveClock(1 * SECONDS);
  await bench.emulator.settle();
  expect(texts()).toEqual([]);
  bench.moveClock(1 * SECONDS);
  await bench.emulator.settle();
  expect(texts()).toEqual(['one', 'two']);
});

test('every answer but 200 counts as failure', async () => {
  for (const status of [201, 204, 302, 400, 500]) {
    bench.answerWith(status);
    bench.emulator.phone(`55119000000${status}`).say('hello');
    await bench.emulator.settle();
  }
  expect(bench.emulator.webhooks.map((record) => record.status)).toEqual([201, 204, 302, 400, 500]);
  bench.answerWith(200);
  bench.moveClock(1 * SECONDS);
  await bench.emulator.settle();
  expect(texts()).toHaveLength(5);
});

test('what a learner writes while an earlier notification waits for its retry, waits behind it', async () => {
  const ana = bench.emulator.phone(ANA);
  bench.answerWith(503);
  ana.say('one');
  await bench.emulator.settle();
  bench.answerWith(200);
  ana.say('two');
  await bench.emulator.settle();
  expect(texts()).toEqual([]);
  bench.moveClock(1 * SECONDS);
  await bench.emulator.settle();
  expect(texts()).toEqual(['one', 'two']);
});

test('after a week a notification is dropped', async () => {
  bench.answerWith(500);
  bench.emulator.phone(ANA).say('lost');
  await bench.emulator.settle();
  bench.moveClock(7 * DAYS);
  await bench.emulator.settle();
  bench.answerWith(200);
  bench.moveClock(1 * DAYS);
  bench.emulator.phone(ANA).say('heard');
  await bench.emulator.settle();
  expect(texts()).toEqual(['heard']);
});

test('a learner whose notification fails does not hold up another', async () => {
  bench.answerWith(500);
  bench.emulator.phone(ANA).say('waits');
  await bench.emulator.settle();
  bench.answerWith(200);
  bench.emulator.phone(BRUNO).say('goes');
  await bench.emulator.settle();
  expect(texts()).toEqual(['goes']);
});

test('nobody who is not subscribed is told, then or later', async () => {
  await bench.call('DELETE', '/v25.0/110220330440550/subscribed_apps');
  bench.emulator.phone(ANA).say('unheard');
  await bench.emulator.settle();
  await bench.call('POST', '/v25.0/110220330440550/subscribed_apps');
  await bench.emulator.settle();
  expect(bench.received).toEqual([]);
});

test('switched on, every notification comes twice', async () => {
  bench.emulator.webhookSwitches.duplicate = true;
  bench.emulator.phone(ANA).say('again');
  await bench.emulator.settle();
  expect(texts()).toEqual(['again', 'again']);
  expect(bench.received[0]?.raw).toBe(bench.received[1]?.raw);
});

test('switched on, several notifications share a request, spread over all of its levels', async () => {
  bench.emulator.webhookSwitches.hold = true;
  const said = Array.from({ length: 20 }, (_, index) => `message ${index}`);
  for (const [index, text] of said.entries()) bench.emulator.phone(index % 2 === 0 ? ANA : BRUNO).say(text);
  bench.emulator.phone(ANA).stopMarketing();
  await bench.emulator.settle();
  expect(bench.received).toEqual([]);

  Object.assign(bench.emulator.webhookSwitches, { hold: false, batch: 100 });
  await bench.emulator.settle();
  expect(bench.received).toHaveLength(1);
  expect(texts().toSorted()).toEqual(said.toSorted());
  const entries = bench.received[0]?.json.entry as { changes: { value: { messages?: unknown[] } }[] }[];
  expect(entries.length).toBeGreaterThan(1);
  expect(entries.some((entry) => entry.changes.length > 1)).toBe(true);
  const changes = entries.flatMap((entry) => entry.changes);
  expect(changes.some((change) => (change.value.messages?.length ?? 0) > 1)).toBe(true);
});

test('switched on, order is lost and nothing else', async () => {
  Object.assign(bench.emulator.webhookSwitches, { hold: true, shuffle: true });
  const said = Array.from({ length: 20 }, (_, index) => String(index));
  for (const text of said) bench.emulator.phone(ANA).say(text);
  bench.emulator.webhookSwitches.hold = false;
  await bench.emulator.settle();
  expect(texts()).not.toEqual(said);
  expect(texts().toSorted()).toEqual(said.toSorted());
});

test('a wrong or missing signature is made on demand, and the retry is right again', async () => {
  const { webhookSwitches } = bench.emulator;
  webhookSwitches.badSignature = true;
  bench.emulator.phone(ANA).say('one');
  await bench.emulator.settle();
  Object.assign(webhookSwitches, { badSignature: false, missingSignature: true });
  bench.emulator.phone(ANA).say('two');
  await bench.emulator.settle();
  webhookSwitches.missingSignature = false;
  bench.emulator.phone(ANA).say('three');
  await bench.emulator.settle();
  const isRight = ({ raw, signature }: { raw: string; signature: string | undefined }) =>
    signature === `sha256=${createHmac('sha256', APP_SECRET).update(raw).digest('hex')}`;
  expect(bench.received.map(isRight)).toEqual([false, false, true]);
  expect(bench.received[1]?.signature).toBe('undefined');
});

test('switched on, a refused notification holds up nothing that is newer', async () => {
  bench.emulator.webhookSwitches.shuffle = true;
  bench.answerWith(503);
  bench.emulator.phone(ANA).say('one');
  await bench.emulator.settle();
  bench.answerWith(200);
  bench.emulator.phone(ANA).say('two');
  await bench.emulator.settle();
  expect(texts()).toEqual(['two']);
  bench.moveClock(1 * SECONDS);
  await bench.emulator.settle();
  expect(texts()).toEqual(['two', 'one']);
});

test('switched on, everything comes late, and in order', async () => {
  bench.emulator.webhookSwitches.delayMs = 5000;
  bench.emulator.phone(ANA).say('one');
  bench.moveClock(4999);
  bench.emulator.phone(ANA).say('two');
  await bench.emulator.settle();
  expect(texts()).toEqual([]);
  bench.moveClock(1);
  await bench.emulator.settle();
  expect(texts()).toEqual(['one']);
  bench.moveClock(4999);
  await bench.emulator.settle();
  expect(texts()).toEqual(['one', 'two']);
});

test('switched on, a body is larger than a megabyte, within Meta’s three, and signed all the same', async () => {
  bench.emulator.webhookSwitches.largeBody = true;
  bench.emulator.phone(ANA).say('one');
  await bench.emulator.settle();
  const [received] = bench.received;
  expect(received?.raw.length).toBeGreaterThan(1024 * 1024);
  expect(received?.raw.length).toBeLessThan(3 * 1024 * 1024);
  const signature = createHmac('sha256', APP_SECRET)
    .update(received?.raw ?? '')
    .digest('hex');
  expect(received?.signature).toBe(`sha256=${signature}`);
  expect(texts()).toEqual(['one']);
});

test('switched on, statuses carry the conversation of older webhooks', async () => {
  bench.emulator.webhookSwitches.oldConversation = true;
  const ana = bench.emulator.phone(ANA);
  ana.say('hello');
  await bench.send({ type: 'text', text: { body: 'hi' } });
  await bench.emulator.settle();
  ana.read();
  await bench.emulator.settle();
  const [sent, delivered, read] = bench.statuses();
  expect(sent?.conversation).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    expiration_timestamp: '1795521600',
    origin: { type: 'service' },
  });
  expect(delivered?.conversation).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    origin: { type: 'service' },
  });
  expect(read).not.toHaveProperty('conversation');
});

test('the receiver’s answers are timed', async () => {
  bench.emulator.phone(ANA).say('one');
  await bench.emulator.settle();
  expect(bench.emulator.answerTimes()).toEqual({
    answers: 1,
    medianMs: expect.any(Number),
    aboveOneSecond: expect.any(Number),
  });
});
