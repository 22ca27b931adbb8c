import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../emulator/emulator.ts';
import { type AccountState, createAccountState } from '../emulator/graph/account-state.ts';
import { answerHandshake } from '../server/channels/whatsapp/answer-handshake.ts';
import { type Answer, readAnswer } from '../server/channels/whatsapp/management/answer.ts';
import {
  accountSchema,
  type NumberFacts,
  numberSchema,
} from '../server/channels/whatsapp/management/answer-schemas.ts';
import { createManagement, type Management } from '../server/channels/whatsapp/management/management.ts';
import { WEBHOOK_FIELDS, WEBHOOK_PATH } from '../server/channels/whatsapp/webhook-fields.ts';
import type { WhatsAppConfig } from '../server/config.ts';
import type { Check } from '../server/doctor/check.ts';
import { checkPayment } from '../server/doctor/check-account.ts';
import { checkDailyLimit } from '../server/doctor/check-daily-limit.ts';
import { checkQuality } from '../server/doctor/check-number.ts';
import { checkVersion } from '../server/doctor/check-version.ts';
import { examine } from '../server/doctor/examine.ts';
import { neededTemplates } from '../server/doctor/needed-templates.ts';

const DAYS = 24 * 60 * 60 * 1000;
const VERIFY_TOKEN = 'emulator-verify-token';

let emulator: Emulator;
let state: AccountState;
let management: Management;
let service: PretendService;
let whatsapp: WhatsAppConfig;
beforeEach(async () => {
  state = createAccountState();
  service = await startService();
  emulator = createEmulator({
    port: 0,
    token: 'EAAEMULATORTOKEN',
    appSecret: 'emulator-app-secret',
    verifyToken: VERIFY_TOKEN,
    phoneNumberId: '220330440550660',
    businessAccountId: '110220330440550',
    appId: '330440550660770',
    businessNumber: '15550100200',
    businessName: 'Interview Bot',
    webhookUrl: null,
    registrationUrl: null,
    pageRoot: null,
    now: Date.now,
    seed: 7,
    state,
  });
  const { url } = await emulator.start();
  whatsapp = {
    token: 'EAAEMULATORTOKEN',
    phoneNumberId: '220330440550660',
    verifyToken: VERIFY_TOKEN,
    appSecret: 'emulator-app-secret',
    businessAccountId: '110220330440550',
    appId: '330440550660770',
    apiBaseUrl: url,
    apiVersion: 'v25.0',
    messagesPerSecond: 20,
    dailyLimit: null,
    chatLinkBaseUrl: 'https://wa.me',
  };
  management = createManagement(whatsapp);
  await setUpEverything();
});
afterEach(async () => {
  await management.close();
  await emulator.close();
  await service.close();
});

describe('the doctor', () => {
  it('finds nothing wrong with a set-up in which nothing is wrong, and says it in order', async () => {
    const checks = await look();
    expect(checks.map(({ name, state: found }) => `${name}: ${found}`)).toEqual([
      'configuration: ok',
      'API version: ok',
      'access token: ok',
      'phone number: ok',
      'health: ok',
      'quality: ok',
      'daily limit: ok',
      'account: ok',
      'payment: ok',
      'account subscription: ok',
      'app subscription: ok',
      'handshake: ok',
      'signature: ok',
      'templates: ok',
      'profile: ok',
      'clock: ok',
    ]);
  });

  it('ends every fault with what mends it, and nothing else', async () => {
    state.number.status = 'DISCONNECTED';
    await management.setProfile({ email: '', websites: [] });
    emulator.templates.setStatus('welcome', 'PAUSED');
    for (const check of await look()) {
      expect(check.mend === null, check.name).toBe(check.state === 'ok' || check.state === 'not-checked');
    }
  });

  it('leaves out what cannot be looked at, and says why', async () => {
    state.token.expiresAt = Date.now() - 1 * DAYS;
    const checks = await look();
    expect(named(checks, 'access token')).toMatchObject({
      state: 'failed',
      sentence: expect.stringMatching(/^It expired on \d{4}-\d\d-\d\d\.$/),
    });
    expect(named(checks, 'phone number')).toEqual({
      name: 'phone number',
      state: 'not-checked',
      sentence: 'Not checked because the check of the access token failed.',
      mend: null,
    });
    expect(named(checks, 'handshake').state).toBe('ok');
    expect(named(checks, 'clock').state).toBe('ok');
  });

  it('goes on without the app id as far as one gets', async () => {
    const checks = await look({ appId: null });
    expect(named(checks, 'configuration')).toMatchObject({
      state: 'failed',
      mend: expect.stringContaining('WHATSAPP_APP_ID'),
    });
    expect(named(checks, 'access token').sentence).toBe('Not checked because WHATSAPP_APP_ID is not set.');
    expect(named(checks, 'phone number').state).toBe('ok');
  });

  it('wants an address that Meta can reach', async () => {
    const ofMeta = { apiBaseUrl: 'https://graph.facebook.com' };
    expect(named(await look(ofMeta), 'configuration').sentence).toMatch(/only this machine can reach/);
    expect(named(await look({}, { publicUrl: 'http://bot.test' }), 'configuration').sentence).toMatch(
      /not https/,
    );
  });

  it('tells a version that Meta does not know from an API that is not there', async () => {
    const dead = await look({ apiVersion: 'v19.0' });
    expect(named(dead, 'API version')).toMatchObject({
      state: 'failed',
      sentence: 'Meta does not know version v19.0 of its API.',
      mend: expect.stringContaining('WHATSAPP_API_VERSION'),
    });
    expect(named(dead, 'access token').state).toBe('not-checked');
    expect(named(await look({ apiBaseUrl: service.url }), 'API version').sentence).toMatch(
      /Something other than the Graph API answered/,
    );
    await emulator.close();
    expect(named(await look(), 'API version').sentence).toMatch(/cannot be reached/);
  });

  it('warns of a version that will be switched off', () => {
    const alive = { kind: 'known', value: { isAlive: true, timeThere: null } } as const;
    const on = (date: string) => checkVersion(alive, { version: 'v21.0', now: Date.parse(date) });
    expect(on('2026-10-01')).toMatchObject({ state: 'ok' });
    expect(on('2026-12-24')).toMatchObject({
      state: 'warning',
      sentence: expect.stringContaining('2027-01-21'),
    });
  });
});

describe('the access token', () => {
  const token = async (change: Partial<WhatsAppConfig> = {}) => named(await look(change), 'access token');

  it('is worth a warning two weeks before it expires', async () => {
    state.token.expiresAt = Date.now() + 13 * DAYS;
    expect(await token()).toMatchObject({
      state: 'warning',
      mend: expect.stringContaining('WHATSAPP_TOKEN'),
    });
    state.token.expiresAt = Date.now() + 15 * DAYS;
    expect(await token()).toMatchObject({ state: 'ok' });
  });

  it('must have both permissions, for our account', async () => {
    state.token.scopes = ['whatsapp_business_messaging'];
    expect((await token()).sentence).toBe('It lacks the permission whatsapp_business_management.');
    state.token.scopes = ['whatsapp_business_messaging', 'whatsapp_business_management'];
    state.token.targetIds = ['999'];
    expect((await token()).sentence).toBe('It may not use the account 110220330440550.');
  });

  it('is told from an app secret that is wrong, and never shown', async () => {
    expect(await token({ token: 'EAANOTHINGREAL' })).toMatchObject({ sentence: 'Meta does not accept it.' });
    const wrong = await token({ appSecret: 'wrong' });
    expect(wrong.sentence).toMatch(/does not accept WHATSAPP_APP_ID with WHATSAPP_APP_SECRET/);
    expect(JSON.stringify(wrong)).not.toContain('EAAEMULATORTOKEN');
  });
});

describe('the number', () => {
  it('must be there', async () => {
    expect(named(await look({ phoneNumberId: '1' }), 'phone number')).toMatchObject({
      state: 'failed',
      mend: expect.stringContaining('WHATSAPP_PHONE_NUMBER_ID'),
    });
  });

  it('must be connected, on the Cloud API', async () => {
    state.number.status = 'DISCONNECTED';
    expect(named(await look(), 'phone number')).toMatchObject({
      state: 'failed',
      mend: expect.stringContaining('npm run bot -- number register'),
    });
    state.number.status = 'BANNED';
    expect(named(await look(), 'phone number').mend).toContain('WhatsApp Manager');
    state.number = { ...state.number, status: 'CONNECTED', platform: 'ON_PREMISE' };
    expect(named(await look(), 'phone number').sentence).toMatch(/on ON_PREMISE, not on the Cloud API/);
  });

  it('must be allowed to send, by Meta’s own word', async () => {
    const trouble = { code: 141006, description: 'Not paid.', solution: 'Pay.' };
    state.trouble = { canSend: 'BLOCKED', ...trouble };
    expect(named(await look(), 'health')).toMatchObject({
      state: 'failed',
      sentence: 'Meta lets this number send nothing: Not paid. Pay.',
    });
    state.trouble = { canSend: 'LIMITED', ...trouble };
    expect(named(await look(), 'health')).toMatchObject({ state: 'warning' });
  });

  it.each([
    ['GREEN', 'ok'],
    ['UNKNOWN', 'ok'],
    ['YELLOW', 'warning'],
    ['RED', 'failed'],
  ])('of quality %s is %s', (quality, found) => {
    expect(checkQuality(number({ quality_rating: quality })).state).toBe(found);
  });

  it('must belong to the account', async () => {
    state.number.belongsToAccount = false;
    expect(named(await look(), 'account')).toMatchObject({ state: 'failed' });
  });

  it.each([
    ['TIER_250', 250, null, 'ok'],
    ['TIER_250', 251, null, 'failed'],
    ['TIER_2K', 251, null, 'ok'],
    ['TIER_UNLIMITED', 1_000_000, null, 'ok'],
    ['TIER_2K', 251, 250, 'failed'],
    ['TIER_250', 1, 2000, 'warning'],
    ['TIER_250', null, null, 'not-checked'],
    ['SOMETHING_NEW', 1, null, 'not-checked'],
  ])(
    'with the limit %s, %s learners and an own limit of %s is %s',
    (tier, activeLearners, ownLimit, found) => {
      const facts = number({ whatsapp_business_manager_messaging_limit: tier });
      expect(checkDailyLimit(facts, { activeLearners, ownLimit }).state).toBe(found);
    },
  );

  it('says so when the database cannot be read from here', async () => {
    expect(named(await look({}, { activeLearners: null }), 'daily limit').sentence).toMatch(
      /the database cannot be read from here/,
    );
  });
});

describe('the account', () => {
  it('must have a payment method', () => {
    const account = (fields: object) =>
      checkPayment(readAnswer({ kind: 'answered', status: 200, body: fields, date: null }, accountSchema));
    expect(account({ id: '1', primary_funding_id: '5' }).state).toBe('ok');
    expect(account({ id: '1' })).toMatchObject({
      state: 'failed',
      mend: expect.stringContaining('payment method'),
    });
  });

  it('without one still sends a little, so both the payment and the health are worth a look', async () => {
    emulator.switches.account.noPaymentMethod = true;
    const checks = await look();
    expect(named(checks, 'payment')).toMatchObject({ state: 'failed' });
    expect(named(checks, 'health')).toMatchObject({ state: 'warning' });
  });

  it('must be heard of by the app, at our address', async () => {
    await graph('DELETE', `/${whatsapp.businessAccountId}/subscribed_apps`);
    expect(named(await look(), 'account subscription')).toMatchObject({
      state: 'failed',
      mend: 'npm run bot -- webhook set',
    });
    const elsewhere = { override_callback_uri: `${service.url}/else`, verify_token: VERIFY_TOKEN };
    await graph('POST', `/${whatsapp.businessAccountId}/subscribed_apps`, elsewhere);
    expect(named(await look(), 'account subscription')).toMatchObject({ state: 'warning' });
  });
});

describe('the webhook', () => {
  it('must have our address and all of our fields', async () => {
    const set = (callbackUrl: string, fields: readonly string[]) =>
      management.setAppSubscription({ callbackUrl, verifyToken: VERIFY_TOKEN, fields });
    const check = async () => named(await look(), 'app subscription');
    await set(`${service.url}/else`, WEBHOOK_FIELDS);
    expect(await check()).toMatchObject({
      state: 'failed',
      sentence: expect.stringContaining('/else, not to'),
    });
    await set(service.url + WEBHOOK_PATH, ['account_update']);
    expect((await check()).sentence).toBe('The app does not ask for messages.');
    await set(service.url + WEBHOOK_PATH, ['messages']);
    expect(await check()).toMatchObject({
      state: 'warning',
      sentence: expect.stringContaining('message_template_status_update'),
    });
  });

  it('must shake hands, and with nobody else’s token', async () => {
    service.handshakes = 'with-everybody';
    expect(named(await look(), 'handshake').sentence).toMatch(/A wrong verify token is not refused/);
    service.handshakes = 'with-another-token';
    expect(named(await look(), 'handshake').sentence).toMatch(/has another verify token/);
    service.handshakes = 'with-a-page';
    expect(named(await look(), 'handshake').sentence).toMatch(/Something else than the service/);
    await service.close();
    const checks = await look();
    expect(named(checks, 'handshake')).toMatchObject({
      sentence: expect.stringContaining('Nobody answers'),
      mend: expect.stringContaining('npm start'),
    });
    expect(named(checks, 'signature').state).toBe('not-checked');
  });

  it('must refuse what is not signed', async () => {
    service.postsAnsweredWith = 200;
    expect(named(await look(), 'signature')).toMatchObject({
      state: 'failed',
      sentence: 'A notification without a signature is answered with HTTP 200, not refused.',
    });
    service.postsAnsweredWith = 403;
    expect(named(await look(), 'signature').state).toBe('ok');
  });
});

describe('the templates', () => {
  const check = async (name: string) => named(await look(), `template ${name}`);

  it('must be there', async () => {
    await graph('DELETE', `/${whatsapp.businessAccountId}/message_templates?name=welcome`);
    expect(await check('welcome (es)')).toMatchObject({
      state: 'failed',
      mend: 'npm run bot -- templates push',
    });
  });

  it('must be approved', async () => {
    emulator.templates.setStatus('welcome', 'REJECTED', 'pt_BR');
    expect(await check('welcome (pt_BR)')).toMatchObject({
      state: 'failed',
      sentence: 'It is REJECTED (INVALID_FORMAT): it cannot be sent.',
    });
    emulator.templates.setStatus('welcome', 'PENDING', 'en');
    expect(await check('welcome (en)')).toMatchObject({ state: 'warning' });
  });

  it('are worth a warning when one that only stands in for another cannot be sent', async () => {
    emulator.templates.setStatus('welcome', 'DISABLED', 'pt_PT');
    expect((await check('welcome (pt_PT)')).state).toBe('warning');
    emulator.templates.setStatus('welcome', 'PAUSED', 'pt_BR');
    expect((await check('welcome (pt_PT)')).state).toBe('failed');
  });

  it('must be in our words', async () => {
    const template = emulator.templates.list().find((it) => it.name === 'daily_question_teaser')!;
    await graph('POST', `/${template.id}`, {
      components: [{ type: 'BODY', text: 'Something that somebody typed into the manager' }],
    });
    emulator.tick();
    expect((await check(`daily_question_teaser (${template.language})`)).sentence).toBe(
      "Meta's version is not ours: body, parameters, footer, buttons.",
    );
  });

  it('are worth a warning when Meta moves them to another category', async () => {
    emulator.templates.announceCategory('daily_question', 'MARKETING', 'en');
    expect(await check('daily_question (en)')).toMatchObject({
      state: 'warning',
      sentence: expect.stringContaining('about to make it MARKETING'),
    });
  });
});

describe('the profile', () => {
  it('must name a way to a person, and should say what the service is', async () => {
    await management.setProfile({ description: '' });
    expect(named(await look(), 'profile')).toMatchObject({ state: 'warning' });
    await management.setProfile({ email: '' });
    expect(named(await look(), 'profile')).toMatchObject({
      state: 'failed',
      mend: expect.stringContaining('npm run bot -- profile set --email'),
    });
  });
});

describe('the clock', () => {
  it.each([
    ['ahead of', 5 * 60 * 1000],
    ['behind', -5 * 60 * 1000],
  ])('may not be minutes %s Meta’s', async (direction, byMs) => {
    expect(named(await look({}, { clockOffMs: byMs }), 'clock')).toMatchObject({
      state: 'failed',
      sentence: expect.stringContaining(direction),
    });
  });
});

async function look(
  change: Partial<WhatsAppConfig> = {},
  other: { publicUrl?: string; activeLearners?: number | null; clockOffMs?: number } = {},
): Promise<readonly Check[]> {
  const changed = { ...whatsapp, ...change };
  const own = createManagement(changed);
  try {
    return await examine({
      config: { publicUrl: other.publicUrl ?? service.url, whatsapp: changed },
      management: own,
      fetch,
      now: () => Date.now() + (other.clockOffMs ?? 0),
      activeLearners: async () => (other.activeLearners === undefined ? 12 : other.activeLearners),
    });
  } finally {
    await own.close();
  }
}

function named(checks: readonly Check[], name: string): Check {
  const found = checks.find((check) => check.name === name);
  if (found === undefined) throw new Error(`no check ${name} in ${JSON.stringify(checks, null, 2)}`);
  return found;
}

async function setUpEverything(): Promise<void> {
  const callbackUrl = service.url + WEBHOOK_PATH;
  const done = [
    await management.setAppSubscription({ callbackUrl, verifyToken: VERIFY_TOKEN, fields: WEBHOOK_FIELDS }),
    await management.subscribeAccount(),
    await management.setProfile({ email: 'help@bot.test', description: 'One interview question a day.' }),
  ];
  for (const template of neededTemplates()) await management.createTemplate(template);
  expect(done.map((answer) => answer.kind)).toEqual(['known', 'known', 'known']);
  emulator.tick();
}

async function graph(method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(`${whatsapp.apiBaseUrl}/v25.0${path}`, {
    method,
    headers: { authorization: `Bearer ${whatsapp.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.status).toBe(200);
}

function number(fields: object): Answer<NumberFacts> {
  return readAnswer(
    { kind: 'answered', status: 200, body: { id: '1', ...fields }, date: null },
    numberSchema,
  );
}

type PretendService = {
  readonly url: string;
  handshakes: 'right' | 'with-everybody' | 'with-another-token' | 'with-a-page';
  postsAnsweredWith: number;
  close(): Promise<void>;
};

/** What stands at the public address: the door's own handshake, or what a misled proxy would make of it. */
async function startService(): Promise<PretendService> {
  const server: Server = createServer((request, response) => {
    request.resume();
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST') {
      response.writeHead(it.postsAnsweredWith).end();
      return;
    }
    switch (it.handshakes) {
      case 'with-everybody':
        response.end(searchParams.get('hub.challenge') ?? '');
        return;
      case 'with-a-page':
        response.end('<html>It works!</html>');
        return;
      default: {
        const token = it.handshakes === 'right' ? VERIFY_TOKEN : 'another';
        const answer = answerHandshake(searchParams, token);
        response.writeHead(answer.status).end(answer.status === 200 ? answer.challenge : '');
      }
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const it: PretendService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    handshakes: 'right',
    postsAnsweredWith: 401,
    close: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return it;
}
