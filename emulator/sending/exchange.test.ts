import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ACCOUNT_ID,
  ANA,
  DAILY_QUESTION,
  dailyQuestion,
  startWorkbench,
  type Workbench,
} from '../testing/workbench.ts';

const MINUTES = 60 * 1000;
const HOURS = 60 * MINUTES;

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
  await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
  await bench.emulator.settle();
});
afterEach(() => bench.close());

const TEXT = { type: 'text', text: { body: 'hi' } };
const states = () => bench.statuses().map((status) => status.status);
const failures = () =>
  bench.statuses().map((status) => (status.errors as { code: number }[] | undefined)?.[0]?.code);

async function say(text = 'hello') {
  bench.emulator.phone(ANA, { name: 'Ana' }).say(text);
  await bench.emulator.settle();
}

describe('statuses', () => {
  test('repeat our data, tell the price twice, and name the learner both ways', async () => {
    await say();
    await bench.send({ ...TEXT, biz_opaque_callback_data: 'out:42' });
    await bench.emulator.settle();
    bench.emulator.phone(ANA).read();
    await bench.emulator.settle();
    const free = {
      billable: false,
      pricing_model: 'PMP',
      type: 'free_customer_service',
      category: 'service',
    };
    const [sent, delivered, read] = bench.statuses();
    expect(sent).toEqual({
      id: bench.emulator.sends[0]?.wamid,
      status: 'sent',
      timestamp: '1795435200',
      recipient_id: ANA,
      recipient_user_id: bench.emulator.phone(ANA).bsuid,
      biz_opaque_callback_data: 'out:42',
      pricing: free,
    });
    expect(delivered).toMatchObject({ status: 'delivered', pricing: free });
    expect(read).toMatchObject({ status: 'read', biz_opaque_callback_data: 'out:42' });
    expect(read).not.toHaveProperty('pricing');
  });

  test('tell a username, but not with `sent`', async () => {
    bench.emulator.phone(ANA, { name: 'Ana', username: 'ana.souza' }).say('hi');
    await bench.send(TEXT);
    await bench.emulator.settle();
    const named = bench.received.map(({ raw }) => [
      raw.match(/"status":"(\w+)"/)?.[1],
      raw.includes('ana.souza'),
    ]);
    expect(named.filter(([status]) => status !== undefined)).toEqual([
      ['sent', false],
      ['delivered', true],
    ]);
  });

  test('charge templates', async () => {
    await bench.send(dailyQuestion());
    await bench.emulator.settle();
    expect(bench.statuses()[0]?.pricing).toMatchObject({
      billable: true,
      type: 'regular',
      category: 'utility',
    });
  });

  test('come when their time has come, by the clock that was given', async () => {
    await bench.close();
    const delaysMs = { sent: 100, delivered: 400, read: 5000 };
    bench = await startWorkbench({ automatic: { deliver: true, read: true, delaysMs } });
    await say();
    await bench.send(TEXT);
    for (const [atMs, expected] of [
      [99, []],
      [100, ['sent']],
      [400, ['sent', 'delivered']],
      [4999, ['sent', 'delivered']],
      [5000, ['sent', 'delivered', 'read']],
    ] as const) {
      bench.moveClock(atMs - (bench.now() - (bench.emulator.sends[0]?.at ?? 0)));
      await bench.emulator.settle();
      expect([atMs, states()]).toEqual([atMs, expected]);
    }
  });

  test('skip `delivered` when the chat is open, and wait for `sent` even then', async () => {
    await bench.close();
    const delaysMs = { sent: 100, delivered: 400, read: 5000 };
    bench = await startWorkbench({ automatic: { deliver: true, read: false, delaysMs } });
    await say();
    await bench.send(TEXT);
    bench.emulator.phone(ANA).read();
    bench.moveClock(10_000);
    await bench.emulator.settle();
    expect(states()).toEqual(['sent', 'read']);
    expect(bench.statuses()[1]).toHaveProperty('pricing');
  });

  test('stay at `sent` for a phone that is off, until it is on again', async () => {
    await bench.close();
    const delaysMs = { sent: 0, delivered: 0, read: 0 };
    bench = await startWorkbench({ automatic: { deliver: false, read: false, delaysMs } });
    await say();
    await bench.send(TEXT);
    await bench.emulator.settle();
    expect(states()).toEqual(['sent']);
    bench.emulator.phone(ANA).receive();
    await bench.emulator.settle();
    expect(states()).toEqual(['sent', 'delivered']);
  });

  test('of a reaction end with `sent`, and nobody pays for it', async () => {
    const ana = bench.emulator.phone(ANA);
    const message_id = ana.say('done!');
    await bench.send({ type: 'reaction', reaction: { message_id, emoji: '👍' } });
    await bench.emulator.settle();
    expect(states()).toEqual(['sent']);
    expect(bench.emulator.sends).toMatchObject([{ type: 'reaction', billable: false }]);
  });
});

describe('the window', () => {
  test('is closed before the learner wrote: free text is accepted, then fails', async () => {
    bench.emulator.phone(ANA);
    const { status } = await bench.send(TEXT);
    await bench.emulator.settle();
    expect(status).toBe(200);
    expect(bench.statuses()).toMatchObject([
      {
        status: 'failed',
        recipient_id: ANA,
        errors: [
          { code: 131047, title: 'Re-engagement message', error_data: { details: expect.any(String) } },
        ],
      },
    ]);
    expect(bench.statuses()[0]).not.toHaveProperty('recipient_user_id');
    expect(bench.emulator.sends).toMatchObject([{ outcome: 'failed', failureCode: 131047, billable: false }]);
    expect(bench.emulator.phone(ANA).messages).toMatchObject([
      { status: 'failed', failure: '131047 Re-engagement message' },
    ]);
  });

  test('is open for 24 hours after a message, and not a moment longer', async () => {
    await say();
    bench.moveClock(24 * HOURS - 1);
    await bench.send(TEXT);
    bench.moveClock(1);
    await bench.send(TEXT);
    await bench.emulator.settle();
    expect(bench.emulator.sends.map((send) => send.outcome)).toEqual(['delivered', 'failed']);
  });

  test('is opened by a voice note and a picture, not by a reaction', async () => {
    const opened: boolean[] = [];
    const acts = [
      (number: string) => bench.emulator.phone(number).sendVoice(),
      (number: string) => bench.emulator.phone(number).sendImage(),
      (number: string) => bench.emulator.phone(number).react('👍', 'wamid.x'),
    ];
    for (const [index, act] of acts.entries()) {
      act(`551195550000${index}`);
      await bench.send({ to: `551195550000${index}`, ...TEXT });
      await bench.emulator.settle();
      opened.push(bench.emulator.sends.at(-1)?.outcome === 'delivered');
    }
    expect(opened).toEqual([true, true, false]);
  });

  test('does not matter to templates', async () => {
    await bench.send(dailyQuestion());
    await bench.emulator.settle();
    expect(states()).toEqual(['sent', 'delivered']);
  });
});

describe('whom it reaches', () => {
  test('a template to an unknown number makes a phone, free text does not', async () => {
    await bench.send(TEXT);
    await bench.emulator.settle();
    expect(failures()).toEqual([131047]);
    await bench.send(dailyQuestion());
    await bench.emulator.settle();
    expect(bench.emulator.phone(ANA).messages).toMatchObject([{ template: 'daily_question_v1' }]);
  });

  test('nobody, where unknown numbers have no WhatsApp', async () => {
    await bench.close();
    bench = await startWorkbench({ unknownNumbers: 'undeliverable' });
    bench.emulator.templates.addApproved(DAILY_QUESTION);
    await bench.send(dailyQuestion());
    await bench.emulator.settle();
    expect(failures()).toEqual([131026]);
  });

  test('a learner by the business-scoped id alone', async () => {
    const ana = bench.emulator.phone(ANA, { name: 'Ana', identity: 'bsuid-only' });
    ana.say('hi');
    const { json } = await bench.send({ to: undefined, recipient: ana.bsuid, ...TEXT });
    expect(json.contacts).toEqual([{ input: ana.bsuid, user_id: ana.bsuid }]);
    await bench.emulator.settle();
    expect(bench.messages()[0]).not.toHaveProperty('from');
    expect(bench.statuses()).toMatchObject([
      { status: 'sent', recipient_user_id: ana.bsuid },
      { status: 'delivered' },
    ]);
    expect(bench.statuses()[0]).not.toHaveProperty('recipient_id');
  });

  test('not who blocked the business', async () => {
    await say();
    bench.emulator.phone(ANA).block();
    await bench.send(TEXT);
    await bench.emulator.settle();
    expect(failures()).toEqual([130403]);
  });

  test('not who stopped marketing, with a template that Meta takes for marketing; with another, yes', async () => {
    const utility = { ...DAILY_QUESTION, name: 'utility' };
    bench.emulator.templates.review('approve-as-marketing');
    const made = await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, {
      ...DAILY_QUESTION,
      language: 'es',
    });
    expect(made.json).toMatchObject({ category: 'UTILITY', status: 'PENDING' });
    bench.emulator.templates.addApproved(utility);
    await bench.emulator.settle();
    bench.emulator.phone(ANA).stopMarketing();
    await bench.send(dailyQuestion({ language: 'es' }));
    await bench.send(dailyQuestion());
    await bench.emulator.settle();
    expect(bench.emulator.sends.map((send) => send.failureCode)).toEqual([131050, null]);
  });
});

describe('marking as read', () => {
  const markRead = (message_id: string, changes: object = {}) =>
    bench.send({ to: undefined, status: 'read', message_id, ...changes });

  test('also marks what came before, and shows the bot typing until it speaks', async () => {
    const ana = bench.emulator.phone(ANA);
    ana.say('one');
    const second = ana.say('two');
    ana.say('three');
    const { json } = await markRead(second, { typing_indicator: { type: 'text' } });
    expect(json).toEqual({ success: true });
    expect(ana.messages.map((message) => message.status)).toEqual(['read', 'read', 'sent']);
    expect(ana.typingUntil).toBe(bench.now() + 25_000);
    expect(bench.emulator.sends).toEqual([]);
    await bench.send(TEXT);
    expect(ana.typingUntil).toBeNull();
  });

  test('the typing ends by itself after 25 seconds', async () => {
    const ana = bench.emulator.phone(ANA);
    await markRead(ana.say('one'), { typing_indicator: { type: 'text' } });
    bench.moveClock(25_000);
    expect(ana.typingUntil).toBeNull();
  });

  test('is refused for a message that is unknown, our own, or older than 30 days', async () => {
    const ana = bench.emulator.phone(ANA);
    const old = ana.say('old');
    bench.moveClock(31 * 24 * HOURS);
    ana.say('new');
    await bench.send(TEXT);
    for (const id of ['wamid.unknown', old, bench.emulator.sends[0]?.wamid ?? '']) {
      expect((await markRead(id)).json.error).toMatchObject({ code: 131009 });
    }
  });
});
