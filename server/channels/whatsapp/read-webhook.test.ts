import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Heard } from '../../../interview/heard.ts';
import type { AccountNews, InboundMessage, InboundStatus, TemplateNews, WebhookReading } from '../channel.ts';
import { readWebhook } from './read-webhook.ts';
import { isSignedBy } from './verify-signature.ts';

const FOLDER = new URL('../../../test/payloads/whatsapp/', import.meta.url);
const APP_SECRET = 'emulator-app-secret';
const OWN_NUMBER_ID = '220330440550660';
const RECEIVED_AT = 1795429000_000;

const NOTHING: WebhookReading = {
  messages: [],
  statuses: [],
  templates: [],
  account: [],
  unreadable: [],
  ignored: 0,
};

const ANA = { phone: '5511955501234', bsuid: 'BR.9f3K2m7Qx1', waId: null };
const WAMID = 'wamid.HBgNNTUxMTk1NTUwMTIzNBUCABIYEDNBMDE=';
const MEDIA_URL =
  'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=990880770660550&ext=1795428300&hash=ARn4xQ';
const VOICE = {
  mediaId: '990880770660550',
  url: MEDIA_URL,
  mimeType: 'audio/ogg; codecs=opus',
  sha256: '3mF0bqVvF0T5dJ0dXbGJm5f8o3Yq0m3kH1Zr2VtqL7A=',
};

/** One row per file: what happened, the file, and all that we should have understood. */
const RECORDED: readonly (readonly [label: string, file: string, understood: WebhookReading])[] = [
  ['a text', 'text-plain', ana(text('A closure keeps its scope'))],
  [
    'a text with accents, an emoji, a slash and two lines',
    'text-accents-emoji-slash',
    ana(text('Olá! Uma closure guarda o escopo léxico e/ou variáveis 😀\nnão só o valor')),
  ],
  ['a text with nothing in it', 'text-empty', ana(text(''))],
  ['a voice note with its address', 'audio-with-url', ana({ kind: 'voice', media: VOICE })],
  [
    'a voice note without an address',
    'audio-without-url',
    ana({ kind: 'voice', media: { ...VOICE, url: null } }),
  ],
  [
    'an audio file recorded elsewhere',
    'audio-shared-file',
    ana({ kind: 'voice', media: { ...VOICE, mimeType: 'audio/mpeg' } }),
  ],
  [
    'a voice note in the old spelling, with nothing but its id',
    'audio-old-spelling',
    ana({ kind: 'voice', media: { ...VOICE, url: null, sha256: null } }),
  ],
  ['a sound too large for WhatsApp', 'audio-too-large', ana({ kind: 'media-lost', what: 'audio' })],
  ['a picture', 'image', ana({ kind: 'media', what: 'image' })],
  ['a video', 'video', ana({ kind: 'media', what: 'video' })],
  ['a document', 'document', ana({ kind: 'media', what: 'document' })],
  ['a sticker', 'sticker', ana({ kind: 'media', what: 'sticker' })],
  ['a place', 'location', ana({ kind: 'media', what: 'location' })],
  ['a contact card', 'contacts', ana({ kind: 'media', what: 'contacts' })],
  ['a reaction', 'reaction', ana({ kind: 'reaction', emoji: '👍', to: 'wamid.Q1' })],
  ['a reaction taken back', 'reaction-removed', ana({ kind: 'reaction', emoji: null, to: 'wamid.Q1' })],
  [
    'the quick reply of a template',
    'template-button',
    ana({ kind: 'tap', payload: 'daily:2026-11-23:answer', title: 'Responder agora' }, { about: 'wamid.T1' }),
  ],
  [
    'a quick reply that was sent without a payload',
    'template-button-without-payload',
    ana({ kind: 'tap', payload: 'Não sou eu', title: 'Não sou eu' }, { about: 'wamid.T1' }),
  ],
  [
    'a reply button',
    'button-reply',
    ana({ kind: 'tap', payload: 'ans:42:skip', title: 'Pular' }, { about: 'wamid.Q1' }),
  ],
  [
    'a row of a list',
    'list-reply',
    ana({ kind: 'tap', payload: 'area:python', title: 'Python' }, { about: 'wamid.Q2' }),
  ],
  [
    'a form filled in',
    'flow-reply',
    ana(
      { kind: 'tap', payload: '{"flow_token":"t1","area":"python"}', title: 'Sent' },
      { about: 'wamid.Q2' },
    ),
  ],
  [
    'an answer to a question we never ask',
    'call-permission-reply',
    ana({ kind: 'unsupported', what: 'call_permission_reply' }),
  ],
  ['a reply that quotes', 'quoted-reply', ana(text('O event loop atende a fila'), { about: 'wamid.Q1' })],
  ['a forwarded text', 'forwarded', ana(text('Veja isto'))],
  ['the first message after an advertisement', 'referral', ana(text('START 7Q4K'))],
  ['an edited message', 'unsupported-edit', ana({ kind: 'unsupported', what: 'edit' })],
  [
    'an unknown type in the old spelling',
    'unknown-old-spelling',
    ana({ kind: 'unsupported', what: 'unknown' }),
  ],
  ['a type that does not exist yet', 'type-of-tomorrow', ana({ kind: 'unsupported', what: 'hologram' })],
  ['an order', 'order', ana({ kind: 'unsupported', what: 'order' })],
  ['keys that do not exist yet', 'keys-of-tomorrow', ana(text('Oi'))],
  [
    'a learner who moved to another number',
    'system-number-change',
    ana({
      kind: 'address-changed',
      phone: '5521955509876',
      bsuid: 'BR.77Lq0',
      previousBsuid: 'BR.9f3K2m7Qx1',
    }),
  ],
  [
    'a learner who got another id, known by the old one',
    'system-id-change',
    ana(
      { kind: 'address-changed', phone: null, bsuid: 'BR.77Lq0', previousBsuid: 'BR.9f3K2m7Qx1' },
      { sender: { phone: null, bsuid: 'BR.9f3K2m7Qx1', waId: null } },
    ),
  ],
  ['a new security code, which says nothing to us', 'system-identity-key', { ...NOTHING, ignored: 1 }],
  [
    'a learner who shows no number',
    'sender-bsuid-only',
    ana(text('Oi'), { sender: { phone: null, bsuid: 'BR.9f3K2m7Qx1', waId: null } }),
  ],
  [
    'an id where the number used to be',
    'sender-bsuid-inside-from',
    ana(text('Oi'), { sender: { phone: null, bsuid: 'BR.9f3K2m7Qx1', waId: null } }),
  ],
  [
    'an id within a group of businesses',
    'sender-parent-bsuid',
    ana(text('Oi'), { sender: { phone: null, bsuid: 'US.ENT.9f3K2m7Qx1', waId: null } }),
  ],
  ['a learner with a username', 'sender-with-username', ana(text('Oi'))],
  [
    'a number that its contact spells differently',
    'sender-other-spelling',
    ana(text('Oi'), { sender: { ...ANA, waId: '551155501234' } }),
  ],
  ['a message without contacts', 'sender-without-contacts', ana(text('Oi'))],
  [
    'a message from nobody',
    'sender-unreadable',
    { ...NOTHING, unreadable: [setAside(/neither a number nor an id/, { type: 'text' })] },
  ],
  [
    'a text without its content',
    'text-without-content',
    { ...NOTHING, unreadable: [setAside(/type text without its content/, { id: WAMID })] },
  ],
  ['a message to a group', 'group-message', { ...NOTHING, ignored: 1 }],
  ['a time in milliseconds', 'timestamp-in-milliseconds', ana(text('Oi'), { sentAt: 1795428000_123 })],

  [
    'a message that left Meta',
    'status-sent',
    status({ delivery: 'sent', at: 1795428003_000, price: { type: 'regular', category: 'utility' } }),
  ],
  [
    'a delivery',
    'status-delivered',
    status({ delivery: 'delivered', at: 1795428004_000, price: { type: 'regular', category: 'utility' } }),
  ],
  ['a message that was read', 'status-read', status({ delivery: 'read', at: 1795428060_000 })],
  ['a voice message that was played', 'status-played', status({ delivery: 'played', at: 1795428070_000 })],
  ['a closed window', 'status-failed-131047', failed({ class: 'template', code: 131047 })],
  ['a message withheld by Meta', 'status-failed-131049', failed({ class: 'wait', code: 131049 })],
  [
    'a number without WhatsApp, which the detail does not repeat',
    'status-failed-131026',
    failed({ class: 'user', code: 131026, detail: 'Message to [hidden] is undeliverable.' }),
  ],
  [
    'a failure without a reason',
    'status-failed-without-errors',
    failed({ class: 'retry', code: null, detail: null }),
  ],
  [
    'statuses in the wrong order',
    'statuses-out-of-order',
    together(
      status({ delivery: 'read', at: 1795428060_000 }),
      status({ delivery: 'delivered', at: 1795428004_000 }),
      status({ delivery: 'sent', at: 1795428003_000 }),
    ),
  ],
  [
    'a message that cost nothing',
    'status-free-of-charge',
    status({
      delivery: 'sent',
      at: 1795428003_000,
      price: { type: 'free_customer_service', category: 'service' },
    }),
  ],
  [
    'a status of older webhooks, with a conversation',
    'status-v23-conversation',
    status({ delivery: 'sent', at: 1795428003_000, price: { type: null, category: 'utility' } }),
  ],
  [
    'a delivery to a learner who shows no number',
    'status-bsuid-only',
    status({ recipient: { phone: null, bsuid: 'BR.9f3K2m7Qx1', waId: null } }),
  ],
  [
    'the delivery of a message that bore no mark of ours',
    'status-without-callback-data',
    status({ callbackData: null, recipient: { phone: '5511955501234', bsuid: null, waId: null } }),
  ],
  ['a status we have no use for', 'status-deleted', { ...NOTHING, ignored: 1 }],
  ['a status of a group', 'status-of-a-group', { ...NOTHING, ignored: 1 }],

  [
    'several entries, changes, messages and statuses at once',
    'batch-of-many',
    together(
      ana(text('Primeira parte'), { channelId: 'wamid.A1' }),
      ana(text('Meu número novo'), {
        channelId: 'wamid.A2',
        sentAt: 1795428001_000,
        sender: { phone: '5521955509876', bsuid: 'BR.77Lq0', waId: null },
      }),
      status({ delivery: 'delivered', at: 1795428004_000 }),
      status({ delivery: 'read', at: 1795428060_000 }),
      ana(text('Segunda parte'), { channelId: 'wamid.A3' }),
      template({ languageCode: 'es', state: 'APPROVED', category: null, at: 1795428005_000 }),
    ),
  ],
  [
    'unreadable items, around which everything is understood',
    'one-unreadable-among-good',
    together(
      ana(text('Antes'), { channelId: 'wamid.A1' }),
      ana(text('Depois'), { channelId: 'wamid.A3' }),
      status({ delivery: 'sent', at: 1795428003_000 }),
      ana(text('Outra'), { channelId: 'wamid.A4' }),
      {
        ...NOTHING,
        unreadable: [
          setAside(/^text\.body: /, { id: 'wamid.A2' }),
          { why: expect.stringMatching(/^item: /), item: 'not even an object' },
          setAside(/^status: .*timestamp: /, { id: 'wamid.Q1' }),
          setAside(/^value: /, { field: 'messages' }),
          setAside(/^changes: /, { id: '110220330440550' }),
        ],
      },
    ),
  ],

  ['marketing switched off', 'preference-stop', preference('stop', 1795428100)],
  ['marketing switched on again', 'preference-resume', preference('resume', 1795428200)],
  ['a preference we know nothing of', 'preference-of-another-category', { ...NOTHING, ignored: 1 }],

  ['an approved template', 'template-approved', template({ state: 'APPROVED', category: 'UTILITY' })],
  [
    'a paused template',
    'template-paused',
    template({ state: 'PAUSED', category: 'UTILITY', reason: 'FIRST_PAUSE' }),
  ],
  [
    'a rejected template',
    'template-rejected',
    template({ state: 'REJECTED', category: 'UTILITY', reason: 'INVALID_FORMAT' }),
  ],
  [
    'a disabled template, in a notification that bears no time',
    'template-status-without-time',
    template({ languageCode: 'en', state: 'DISABLED', at: RECEIVED_AT }),
  ],
  [
    'a category that is about to change',
    'template-category-warning',
    account(
      'template_category_update',
      /turn template daily_question_v1 \(pt_BR\) from UTILITY into MARKETING/,
    ),
  ],
  [
    'a category that has changed',
    'template-category-changed',
    template({ state: null, category: 'MARKETING' }),
  ],
  [
    'a template that learners like less',
    'template-quality',
    account('message_template_quality_update', /daily_question_v1 \(pt_BR\) went from GREEN to YELLOW/),
  ],
  [
    'the same under the name of another field',
    'template-quality-in-another-field',
    account('message_template_quality_update', /went from YELLOW to RED/),
  ],
  [
    'news of a template without a name',
    'template-unreadable',
    { ...NOTHING, unreadable: [setAside(/^message_template_name: /, { event: 'APPROVED' })] },
  ],
  [
    'a restricted account',
    'account-restricted',
    account('account_update', /ACCOUNT_RESTRICTION, RESTRICTED_BIZ_INITIATED_MESSAGING/, {
      halts: 'templates',
    }),
  ],
  [
    'a banned account',
    'account-banned',
    account('account_update', /DISABLED_UPDATE, SCHEDULE_FOR_DISABLE.*ask for a review/),
  ],
  [
    'an account that reached another tier',
    'account-changed',
    account('account_update', /VOLUME_BASED_PRICING/, { weight: 'note' }),
  ],
  ['an alert', 'account-alert', account('account_alerts', /CRITICAL, INCREASED_.*, Complete your profile\./)],
  [
    'a review of the account',
    'account-review',
    account('account_review_update', /APPROVED/, { weight: 'note' }),
  ],
  [
    'a daily limit as a number',
    'business-capability',
    account('business_capability_update', /is now 2000:/, { weight: 'note', dailyLimit: 2000 }),
  ],
  [
    'a daily limit as a tier',
    'business-capability-as-tier',
    account('business_capability_update', /is now TIER_10K:/, { weight: 'note', dailyLimit: 10_000 }),
  ],
  [
    'a faster number',
    'phone-number-quality',
    account('phone_number_quality_update', /THROUGHPUT_UPGRADE, daily limit TIER_UNLIMITED/, {
      weight: 'note',
      dailyLimit: 'unlimited',
    }),
  ],
  [
    'a display name that was refused',
    'phone-number-name',
    account('phone_number_name_update', /Interview Bot: REJECTED, NAME_CLIENT_MISMATCH/),
  ],
  ['a changed PIN', 'security-pin-changed', account('security', /PIN_CHANGED/)],
  [
    'trouble of the whole app',
    'top-level-error',
    account('errors', /^Error 130429: The number sends faster/),
  ],

  ['a field we do not use', 'unused-field', { ...NOTHING, ignored: 1 }],
  ['what belongs to another number of the account', 'other-phone-number', { ...NOTHING, ignored: 2 }],
  ['what belongs to another product of Meta', 'other-object', NOTHING],
  ['an empty notification', 'nothing-inside', NOTHING],
];

describe('from a recorded notification we understand', () => {
  test.each(RECORDED)('%s', (_label, file, understood) => {
    const body: unknown = JSON.parse(recorded(`${file}.json`).toString());
    expect(readWebhook(body, OWN_NUMBER_ID, RECEIVED_AT)).toEqual(understood);
  });

  test('every file there is', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
    expect(RECORDED.map(([, file]) => `${file}.json`).sort()).toEqual(files.sort());
  });
});

describe('a recorded notification', () => {
  test.each(signatures())('%s is signed over its bytes', (file, signature) => {
    expect(isSignedBy(APP_SECRET, recorded(file), `sha256=${signature}`)).toBe(true);
  });

  test.each(RECORDED)('of %s is written as Meta writes', (_label, file) => {
    const bytes = recorded(`${file}.json`).toString('latin1');
    expect(bytes).toMatch(/^\{[\x20-\x7e]*\}$/);
    expect(bytes).not.toMatch(/(?<!\\)\//);
    expect(bytes).not.toMatch(/\\u[0-9a-f]{0,3}[A-F]/);
  });
});

describe('a repeat of a notification', () => {
  test('of a preference bears the same id', () => {
    const [first, second] = [read('preference-stop'), read('preference-stop', RECEIVED_AT + 60_000)];
    expect(first.messages[0]?.channelId).toBe('preference:BR.9f3K2m7Qx1:stop:1795428100');
    expect(second).toEqual(first);
  });

  test('of account news bears the same key, other news another', () => {
    const key = read('account-restricted').account[0]?.key;
    expect(read('account-restricted', RECEIVED_AT + 60_000).account[0]?.key).toBe(key);
    expect(read('account-banned').account[0]?.key).not.toBe(key);
  });

  test('of an error without a time is the same news on one day and other news on the next', () => {
    const day = 24 * 60 * 60_000;
    const key = read('top-level-error').account[0]?.key;
    expect(read('top-level-error', RECEIVED_AT + 60_000).account[0]?.key).toBe(key);
    expect(read('top-level-error', RECEIVED_AT + day).account[0]?.key).not.toBe(key);
  });
});

describe('what is no notification at all', () => {
  test.each([null, 17, 'hello', [], {}, { object: 1 }])('is set aside whole: %j', (body) => {
    expect(readWebhook(body, OWN_NUMBER_ID).unreadable).toEqual([{ why: expect.any(String), item: body }]);
  });

  test('does not hide what stands beside it', () => {
    const messages = [
      { id: 'wamid.A1', from: '5511955501234', timestamp: 1795428000, type: 'text', text: { body: 'Oi' } },
    ];
    const value = { messages, statuses: 'none today', contacts: [17, null], metadata: 'ours' };
    const body = {
      object: 'whatsapp_business_account',
      entry: [{ time: 'noon', changes: [{ field: 'messages', value }] }],
    };
    const reading = readWebhook(body, OWN_NUMBER_ID);
    expect(reading.messages).toHaveLength(1);
    expect(reading.unreadable).toEqual([{ why: 'statuses is not a list', item: 'none today' }]);
  });

  test('is described without the words of the learner', () => {
    const [item] = read('one-unreadable-among-good').unreadable;
    expect(item?.why).not.toContain('42');
  });
});

function recorded(file: string): Buffer {
  return readFileSync(new URL(file, FOLDER));
}

function read(file: string, receivedAt = RECEIVED_AT): WebhookReading {
  return readWebhook(JSON.parse(recorded(`${file}.json`).toString()), OWN_NUMBER_ID, receivedAt);
}

/** Made with `openssl dgst -sha256 -hmac`, not with the code under test. */
function signatures(): [file: string, signature: string][] {
  const lines = recorded('signatures.txt').toString().trim().split('\n');
  return lines.map((line) => [line.slice(66), line.slice(0, 64)]);
}

function text(words: string): Heard {
  return { kind: 'text', text: words };
}

function ana(heard: Heard, other: Partial<InboundMessage> = {}): WebhookReading {
  const message = { channelId: WAMID, sender: ANA, sentAt: 1795428000_000, about: null, heard, ...other };
  return { ...NOTHING, messages: [message] };
}

function preference(value: 'stop' | 'resume', seconds: number): WebhookReading {
  return ana(
    { kind: 'marketing-preference', wanted: value === 'resume' },
    { channelId: `preference:BR.9f3K2m7Qx1:${value}:${seconds}`, sentAt: seconds * 1000 },
  );
}

function status(other: Partial<InboundStatus>): WebhookReading {
  const delivered: InboundStatus = {
    channelId: 'wamid.Q1',
    delivery: 'delivered',
    at: 1795428004_000,
    callbackData: 'out:01J9ZK2M',
    recipient: ANA,
    failure: null,
    price: null,
  };
  return { ...NOTHING, statuses: [{ ...delivered, ...other }] };
}

/** Failed statuses name the number only. */
function failed(failure: object): WebhookReading {
  const recipient = { phone: '5511955501234', bsuid: null, waId: null };
  return status({ delivery: 'failed', recipient, failure: expect.objectContaining(failure) });
}

function template(other: Partial<TemplateNews>): WebhookReading {
  const news = {
    name: 'daily_question_v1',
    languageCode: 'pt_BR',
    state: null,
    category: null,
    reason: null,
  };
  return { ...NOTHING, templates: [{ ...news, at: 1795428300_000, ...other }] };
}

function account(field: string, sentence: RegExp, other: Partial<AccountNews> = {}): WebhookReading {
  const news: AccountNews = {
    field,
    sentence: expect.stringMatching(sentence),
    key: expect.stringMatching(/^[0-9a-f]{64}$/),
    at: expect.any(Number),
    weight: 'trouble',
    halts: null,
    dailyLimit: null,
    ...other,
  };
  return { ...NOTHING, account: [news] };
}

function setAside(why: RegExp, item: object): WebhookReading['unreadable'][number] {
  return { why: expect.stringMatching(why), item: expect.objectContaining(item) };
}

function together(...readings: readonly WebhookReading[]): WebhookReading {
  return {
    messages: readings.flatMap((it) => it.messages),
    statuses: readings.flatMap((it) => it.statuses),
    templates: readings.flatMap((it) => it.templates),
    account: readings.flatMap((it) => it.account),
    unreadable: readings.flatMap((it) => it.unreadable),
    ignored: readings.reduce((sum, it) => sum + it.ignored, 0),
  };
}
