import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, ChannelMessage, Recipient, SendOptions, TemplateDefinition } from '../channel.ts';
import { createWhatsApp, type WhatsAppOptions } from './client.ts';

const TOKEN = 'EAAEMULATORTOKEN';
const PHONE: Recipient = { phone: '5511955501234', bsuid: null };
const OPTIONS: SendOptions = { callbackData: 'out:01J9ZK2M', quoting: null };
const HELLO: ChannelMessage = { form: 'text', text: 'Olá' };
const ACCEPTED = {
  messaging_product: 'whatsapp',
  contacts: [{ input: '+5511955501234', wa_id: '5511955501234' }],
  messages: [{ id: 'wamid.Q1' }],
};

type Received = { method: string; url: string; authorization: string; contentType: string; body: unknown };
type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A pretend Meta that answers as it is told and keeps what it received. */
let meta: { url: string; received: Received[]; answer: Answer; close(): Promise<void> };
let whatsApp: Channel;
let troubles: string[];

beforeEach(async () => {
  meta = await pretendMeta();
  troubles = [];
  whatsApp = connected();
});

afterEach(async () => {
  await meta.close();
  await whatsApp.close();
});

describe('a message that Meta accepts', () => {
  test('has the id that Meta gave it and the number as WhatsApp spells it', async () => {
    answers(200, { ...ACCEPTED, contacts: [{ input: '+5511955501234', wa_id: '551155501234' }] });
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toEqual({
      kind: 'accepted',
      channelId: 'wamid.Q1',
      waId: '551155501234',
      bsuid: null,
    });
  });

  test('has the id of a learner who shows no number', async () => {
    answers(200, { ...ACCEPTED, contacts: [{ input: 'BR.9f3K2m7Qx1', user_id: 'BR.9f3K2m7Qx1' }] });
    expect(await whatsApp.send({ phone: null, bsuid: 'BR.9f3K2m7Qx1' }, HELLO, OPTIONS)).toEqual({
      kind: 'accepted',
      channelId: 'wamid.Q1',
      waId: null,
      bsuid: 'BR.9f3K2m7Qx1',
    });
  });

  test('is accepted even when Meta does not say for whom', async () => {
    answers(200, { messages: [{ id: 'wamid.Q1', message_status: 'held_for_quality_assessment' }] });
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject({
      kind: 'accepted',
      waId: null,
      bsuid: null,
    });
  });
});

describe('what goes over the wire', () => {
  test('is one authorised request to the address of the number', async () => {
    await whatsApp.send(PHONE, HELLO, OPTIONS);
    expect(meta.received).toMatchObject([
      {
        method: 'POST',
        url: '/v25.0/220330440550660/messages',
        authorization: `Bearer ${TOKEN}`,
        contentType: 'application/json',
      },
    ]);
  });

  test('keeps a path that the base address brings with it', async () => {
    await replaced({ apiBaseUrl: `${meta.url}/graph/` });
    await whatsApp.send(PHONE, HELLO, OPTIONS);
    expect(meta.received[0]?.url).toBe('/graph/v25.0/220330440550660/messages');
  });

  test('is a text without a preview, to the number with its plus, marked as ours', async () => {
    await whatsApp.send(PHONE, HELLO, OPTIONS);
    expect(meta.received[0]?.body).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+5511955501234',
      biz_opaque_callback_data: 'out:01J9ZK2M',
      type: 'text',
      text: { body: 'Olá', preview_url: false },
    });
  });

  test('goes to the number when there is one, to the id only when there is none', async () => {
    await whatsApp.send({ phone: '5511955501234', bsuid: 'BR.9f3K2m7Qx1' }, HELLO, OPTIONS);
    await whatsApp.send({ phone: null, bsuid: 'BR.9f3K2m7Qx1' }, HELLO, OPTIONS);
    const [toNumber, toId] = meta.received.map(({ body }) => body);
    expect(toNumber).toMatchObject({ to: '+5511955501234' });
    expect(toNumber).not.toHaveProperty('recipient');
    expect(toId).toMatchObject({ recipient: 'BR.9f3K2m7Qx1' });
    expect(toId).not.toHaveProperty('to');
  });

  test('quotes the message of the learner', async () => {
    await whatsApp.send(PHONE, HELLO, { ...OPTIONS, quoting: 'wamid.ANSWER' });
    expect(meta.received[0]?.body).toMatchObject({ context: { message_id: 'wamid.ANSWER' } });
  });

  test('are the buttons in their order', async () => {
    const buttons = [
      { id: 'q:42:hint', title: 'Dica' },
      { id: 'q:42:skip', title: 'Pular' },
    ];
    await whatsApp.send(PHONE, { form: 'buttons', text: 'O que é uma closure?', buttons }, OPTIONS);
    expect(meta.received[0]?.body).toMatchObject({
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: 'O que é uma closure?' },
        action: {
          buttons: [
            { type: 'reply', reply: { id: 'q:42:hint', title: 'Dica' } },
            { type: 'reply', reply: { id: 'q:42:skip', title: 'Pular' } },
          ],
        },
      },
    });
  });

  test('is a template with its parameters by name and its payloads by number', async () => {
    await whatsApp.send(PHONE, DAILY_QUESTION, OPTIONS);
    expect(meta.received[0]?.body).toMatchObject({
      type: 'template',
      template: {
        name: 'daily_question_v1',
        language: { code: 'pt_BR' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', parameter_name: 'first_name', text: 'Ana' },
              { type: 'text', parameter_name: 'area', text: 'JavaScript' },
            ],
          },
          {
            type: 'button',
            sub_type: 'quick_reply',
            index: '0',
            parameters: [{ type: 'payload', payload: 'daily:2026-11-23:answer' }],
          },
          {
            type: 'button',
            sub_type: 'quick_reply',
            index: '1',
            parameters: [{ type: 'payload', payload: 'daily:2026-11-23:pause' }],
          },
        ],
      },
    });
  });

  test('is a template without components when it has nothing to fill in', async () => {
    await whatsApp.send(PHONE, { ...DAILY_QUESTION, parameters: [], payloads: [] }, OPTIONS);
    expect(meta.received[0]?.body).toMatchObject({ template: { components: [] } });
  });
});

describe('a message that Meta refuses', () => {
  test.each([
    [400, 131056, 'pace'],
    [400, 131047, 'template'],
    [404, 132001, 'operator'],
    [401, 190, 'operator'],
    [400, 131009, 'bug'],
    [400, 131026, 'user'],
    [400, 131049, 'wait'],
    [503, 2, 'retry'],
    [429, 130429, 'pace'],
    [200, 131000, 'retry'],
  ])('with HTTP %i and code %i asks for: %s', async (status, code, failureClass) => {
    answers(status, { error: { code, message: 'No.', error_data: { details: 'The details.' } } });
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject({
      kind: 'refused',
      failure: { class: failureClass, code, detail: `The details., HTTP ${status}` },
    });
  });

  test('because of a wrong id in the settings is for the operator', async () => {
    answers(400, {
      error: { code: 100, error_subcode: 33, type: 'GraphMethodException', message: 'Unsupported' },
    });
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject({
      kind: 'refused',
      failure: { class: 'operator', code: 100, sentence: expect.stringMatching(/WHATSAPP_PHONE_NUMBER_ID/) },
    });
  });

  test('shows neither the token nor the learner in the detail', async () => {
    answers(401, { error: { code: 190, message: `Malformed access token ${TOKEN} for +5511955501234` } });
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject({
      failure: { detail: 'Malformed access token [hidden] for +[hidden], HTTP 401' },
    });
  });

  test.each([
    ['a page of a proxy', 502, '<html><h1>Bad Gateway</h1></html>', 'retry'],
    ['nothing', 500, '', 'retry'],
    ['JSON without an error', 503, '{}', 'retry'],
    ['an error without a code', 500, '{"error":{"message":"Oops"}}', 'retry'],
    ['an error that is a word', 400, '{"error":"invalid_request"}', 'bug'],
    ['a page about a wrong address', 404, '<html>Not found</html>', 'bug'],
    ['a page about haste', 429, 'Slow down', 'pace'],
    ['a redirection', 302, '', 'operator'],
  ])('with %s is classed by the HTTP status', async (_, status, body, failureClass) => {
    answersWith(status, body);
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject({
      kind: 'refused',
      failure: { class: failureClass, code: null },
    });
  });
});

describe('a message of which nobody knows whether it was sent', () => {
  test.each([
    ['no id', '{"messaging_product":"whatsapp","messages":[]}'],
    ['an empty id', '{"messages":[{"id":""}]}'],
    ['a page', '<html>Welcome to the hotel</html>'],
    ['nothing', ''],
  ])('was answered by success with %s', async (_, body) => {
    answersWith(200, body);
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toEqual({
      kind: 'unknown',
      why: 'HTTP 200 without a message id',
    });
  });

  test('was taken and never answered', async () => {
    await replaced({ requestTimeoutMs: 50 });
    const taken = Promise.withResolvers<void>();
    meta.answer = () => taken.resolve();
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject({
      kind: 'unknown',
      why: expect.stringMatching(/^UND_ERR_HEADERS_TIMEOUT/),
    });
    await taken.promise;
  });

  test('was answered only by half', async () => {
    meta.answer = (response, request) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"messages":', () => request.socket.end());
    };
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject({ kind: 'unknown' });
  });

  test('was taken before the connection broke', async () => {
    meta.answer = (_, request) => request.socket.resetAndDestroy();
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject({ kind: 'unknown' });
    expect(meta.received).toHaveLength(1);
  });
});

describe('a message that never left', () => {
  const refused = { kind: 'refused', failure: { class: 'retry', code: null } };

  test('found nobody listening', async () => {
    await replaced({ apiBaseUrl: `http://127.0.0.1:${await closedPort()}` });
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject({
      ...refused,
      failure: { detail: expect.stringMatching(/^ECONNREFUSED/) },
    });
  });

  test('found no such host', async () => {
    await replaced({ apiBaseUrl: `http://${'too-long-for-a-name'.repeat(4)}.invalid` });
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject(refused);
  });

  test('found a host that does not speak TLS', async () => {
    await replaced({ apiBaseUrl: meta.url.replace('http:', 'https:') });
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject(refused);
    expect(meta.received).toEqual([]);
  });

  test('found a host that cuts off every TLS handshake', async () => {
    const server = createTcpServer((socket) => socket.on('data', () => socket.resetAndDestroy()));
    await replaced({ apiBaseUrl: `https://127.0.0.1:${await listening(server)}` });
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject(refused);
    await closing(server);
  });

  test('found a host that never finishes the TLS handshake', async () => {
    const server = createTcpServer((socket) => socket.resume());
    await replaced({ apiBaseUrl: `https://127.0.0.1:${await listening(server)}`, connectTimeoutMs: 50 });
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject({
      ...refused,
      failure: { detail: expect.stringMatching(/^UND_ERR_CONNECT_TIMEOUT/) },
    });
    await closing(server);
  });

  test('came after the door was closed', async () => {
    await whatsApp.close();
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject(refused);
  });
});

describe('a message beyond the limits of WhatsApp', () => {
  const buttons = (count: number, title = 'Dica') =>
    Array.from({ length: count }, (_, index) => ({ id: `b${index}`, title: `${title}${index}` }));
  const filledWith = (text: string) => ({ ...DAILY_QUESTION, parameters: [{ name: 'question', text }] });

  test.each<[string, ChannelMessage]>([
    ['an empty text', { form: 'text', text: '' }],
    ['a text of spaces', { form: 'text', text: ' \n ' }],
    ['a text of 4,097 characters', { form: 'text', text: 'x'.repeat(4097) }],
    ['an empty text with buttons', { form: 'buttons', text: '', buttons: buttons(1) }],
    ['1,025 characters with buttons', { form: 'buttons', text: 'x'.repeat(1025), buttons: buttons(1) }],
    ['no button', { form: 'buttons', text: 'Olá', buttons: [] }],
    ['four buttons', { form: 'buttons', text: 'Olá', buttons: buttons(4) }],
    ['a title of 21 characters', { form: 'buttons', text: 'Olá', buttons: buttons(1, 'x'.repeat(20)) }],
    ['an empty title', { form: 'buttons', text: 'Olá', buttons: [{ id: 'b', title: '' }] }],
    ['the same title twice', { form: 'buttons', text: 'Olá', buttons: [...buttons(1), ...buttons(1)] }],
    ['an empty button id', { form: 'buttons', text: 'Olá', buttons: [{ id: '', title: 'Dica' }] }],
    [
      'a button id of 257',
      { form: 'buttons', text: 'Olá', buttons: [{ id: 'x'.repeat(257), title: 'Dica' }] },
    ],
    ['a template without a name', { ...DAILY_QUESTION, name: '' }],
    ['a template without a language', { ...DAILY_QUESTION, languageCode: '' }],
    ['a parameter without a name', { ...DAILY_QUESTION, parameters: [{ name: '', text: 'Ana' }] }],
    ['an empty parameter', filledWith('')],
    ['a parameter of two lines', filledWith('const a = 1;\nconst b = 2;')],
    ['a parameter of two lines, as Windows writes them', filledWith('one\rtwo')],
    ['a parameter with a tab', filledWith('if x:\treturn')],
    ['a parameter with five spaces', filledWith('if x:     return')],
    ['an empty payload', { ...DAILY_QUESTION, payloads: ['daily:answer', ''] }],
  ])('is not sent: %s', async (_, message) => {
    expect(await whatsApp.send(PHONE, message, OPTIONS)).toMatchObject({
      kind: 'refused',
      failure: { class: 'bug', code: null },
    });
    expect(meta.received).toEqual([]);
  });

  test.each<[string, Recipient, SendOptions]>([
    ['to nobody', { phone: null, bsuid: null }, OPTIONS],
    ['without a mark of ours', PHONE, { ...OPTIONS, callbackData: '' }],
    ['with a mark too long', PHONE, { ...OPTIONS, callbackData: 'x'.repeat(513) }],
  ])('is not sent: one %s', async (_, to, options) => {
    expect(await whatsApp.send(to, HELLO, options)).toMatchObject({
      kind: 'refused',
      failure: { class: 'bug' },
    });
    expect(meta.received).toEqual([]);
  });

  test.each<[string, ChannelMessage]>([
    ['4,096 characters', { form: 'text', text: 'x'.repeat(4096) }],
    ['1,024 characters with three buttons', { form: 'buttons', text: 'x'.repeat(1024), buttons: buttons(3) }],
    ['a title of 20', { form: 'buttons', text: 'Olá', buttons: buttons(1, 'x'.repeat(19)) }],
    [
      'a button id of 256',
      { form: 'buttons', text: 'Olá', buttons: [{ id: 'x'.repeat(256), title: 'Dica' }] },
    ],
    ['a parameter with four spaces', filledWith('if x:    return')],
  ])('is only just not: %s', async (_, message) => {
    expect(await whatsApp.send(PHONE, message, OPTIONS)).toMatchObject({ kind: 'accepted' });
  });
});

describe('a message of the learner', () => {
  test('gets its blue ticks', async () => {
    answers(200, { success: true });
    await whatsApp.markRead('wamid.ANSWER', { typing: false });
    expect(meta.received).toMatchObject([{ method: 'POST', url: '/v25.0/220330440550660/messages' }]);
    expect(meta.received[0]?.body).toEqual({
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: 'wamid.ANSWER',
    });
    expect(troubles).toEqual([]);
  });

  test('sees us typing', async () => {
    answers(200, { success: true });
    await whatsApp.markRead('wamid.ANSWER', { typing: true });
    expect(meta.received[0]?.body).toMatchObject({ status: 'read', typing_indicator: { type: 'text' } });
  });

  test('that cannot be marked as read disturbs nobody but is mentioned', async () => {
    answers(401, { error: { code: 190, message: `Malformed access token ${TOKEN}` } });
    await whatsApp.markRead('wamid.ANSWER', { typing: true });
    meta.answer = (_, request) => request.socket.resetAndDestroy();
    await whatsApp.markRead('wamid.ANSWER', { typing: true });
    expect(troubles).toEqual([
      expect.stringMatching(/^A message could not be marked as read\. The access token has expired/),
      expect.stringMatching(/^A message could not be marked as read\. WhatsApp cannot be reached/),
    ]);
    expect(troubles.join()).not.toContain(TOKEN);
  });

  test('that cannot be marked as read needs nobody who listens', async () => {
    answers(500, {});
    const deaf = createWhatsApp(options());
    await deaf.markRead('wamid.ANSWER', { typing: false });
    await deaf.close();
  });
});

describe('the number learners write to', () => {
  test('is what Meta displays, without its ornaments', async () => {
    answers(200, { display_phone_number: '+1 555-010-0200', id: '220330440550660' });
    expect(await whatsApp.businessNumber()).toBe('15550100200');
    expect(meta.received).toMatchObject([
      {
        method: 'GET',
        url: '/v25.0/220330440550660?fields=display_phone_number',
        authorization: `Bearer ${TOKEN}`,
      },
    ]);
  });

  test.each([
    ['Meta refuses', 400, '{"error":{"code":100,"error_subcode":33}}'],
    ['it is not said', 200, '{}'],
    ['it is empty', 200, '{"display_phone_number":""}'],
    ['a proxy answers', 502, '<html></html>'],
  ])('is unknown while %s', async (_, status, body) => {
    answersWith(status, body);
    expect(await whatsApp.businessNumber()).toBeNull();
  });

  test('is unknown while Meta cannot be reached', async () => {
    await replaced({ apiBaseUrl: `http://127.0.0.1:${await closedPort()}` });
    expect(await whatsApp.businessNumber()).toBeNull();
  });
});

describe('a template', () => {
  test('is submitted with its parameters, buttons and time to live', async () => {
    answers(200, { id: '1100220033004400', status: 'PENDING', category: 'UTILITY' });
    expect(await whatsApp.submitTemplate(DAILY_QUESTION_DEFINITION)).toBe('submitted');
    expect(meta.received).toMatchObject([
      { method: 'POST', url: '/v25.0/110220330440550/message_templates' },
    ]);
    expect(meta.received[0]?.body).toEqual({
      name: 'daily_question_v1',
      language: 'pt_BR',
      category: 'UTILITY',
      parameter_format: 'named',
      message_send_ttl_seconds: 43_200,
      components: [
        {
          type: 'BODY',
          text: 'Olá, {{first_name}}. Sua pergunta diária de {{area}} está pronta.',
          example: {
            body_text_named_params: [
              { param_name: 'first_name', example: 'Ana' },
              { param_name: 'area', example: 'JavaScript' },
            ],
          },
        },
        { type: 'FOOTER', text: 'Responda PARAR para cancelar' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'QUICK_REPLY', text: 'Responder agora' },
            { type: 'QUICK_REPLY', text: 'Pausar' },
          ],
        },
      ],
    });
  });

  test('is submitted with its body alone when there is nothing else', async () => {
    answers(200, { id: '1' });
    await whatsApp.submitTemplate({
      ...DAILY_QUESTION_DEFINITION,
      footer: null,
      quickReplies: [],
      samples: [],
    });
    const text = DAILY_QUESTION_DEFINITION.body;
    expect(meta.received[0]?.body).toMatchObject({ components: [{ type: 'BODY', text }] });
  });

  test.each([
    ['by its subcode', { code: 100, error_subcode: 2388023, message: 'Invalid parameter' }],
    ['by another subcode', { code: 100, error_subcode: 2388024 }],
    ['by a clash of names', { code: 100, error_subcode: 2388039 }],
    ['by its code', { code: 2388023 }],
    ['in words', { code: 192, error_user_msg: 'There is content in this language. It already exists.' }],
    ['in the title', { code: 100, error_user_title: 'Template already exists' }],
  ])('that is there already is recognised %s', async (_, error) => {
    answers(400, { error });
    expect(await whatsApp.submitTemplate(DAILY_QUESTION_DEFINITION)).toBe('exists');
  });

  test('that is still being deleted is not there', async () => {
    answers(400, {
      error: { code: 100, error_subcode: 2388023, error_user_title: 'Language is being deleted' },
    });
    expect(await whatsApp.submitTemplate(DAILY_QUESTION_DEFINITION)).toMatchObject({
      failed: { class: 'operator' },
    });
  });

  test.each([
    ['against the format', 400, { code: 100, error_subcode: 2388299 }, 'operator'],
    ['with a token that has expired', 401, { code: 190 }, 'operator'],
    ['too often', 400, { code: 80007 }, 'pace'],
    ['while Meta is down', 503, { code: 2 }, 'retry'],
  ])('fails %s', async (_, status, error, failureClass) => {
    answers(status, { error });
    expect(await whatsApp.submitTemplate(DAILY_QUESTION_DEFINITION)).toMatchObject({
      failed: { class: failureClass },
    });
  });

  test('may be submitted again when no answer came', async () => {
    meta.answer = (_, request) => request.socket.resetAndDestroy();
    expect(await whatsApp.submitTemplate(DAILY_QUESTION_DEFINITION)).toMatchObject({
      failed: { class: 'retry' },
    });
  });

  test('needs the account it belongs to', async () => {
    await replaced({ businessAccountId: null });
    expect(await whatsApp.submitTemplate(DAILY_QUESTION_DEFINITION)).toMatchObject({
      failed: { class: 'operator', sentence: expect.stringMatching(/WHATSAPP_BUSINESS_ACCOUNT_ID/) },
    });
    expect(meta.received).toEqual([]);
  });
});

describe('the door', () => {
  test('reads every answer to its end, so that its connections serve again and again', async () => {
    const sockets = new Set<unknown>();
    for (let call = 0; call < 20; call++) {
      meta.answer = (response, request) => {
        sockets.add(request.socket);
        response.writeHead(call % 2 === 0 ? 200 : 502).end('x'.repeat(100_000));
      };
      await whatsApp.send(PHONE, HELLO, OPTIONS);
    }
    expect(sockets.size).toBeLessThan(10);
  });

  test('lets what is under way finish before it closes, and may be closed twice', async () => {
    const taken = Promise.withResolvers<ServerResponse>();
    meta.answer = (response) => taken.resolve(response);
    const sending = whatsApp.send(PHONE, HELLO, OPTIONS);
    const response = await taken.promise;
    const closing = whatsApp.close();
    response.writeHead(200).end(JSON.stringify(ACCEPTED));
    expect(await sending).toMatchObject({ kind: 'accepted' });
    await closing;
    await whatsApp.close();
  });

  test('stays open after a connection broke', async () => {
    meta.answer = (_, request) => request.socket.resetAndDestroy();
    await whatsApp.send(PHONE, HELLO, OPTIONS);
    answers(200, ACCEPTED);
    expect(await whatsApp.send(PHONE, HELLO, OPTIONS)).toMatchObject({ kind: 'accepted' });
  });

  test('throws when a setting could never have worked', async () => {
    await replaced({ token: 'two\nlines' });
    await expect(whatsApp.send(PHONE, HELLO, OPTIONS)).rejects.toThrow(/invalid/);
  });
});

const DAILY_QUESTION: ChannelMessage & { form: 'template' } = {
  form: 'template',
  name: 'daily_question_v1',
  languageCode: 'pt_BR',
  parameters: [
    { name: 'first_name', text: 'Ana' },
    { name: 'area', text: 'JavaScript' },
  ],
  payloads: ['daily:2026-11-23:answer', 'daily:2026-11-23:pause'],
};

const DAILY_QUESTION_DEFINITION: TemplateDefinition = {
  name: 'daily_question_v1',
  languageCode: 'pt_BR',
  category: 'UTILITY',
  body: 'Olá, {{first_name}}. Sua pergunta diária de {{area}} está pronta.',
  footer: 'Responda PARAR para cancelar',
  quickReplies: ['Responder agora', 'Pausar'],
  samples: [
    { name: 'first_name', example: 'Ana' },
    { name: 'area', example: 'JavaScript' },
  ],
  timeToLiveSeconds: 43_200,
};

function options(): WhatsAppOptions {
  return {
    token: TOKEN,
    phoneNumberId: '220330440550660',
    businessAccountId: '110220330440550',
    appSecret: 'emulator-app-secret',
    apiBaseUrl: meta.url,
    apiVersion: 'v25.0',
  };
}

function connected(other: Partial<WhatsAppOptions> = {}): Channel {
  return createWhatsApp({ ...options(), onTrouble: (sentence) => troubles.push(sentence), ...other });
}

async function replaced(other: Partial<WhatsAppOptions>): Promise<void> {
  await whatsApp.close();
  whatsApp = connected(other);
}

function answers(status: number, body: object): void {
  answersWith(status, JSON.stringify(body));
}

function answersWith(status: number, body: string): void {
  meta.answer = (response) => response.writeHead(status).end(body);
}

async function pretendMeta(): Promise<typeof meta> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    pretend.received.push({
      method: request.method ?? '',
      url: request.url ?? '',
      authorization: request.headers.authorization ?? '',
      contentType: request.headers['content-type'] ?? '',
      body: body === '' ? undefined : JSON.parse(body),
    });
    pretend.answer(response, request);
  });
  const pretend: typeof meta = {
    url: `http://127.0.0.1:${await listening(server)}`,
    received: [],
    answer: (response) => response.writeHead(200).end(JSON.stringify(ACCEPTED)),
    close: () => {
      server.closeAllConnections();
      return closing(server);
    },
  };
  return pretend;
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function closing(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

async function closedPort(): Promise<number> {
  const server = createTcpServer();
  const port = await listening(server);
  await closing(server);
  return port;
}
