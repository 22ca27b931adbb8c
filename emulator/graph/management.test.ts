import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../json-object.ts';
import {
  ACCOUNT_ID,
  ANA,
  APP_ID,
  APP_TOKEN,
  DAILY_QUESTION,
  PHONE_NUMBER_ID,
  startWorkbench,
  TOKEN,
  VERIFY_TOKEN,
  type Workbench,
} from '../testing/workbench.ts';
import { type AccountState, createAccountState } from './account-state.ts';

const HOURS = 60 * 60 * 1000;
const NUMBER = `/v25.0/${PHONE_NUMBER_ID}`;
const ACCOUNT = `/v25.0/${ACCOUNT_ID}`;
const PROFILE = `${NUMBER}/whatsapp_business_profile`;

let bench: Workbench;
let state: AccountState;
beforeEach(async () => {
  state = createAccountState();
  bench = await startWorkbench({ templateApprovalDelayMs: 60_000, state });
});
afterEach(() => bench.close());

const ofNumber = async (fields: string) => (await bench.call('GET', `${NUMBER}?fields=${fields}`)).json;
const errorOf = ({ json }: { json: JsonObject }) => json.error as JsonObject;

describe('a template that is edited', () => {
  const edited = (text: string) => ({ components: [{ type: 'BODY', text }] });
  const templateId = async () => {
    const { json } = await bench.call('GET', `${ACCOUNT}/message_templates?fields=id,status`);
    return (json.data as JsonObject[])[0]!;
  };

  test('goes back to review with its new words, and takes no further edits meanwhile', async () => {
    bench.emulator.templates.addApproved(DAILY_QUESTION);
    const { id } = await templateId();
    expect((await bench.call('POST', `/v25.0/${id}`, edited('Other words than before'))).json).toEqual({
      success: true,
    });
    expect(await templateId()).toMatchObject({ id, status: 'PENDING' });
    expect(errorOf(await bench.call('POST', `/v25.0/${id}`, edited('And others again')))).toMatchObject({
      code: 100,
      error_user_msg: 'A template that is PENDING cannot be edited.',
    });
    bench.moveClock(60_000);
    await bench.emulator.settle();
    expect(await templateId()).toMatchObject({ id, status: 'APPROVED' });
  });

  test('may be edited once in 24 hours while it is approved, and at will after a refusal', async () => {
    bench.emulator.templates.addApproved(DAILY_QUESTION);
    const { id } = await templateId();
    const edit = () => bench.call('POST', `/v25.0/${id}`, edited('Other words than before'));
    await edit();
    bench.moveClock(1 * HOURS);
    await bench.emulator.settle();
    expect(errorOf(await edit())).toMatchObject({
      code: 100,
      error_user_msg: 'An approved template can be edited only once in 24 hours.',
    });
    bench.emulator.templates.setStatus('daily_question_v1', 'REJECTED');
    expect((await edit()).status).toBe(200);
    bench.moveClock(24 * HOURS);
    await bench.emulator.settle();
    expect((await edit()).status).toBe(200);
  });

  test('is read with the checks of a new one, and keeps its name, language and category', async () => {
    bench.emulator.templates.addApproved(DAILY_QUESTION);
    const { id } = await templateId();
    for (const change of [edited('x'.repeat(1025)), { name: 'other' }, { category: 'MARKETING' }]) {
      expect(errorOf(await bench.call('POST', `/v25.0/${id}`, change))).toMatchObject({ code: 100 });
    }
  });

  test('that was paused is unpaused by a call of its own', async () => {
    bench.emulator.templates.addApproved(DAILY_QUESTION);
    const { id } = await templateId();
    expect((await bench.call('POST', `/v25.0/${id}/unpause`)).status).toBe(400);
    bench.emulator.templates.setStatus('daily_question_v1', 'PAUSED');
    expect((await bench.call('POST', `/v25.0/${id}/unpause`)).json).toMatchObject({ success: true });
    expect(await templateId()).toMatchObject({ status: 'APPROVED' });
  });

  test('shows its quality, and the category Meta is about to give it', async () => {
    bench.emulator.templates.addApproved(DAILY_QUESTION);
    bench.emulator.templates.setQuality('daily_question_v1', 'YELLOW');
    bench.emulator.templates.announceCategory('daily_question_v1', 'MARKETING');
    const { id } = await templateId();
    const fields = 'category,correct_category,quality_score';
    expect((await bench.call('GET', `/v25.0/${id}?fields=${fields}`)).json).toMatchObject({
      category: 'UTILITY',
      correct_category: 'MARKETING',
      quality_score: { score: 'YELLOW' },
    });
  });

  test('is deleted in one language by its id and name, in all by its name', async () => {
    bench.emulator.templates.addApproved(DAILY_QUESTION);
    bench.emulator.templates.addApproved({ ...DAILY_QUESTION, language: 'pt_PT' });
    const { id } = await templateId();
    const remove = (query: string) => bench.call('DELETE', `${ACCOUNT}/message_templates?${query}`);
    expect((await remove(`hsm_id=${id}`)).status).toBe(400);
    await remove(`hsm_id=${id}&name=daily_question_v1`);
    expect(bench.emulator.templates.list().map((it) => it.language)).toEqual(['pt_PT']);
    await remove('name=daily_question_v1');
    expect(bench.emulator.templates.list()).toEqual([]);
  });
});

describe('the profile', () => {
  test('is empty at first, keeps what is not named, and loses what is set to nothing', async () => {
    expect((await bench.call('GET', `${PROFILE}?fields=about,email`)).json).toEqual({
      data: [{ messaging_product: 'whatsapp' }],
    });
    const set = (change: object) => bench.call('POST', PROFILE, { messaging_product: 'whatsapp', ...change });
    await set({ email: 'help@bot.test', description: 'Interview training' });
    await set({ description: '', websites: ['https://bot.test'] });
    const { json } = await bench.call('GET', `${PROFILE}?fields=email,description,websites`);
    expect(json.data).toEqual([
      { messaging_product: 'whatsapp', email: 'help@bot.test', websites: ['https://bot.test'] },
    ]);
  });

  test.each([
    ['an about of 140 characters', { about: 'x'.repeat(140) }],
    ['a description of 257 characters', { description: 'x'.repeat(257) }],
    ['an e-mail that is none', { email: 'somebody' }],
    ['three websites', { websites: ['https://a.test', 'https://b.test', 'https://c.test'] }],
    ['a website without https', { websites: ['bot.test'] }],
    ['an unknown industry', { vertical: 'BOTS' }],
  ])('refuses %s', async (_, change) => {
    const answer = await bench.call('POST', PROFILE, { messaging_product: 'whatsapp', ...change });
    expect(errorOf(answer)).toMatchObject({ code: 100 });
  });
});

describe('the life of a number', () => {
  const register = (pin: string) =>
    bench.call('POST', `${NUMBER}/register`, { messaging_product: 'whatsapp', pin });

  test('taken off and put back with its PIN', async () => {
    expect((await register('123')).status).toBe(400);
    expect((await register('246810')).json).toEqual({ success: true });
    await bench.call('POST', `${NUMBER}/deregister`);
    expect(await ofNumber('status,is_pin_enabled')).toMatchObject({
      status: 'DISCONNECTED',
      is_pin_enabled: true,
    });
    expect(errorOf(await register('111111'))).toMatchObject({ code: 133005 });
    await register('246810');
    expect(await ofNumber('status')).toMatchObject({ status: 'CONNECTED' });
  });

  test('has a new PIN set by a plain POST', async () => {
    expect((await bench.call('POST', NUMBER, { pin: '12345' })).status).toBe(400);
    expect((await bench.call('POST', NUMBER, { pin: '654321' })).json).toEqual({ success: true });
    expect(errorOf(await register('111111'))).toMatchObject({ code: 133005 });
  });

  test('registers ten times in 72 hours and no more', async () => {
    for (let time = 0; time < 10; time += 1) expect((await register('246810')).status).toBe(200);
    expect(errorOf(await register('246810'))).toMatchObject({ code: 133016 });
    bench.moveClock(72 * HOURS);
    expect((await register('246810')).status).toBe(200);
  });

  test('has to be verified by a code first', async () => {
    const ask = () => bench.call('POST', `${NUMBER}/request_code`, { code_method: 'SMS', language: 'en_US' });
    expect(errorOf(await ask())).toMatchObject({ code: 136024 });
    state.number.verification = 'NOT_VERIFIED';
    expect(errorOf(await register('246810'))).toMatchObject({ code: 133006 });
    expect(errorOf(await bench.call('POST', `${NUMBER}/verify_code`, { code: '123456' }))).toMatchObject({
      code: 136025,
    });
    await ask();
    expect((await bench.call('POST', `${NUMBER}/verify_code`, { code: '123456' })).json).toEqual({
      success: true,
    });
    expect((await register('246810')).status).toBe(200);
  });

  test('shows in its health why nothing can be sent', async () => {
    expect(await ofNumber('health_status')).toMatchObject({
      health_status: { can_send_message: 'AVAILABLE' },
    });
    state.trouble = { canSend: 'BLOCKED', code: 141006, description: 'Not paid.', solution: 'Pay.' };
    expect(await ofNumber('health_status')).toMatchObject({
      health_status: {
        can_send_message: 'BLOCKED',
        entities: [
          {
            entity_type: 'PHONE_NUMBER',
            errors: [{ error_code: 141006, error_description: 'Not paid.', possible_solution: 'Pay.' }],
          },
          {},
          {},
        ],
      },
    });
  });
});

describe('the switches of the account', () => {
  test('show in the number, its limit and its account, as they stand at the moment', async () => {
    const { account } = bench.emulator.switches;
    account.quality = 'RED';
    account.noPaymentMethod = true;
    account.recipientsPerDay = 2000;
    expect(await ofNumber('quality_rating,whatsapp_business_manager_messaging_limit')).toMatchObject({
      quality_rating: 'RED',
      whatsapp_business_manager_messaging_limit: 'TIER_2K',
    });
    const { json } = await bench.call('GET', `${ACCOUNT}?fields=primary_funding_id,health_status`);
    expect(json).not.toHaveProperty('primary_funding_id');
    expect(json).toMatchObject({ health_status: { can_send_message: 'LIMITED' } });
  });
});

describe('commands and first sentences', () => {
  const set = (wish: object) => bench.call('POST', `${NUMBER}/conversational_automation`, wish);

  test('are kept and shown with the number', async () => {
    const wish = {
      prompts: ['What do I get?'],
      commands: [{ command_name: 'stop', command_description: 'End it' }],
    };
    expect((await set(wish)).json).toEqual({ success: true });
    expect(await ofNumber('conversational_automation')).toMatchObject({ conversational_automation: wish });
  });

  test('are refused beyond thirty commands or four sentences', async () => {
    const command = { command_name: 'stop', command_description: 'End it' };
    expect((await set({ commands: Array.from({ length: 31 }, () => command) })).status).toBe(400);
    expect((await set({ prompts: ['1', '2', '3', '4', '5'] })).status).toBe(400);
  });
});

describe('people who are blocked', () => {
  const users = (...numbers: string[]) => ({
    messaging_product: 'whatsapp',
    block_users: numbers.map((user) => ({ user })),
  });

  test('are only those who wrote in the last 24 hours', async () => {
    bench.emulator.phone(ANA, { name: 'Ana' }).say('oi');
    const { json } = await bench.call('POST', `${NUMBER}/block_users`, users(`+${ANA}`, '+15550109999'));
    expect(json).toMatchObject({
      block_users: { added_users: [{ wa_id: ANA }], failed_users: [{ errors: [{ code: 131047 }] }] },
    });
    const list = async () => (await bench.call('GET', `${NUMBER}/block_users`)).json.data;
    expect(await list()).toEqual([{ messaging_product: 'whatsapp', wa_id: ANA }]);
    await bench.call('DELETE', `${NUMBER}/block_users`, users(`+${ANA}`));
    expect(await list()).toEqual([]);
  });
});

describe('an address of the account’s or the number’s own', () => {
  test('goes before the app’s, after a handshake, until it is taken back', async () => {
    const heard: string[] = [];
    const other = createServer((request, response) => {
      const { searchParams, pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (request.method === 'POST') heard.push(pathname);
      request.resume();
      response.end(searchParams.get('hub.challenge') ?? '');
    });
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const override = (path: string) => ({ override_callback_uri: url + path, verify_token: VERIFY_TOKEN });
    try {
      await bench.call('POST', `${ACCOUNT}/subscribed_apps`, override('/account'));
      bench.emulator.phone(ANA, { name: 'Ana' }).say('one');
      await bench.emulator.settle();
      await bench.call('POST', NUMBER, { webhook_configuration: override('/number') });
      bench.emulator.phone(ANA).say('two');
      await bench.emulator.settle();
      expect(heard).toEqual(['/account', '/number']);
      expect(await ofNumber('webhook_configuration')).toMatchObject({
        webhook_configuration: {
          application: bench.webhookUrl,
          whatsapp_business_account: `${url}/account`,
          phone_number: `${url}/number`,
        },
      });
      await bench.call('POST', NUMBER, { webhook_configuration: { override_callback_uri: '' } });
      await bench.call('POST', `${ACCOUNT}/subscribed_apps`);
      bench.emulator.phone(ANA).say('three');
      await bench.emulator.settle();
      expect(bench.received).toHaveLength(1);
    } finally {
      other.close();
    }
  });

  test('is refused when nobody shakes hands there', async () => {
    const wish = { override_callback_uri: bench.webhookUrl, verify_token: 'wrong' };
    expect(errorOf(await bench.call('POST', `${ACCOUNT}/subscribed_apps`, wish))).toMatchObject({
      code: 2200,
    });
  });
});

describe('the token', () => {
  test('that has expired is told from one that never was, and opens nothing', async () => {
    state.token.expiresAt = bench.now() + 1 * HOURS;
    const debug = (token: string) =>
      bench.call('GET', `/v25.0/debug_token?input_token=${token}`, undefined, APP_TOKEN);
    expect((await debug(TOKEN)).json.data).toMatchObject({ is_valid: true, app_id: APP_ID });
    bench.moveClock(1 * HOURS);
    expect((await debug(TOKEN)).json.data).toMatchObject({ is_valid: false, error: { subcode: 463 } });
    expect((await debug('other')).json.data).not.toMatchObject({ error: { subcode: 463 } });
    expect(errorOf(await bench.call('GET', NUMBER))).toMatchObject({ code: 190, error_subcode: 463 });
  });

  test('without a permission is refused what needs it', async () => {
    state.token.scopes = ['whatsapp_business_messaging'];
    expect(errorOf(await bench.call('GET', ACCOUNT))).toMatchObject({ code: 10 });
    state.token.scopes = ['whatsapp_business_management'];
    expect(errorOf(await bench.send({ type: 'text', text: { body: 'x' } }))).toMatchObject({ code: 10 });
    expect((await bench.call('GET', ACCOUNT)).status).toBe(200);
  });
});
