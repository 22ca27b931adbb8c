import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe('notifications', () => {
  it('that arrive twice are heard once', async () => {
    world.emulator.webhookSwitches.duplicate = true;
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    await ana.answers(question.modelAnswer);
    ana.hears(/Strong answer/);
    await ana.says('stop');
    ana.hears(/no more messages/);
  });

  it('that arrive in batches and out of order lose nothing', async () => {
    world.emulator.webhookSwitches.batch = 20;
    world.emulator.webhookSwitches.shuffle = true;
    const learners = Array.from({ length: 12 }, (_, index) =>
      world.learner(`Learner ${index}`, {
        number: `155501001${String(index).padStart(2, '0')}`,
        language: 'en',
      }),
    );
    for (const learner of learners) await learner.registers();
    for (const learner of learners) {
      learner.hears(/Tap Start/);
      learner.phone.tap('Start');
    }
    await world.settle();
    const questions = learners.map((learner) => learner.questionIn(learner.hears(/JavaScript/)));
    for (const [index, learner] of learners.entries()) learner.phone.say(questions[index]?.modelAnswer ?? '');
    await world.settle();
    await world.pass({ seconds: 9 });
    for (const learner of learners) learner.hears(/Strong answer/);
  });

  it('with one unreadable item are accepted, and the item is set aside and counted', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    const notification = textFrom(ana.number, 'stop');
    notification.entry[0]?.changes[0]?.value.messages.unshift({ nonsense: true });
    expect((await deliver(JSON.stringify(notification))).status).toBe(200);
    await world.settle();
    ana.hears(/no more messages/);
    const metrics = await (await world.get('/metrics')).text();
    expect(metrics).toMatch(/webhook_items_total\{kind="setAside"\} 1/);
  });

  it('are refused unless they carry our signature, are JSON, and are not too large', async () => {
    const body = '{"object":"whatsapp_business_account","entry":[]}';
    expect((await deliver(body)).status).toBe(200);
    expect(
      (await deliver(body, 'sha256=eb147ea0117e199b3c4686f23cc477f3a991b4ad80089316e1b8f7e780dadb74')).status,
    ).toBe(200);
    expect((await deliver(body, `sha256=${'0'.repeat(64)}`)).status).toBe(401);
    expect((await deliver(body, null)).status).toBe(401);
    const notJson = await deliver('this is not JSON');
    expect(notJson.status).toBe(400);
    expect(await notJson.json()).toEqual({
      error_code: 'not_json',
      message: expect.any(String),
      details: {},
      timestamp: expect.any(String),
      request_id: expect.any(String),
    });
    const large = (bytes: number) => JSON.stringify({ object: 'other', padding: 'x'.repeat(bytes) });
    expect((await deliver(large(2.9 * 1024 * 1024))).status).toBe(200);
    expect((await deliver(large(3.1 * 1024 * 1024))).status).toBe(413);
  });

  it('are refused with a 5xx while the store is down, so that Meta comes again', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    await world.breakStore();
    const { status } = await deliver(JSON.stringify(textFrom(ana.number, 'stop')));
    expect(status).toBeGreaterThanOrEqual(500);
  });

  it('of the set-up are answered with the challenge, and only with our token', async () => {
    const handshake = (query: string) => world.get(`/webhooks/whatsapp?${query}`);
    const right = await handshake(
      'hub.mode=subscribe&hub.verify_token=emulator-verify-token&hub.challenge=1158201444',
    );
    expect(right.status).toBe(200);
    expect(right.headers.get('content-type')).toContain('text/plain');
    expect(await right.text()).toBe('1158201444');
    expect((await handshake('hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1')).status).toBe(403);
    expect(
      (await handshake('hub.mode=unsubscribe&hub.verify_token=emulator-verify-token&hub.challenge=1')).status,
    ).toBe(403);
    expect((await handshake('hub.challenge=1')).status).toBe(400);
  });

  function textFrom(number: string, text: string) {
    const message: Record<string, unknown> = {
      id: 'wamid.BY.HAND',
      from: number,
      timestamp: String(Math.floor(world.now / 1000)),
      type: 'text',
      text: { body: text },
    };
    const value = {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550100200', phone_number_id: '220330440550660' },
      messages: [message],
    };
    const entry = [{ id: '110220330440550', changes: [{ field: 'messages', value }] }];
    return { object: 'whatsapp_business_account', entry };
  }

  function deliver(body: string, signature?: string | null): Promise<Response> {
    const signed = `sha256=${createHmac('sha256', 'emulator-app-secret').update(body).digest('hex')}`;
    const header = signature === undefined ? signed : signature;
    return fetch(`${world.url}/webhooks/whatsapp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(header === null ? {} : { 'x-hub-signature-256': header }),
      },
      body,
    });
  }
});

describe('what is not for us', () => {
  it.each([
    'other-phone-number',
    'other-object',
    'unused-field',
    'group-message',
    'nothing-inside',
    'status-of-a-group',
    'system-identity-key',
    'status-delivered',
  ])('is taken and left alone: %s', async (file) => {
    expect((await deliverRecorded(file)).status).toBe(200);
    await world.settle();
    expect(world.emulator.sends).toEqual([]);
    expect(await world.count('inbox')).toBe(0);
    expect(await world.count('set_aside')).toBe(0);
  });

  it('is a trouble of the whole number, told to the operator: top-level-error', async () => {
    expect((await deliverRecorded('top-level-error')).status).toBe(200);
    const metrics = await (await world.get('/metrics')).text();
    expect(metrics).toMatch(/alerts_total\{about="[^"]+"\} 1/);
    expect(world.emulator.sends).toEqual([]);
  });

  it('leaves its neighbours in the batch alone: each of those is heard', async () => {
    for (const file of ['batch-of-many', 'one-unreadable-among-good', 'keys-of-tomorrow']) {
      expect((await deliverRecorded(file)).status).toBe(200);
    }
    expect(await world.count('inbox')).toBe(5);
    expect(await world.count('set_aside')).toBe(5);
  });

  function deliverRecorded(file: string): Promise<Response> {
    const body = readFileSync(new URL(`../payloads/whatsapp/${file}.json`, import.meta.url), 'utf8');
    const signature = createHmac('sha256', 'emulator-app-secret').update(body).digest('hex');
    return fetch(`${world.url}/webhooks/whatsapp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
      body,
    });
  }
});

describe('everything else a learner can send', () => {
  it.each([
    ['a picture', (phone: World['emulator']) => phone.phone('15550100199').sendImage()],
    [
      'a place',
      (phone: World['emulator']) =>
        phone.phone('15550100199').send({ type: 'location', location: { latitude: 1, longitude: 2 } }),
    ],
    [
      'a type that does not exist yet',
      (phone: World['emulator']) => phone.phone('15550100199').send({ type: 'hologram', hologram: {} }),
    ],
  ])('%s gets one kind sentence', async (_what, send) => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    send(world.emulator);
    await world.settle();
    ana.hears(/I can only read text/);
  });

  it('a reaction gets silence', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = await ana.joins();
    ana.phone.react('👍', question.wamid);
    await world.settle();
    ana.hearsNothing();
  });

  it('from a new number after a change still reaches its learner', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    ana.phone.changeNumber('15550100177');
    await world.settle();
    await ana.answers(question.modelAnswer);
    ana.hears(/Strong answer/);
  });
});
