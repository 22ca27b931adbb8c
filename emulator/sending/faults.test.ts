import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, PHONE_NUMBER_ID, startWorkbench, TOKEN, type Workbench } from '../testing/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
  bench.emulator.phone(ANA).say('hello');
  await bench.emulator.settle();
});
afterEach(() => bench.close());

const TEXT = { type: 'text', text: { body: 'hi' } };

const post = () =>
  fetch(`${bench.url}/v25.0/${PHONE_NUMBER_ID}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: ANA, ...TEXT }),
  });

test('a send is accepted and the answer lost: the statuses come all the same', async () => {
  bench.emulator.faults.next(1, 'accept-then-drop-answer');
  await expect(post()).rejects.toThrow();
  await bench.emulator.settle();
  expect(bench.emulator.sends).toHaveLength(1);
  expect(bench.statuses().map((status) => status.status)).toEqual(['sent', 'delivered']);
});

test('a send is accepted and never answered', async () => {
  bench.emulator.faults.next(1, 'timeout-after-accept');
  const answer = expect(post()).rejects.toThrow();
  await expect.poll(() => bench.emulator.sends.length).toBe(1);
  // Even so the emulator can be closed, which ends the wait.
  await bench.emulator.close();
  await answer;
});

test('a connection breaks before anything was sent', async () => {
  bench.emulator.faults.next(1, 'reset');
  await expect(post()).rejects.toThrow();
  expect(bench.emulator.sends).toEqual([]);
});

test('errors and a proxy’s page come for as many sends as wanted, then all is well', async () => {
  bench.emulator.faults.next(1, '500');
  bench.emulator.faults.next(1, '503');
  bench.emulator.faults.next(2, { code: 131056 });
  expect([
    await bench.send(TEXT),
    await bench.send(TEXT),
    await bench.send(TEXT),
    await bench.send(TEXT),
  ]).toMatchObject([
    { status: 500, json: { error: { code: 131000 } } },
    { status: 503, json: { error: { code: 2 } } },
    { status: 400, json: { error: { code: 131056 } } },
    { status: 400, json: { error: { code: 131056 } } },
  ]);
  bench.emulator.faults.next(1, 'html-502');
  const page = await post();
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
    502,
    expect.stringContaining('text/html'),
    expect.stringContaining('<html>'),
  ]);
  expect((await bench.send(TEXT)).status).toBe(200);
  expect(bench.emulator.sends).toHaveLength(1);
});

test('marking as read meets no fault: faults are counted in sends', async () => {
  bench.emulator.faults.next(1, '500');
  const message_id = bench.emulator.phone(ANA).say('again');
  expect((await bench.send({ to: undefined, status: 'read', message_id })).status).toBe(200);
  expect((await bench.send(TEXT)).status).toBe(500);
});

test('a code that belongs to one number comes in the answer or in a status, as it does at Meta', async () => {
  const { faults } = bench.emulator;
  faults.forRecipient(ANA, 131049);
  expect((await bench.send(TEXT)).status).toBe(200);
  await bench.emulator.settle();
  expect(bench.statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131049 }] }]);

  faults.forRecipient(ANA, 131056);
  expect(await bench.send(TEXT)).toMatchObject({ status: 400, json: { error: { code: 131056 } } });

  faults.clear();
  await bench.send(TEXT);
  await bench.emulator.settle();
  expect(bench.emulator.sends.at(-1)?.outcome).toBe('delivered');
});

test('it comes the other way when that is wanted', async () => {
  const { faults } = bench.emulator;
  faults.forRecipient(ANA, 131056, 'status');
  expect((await bench.send(TEXT)).status).toBe(200);
  await bench.emulator.settle();
  expect(bench.statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131056 }] }]);
  faults.forRecipient(ANA, 131049, 'answer');
  expect(await bench.send(TEXT)).toMatchObject({ status: 400, json: { error: { code: 131049 } } });
});

test('it belongs to the person, by whichever name they are written to', async () => {
  const { bsuid } = bench.emulator.phone(ANA);
  const toId = { to: undefined, recipient: bsuid, ...TEXT };
  bench.emulator.faults.forRecipient(ANA, 131056);
  expect((await bench.send(toId)).status).toBe(400);
  bench.emulator.faults.clear();
  bench.emulator.faults.forRecipient(bsuid, 131000);
  expect([(await bench.send(toId)).status, (await bench.send(TEXT)).status]).toEqual([500, 500]);
});

test('keys that Meta does not know are ignored, and can be seen on the record', async () => {
  expect((await bench.send({ ...TEXT, recipient_type: 'individual', ttl: 30, typo_id: 1 })).status).toBe(200);
  expect(bench.emulator.sends[0]?.unknownKeys).toEqual(['ttl', 'typo_id']);
});
