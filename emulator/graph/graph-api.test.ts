import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ACCOUNT_ID,
  APP_ID,
  APP_SECRET,
  APP_TOKEN,
  PHONE_NUMBER_ID,
  startWorkbench,
  TOKEN,
  VERIFY_TOKEN,
  type Workbench,
} from '../testing/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
});
afterEach(() => bench.close());

const MESSAGES = `/v25.0/${PHONE_NUMBER_ID}/messages`;

describe('who may call', () => {
  test('without a token, or with a wrong one, nobody', async () => {
    for (const token of [null, 'wrong', `${TOKEN}x`]) {
      const { status, json } = await bench.call('POST', MESSAGES, {}, token);
      expect(status).toBe(401);
      expect(json).toEqual({
        error: {
          message: expect.any(String),
          type: 'OAuthException',
          code: 190,
          fbtrace_id: expect.stringMatching(/^A\w{22}$/),
        },
      });
    }
  });

  test('a wrong proof of the app secret is refused, the right one passes', async () => {
    const proof = createHmac('sha256', APP_SECRET).update(TOKEN).digest('hex');
    const right = await bench.call('GET', `/v25.0/${PHONE_NUMBER_ID}?appsecret_proof=${proof}`);
    const wrong = await bench.call(
      'GET',
      `/v25.0/${PHONE_NUMBER_ID}?appsecret_proof=${proof.replace(/./, 'x')}`,
    );
    expect([right.status, wrong.status]).toEqual([200, 400]);
    expect(wrong.json).toMatchObject({ error: { code: 100, type: 'GraphMethodException' } });
  });
});

describe('what does not exist', () => {
  test('a phone number id that is not ours', async () => {
    const { status, json } = await bench.call('POST', '/v25.0/999/messages', {});
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: {
        type: 'GraphMethodException',
        code: 100,
        error_subcode: 33,
        message: expect.stringContaining("Object with ID '999' does not exist"),
      },
    });
  });

  test('a version, living ones apart', async () => {
    for (const version of ['v20.0', 'v27.0', 'v25', 'v25.1']) {
      const { status, json } = await bench.call('POST', `/${version}/${PHONE_NUMBER_ID}/messages`, {});
      expect([version, status, json.error]).toMatchObject([
        version,
        400,
        { code: 2500, message: expect.stringContaining('Unknown path components') },
      ]);
    }
    const probe = await bench.call('GET', '/v26.0/me', undefined, null);
    expect(probe.json).toMatchObject({
      error: { code: 2500, message: expect.stringContaining('active access token') },
    });
  });

  test('a path that is nobody’s', async () => {
    for (const path of ['/nothing', '/v25.0', `/v25.0/${PHONE_NUMBER_ID}/calls`]) {
      expect((await bench.call('GET', path)).status).toBe(400);
    }
  });

  test('a field', async () => {
    const { status, json } = await bench.call('GET', `/v25.0/${PHONE_NUMBER_ID}?fields=id,colour`);
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: { code: 100, message: expect.stringContaining('(colour)') } });
  });
});

describe('the number and its account', () => {
  test('the number tells what a set-up check asks for', async () => {
    const fields =
      'display_phone_number,status,platform_type,quality_rating,whatsapp_business_manager_messaging_limit';
    const { json } = await bench.call('GET', `/v25.0/${PHONE_NUMBER_ID}?fields=${fields}`);
    expect(json).toEqual({
      id: PHONE_NUMBER_ID,
      display_phone_number: '+1 555-010-0200',
      status: 'CONNECTED',
      platform_type: 'CLOUD_API',
      quality_rating: 'GREEN',
      whatsapp_business_manager_messaging_limit: 'TIER_250',
    });
  });

  test('the account lists it', async () => {
    const { json } = await bench.call('GET', `/v25.0/${ACCOUNT_ID}/phone_numbers`);
    expect(json.data).toMatchObject([{ id: PHONE_NUMBER_ID }]);
    const account = await bench.call('GET', `/v25.0/${ACCOUNT_ID}?fields=id,name,primary_funding_id`);
    expect(account.json).toMatchObject({ id: ACCOUNT_ID, name: 'Interview Bot' });
  });

  test('the token can be looked into with the token of the app', async () => {
    const right = await bench.call('GET', `/v25.0/debug_token?input_token=${TOKEN}`, undefined, APP_TOKEN);
    expect(right.json.data).toMatchObject({
      app_id: APP_ID,
      is_valid: true,
      scopes: expect.arrayContaining(['whatsapp_business_messaging']),
    });
    const wrong = await bench.call('GET', '/v25.0/debug_token?input_token=wrong', undefined, APP_TOKEN);
    expect(wrong.json.data).toMatchObject({ is_valid: false });
  });
});

describe('the subscription', () => {
  const subscribe = (changes: object, token = APP_TOKEN) =>
    bench.call(
      'POST',
      `/v25.0/${APP_ID}/subscriptions`,
      {
        object: 'whatsapp_business_account',
        callback_url: bench.webhookUrl,
        fields: 'messages,message_template_status_update',
        verify_token: VERIFY_TOKEN,
        ...changes,
      },
      token,
    );

  test('shakes hands with the service first', async () => {
    expect((await subscribe({})).json).toEqual({ success: true });
    const listed = await bench.call('GET', `/v25.0/${APP_ID}/subscriptions`, undefined, APP_TOKEN);
    expect(listed.json.data).toMatchObject([
      {
        callback_url: bench.webhookUrl,
        fields: [{ name: 'messages' }, { name: 'message_template_status_update' }],
      },
    ]);
  });

  test('is refused when the service does not know the verify token, or does not answer', async () => {
    for (const changes of [{ verify_token: 'wrong' }, { callback_url: 'http://127.0.0.1:1/' }]) {
      const { status, json } = await subscribe(changes);
      expect(status).toBe(400);
      expect(json).toMatchObject({ error: { code: 2200 } });
    }
  });

  test('wants the token of the app', async () => {
    expect((await subscribe({}, TOKEN)).json).toMatchObject({ error: { code: 15 } });
  });

  test('counts: a field that is not subscribed is not told', async () => {
    await subscribe({ fields: 'message_template_status_update' });
    bench.emulator.phone('5511955501234').say('hello');
    await bench.emulator.settle();
    expect(bench.received).toEqual([]);
  });
});
