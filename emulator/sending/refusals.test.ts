import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../json-object.ts';
import {
  ACCOUNT_ID,
  ANA,
  DAILY_QUESTION,
  dailyQuestion,
  PHONE_NUMBER_ID,
  quickReply,
  startWorkbench,
  type Workbench,
} from '../testing/workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await startWorkbench();
  bench.emulator.phone(ANA).say('the window is open');
  await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
  await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, POSITIONAL);
  await bench.emulator.settle();
});
afterAll(() => bench.close());

const POSITIONAL = {
  name: 'hello_again',
  language: 'en',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Hello {{1}}, here you go.', example: { body_text: [['Ana']] } }],
};

const text = (body: unknown) => ({ type: 'text', text: { body } });
const buttons = (titles: string[], changes: object = {}): JsonObject => ({
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: 'Ready?' },
    action: {
      buttons: titles.map((title, index) => ({ type: 'reply', reply: { id: `b${index}`, title } })),
    },
    ...changes,
  },
});
const list = (rows: object[], changes: object = {}): JsonObject => ({
  type: 'interactive',
  interactive: {
    type: 'list',
    body: { text: 'Which?' },
    action: { button: 'Areas', sections: [{ rows }] },
    ...changes,
  },
});
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `r${index}`, title: `Row ${index}` }));
const parameter = (name: string, value: unknown) => ({ type: 'text', parameter_name: name, text: value });
const body = (...parameters: object[]) => ({ components: [{ type: 'body', parameters }] });
const ana = parameter('first_name', 'Ana');
const area = parameter('area', 'JavaScript');

type Row = [what: string, message: JsonObject, http: number, code: number, details?: RegExp];

const REFUSED: Row[] = [
  ['no product', { messaging_product: undefined, ...text('hi') }, 400, 100],
  ['nobody to send to', { to: undefined, ...text('hi') }, 400, 100],
  ['a recipient that is no number', { to: 'Ana', ...text('hi') }, 400, 131009, /^to/],
  [
    'a recipient that is no id',
    { to: undefined, recipient: 'br.1', ...text('hi') },
    400,
    131009,
    /^recipient/,
  ],
  ['ourselves', { to: '+1 555-010-0200', ...text('hi') }, 400, 131021],
  ['Direct Send, which no account has unless Meta says so', { ...text('hi'), category: 'utility' }, 400, 100],
  ['no type', { text: { body: 'hi' } }, 400, 100],
  ['a type that does not exist', { type: 'telegram', telegram: {} }, 400, 131009, /^type/],
  ['the object of the type missing', { type: 'text' }, 400, 131008, /^text/],
  ['no text', { type: 'text', text: {} }, 400, 131008, /^text\.body/],
  ['an empty text', text(''), 400, 131009, /^text\.body/],
  ['a text of 4,097 characters', text('x'.repeat(4097)), 400, 131009, /^text\.body.*4096/],
  [
    'callback data of 513 characters',
    { ...text('hi'), biz_opaque_callback_data: 'x'.repeat(513) },
    400,
    131009,
    /^biz/,
  ],
  ['a quote without an id', { ...text('hi'), context: {} }, 400, 131009, /^context/],
  ['no button', buttons([]), 400, 131009, /buttons/],
  ['four buttons', buttons(['a', 'b', 'c', 'd']), 400, 131009, /buttons/],
  ['a button title of 21 characters', buttons(['x'.repeat(21)]), 400, 131009, /title.*20/],
  ['two buttons with one title', buttons(['same', 'same']), 400, 131009, /titles must be unique/],
  [
    'a question of 1,025 characters above buttons',
    buttons(['a'], { body: { text: 'x'.repeat(1025) } }),
    400,
    131009,
  ],
  ['a footer of 61 characters', buttons(['a'], { footer: { text: 'x'.repeat(61) } }), 400, 131009, /footer/],
  [
    'a header of 61 characters',
    buttons(['a'], { header: { type: 'text', text: 'x'.repeat(61) } }),
    400,
    131009,
    /header/,
  ],
  ['buttons without an action', buttons(['a'], { action: undefined }), 400, 131008, /action/],
  ['an interactive type that does not exist', buttons(['a'], { type: 'poll' }), 400, 131009, /type/],
  ['a list of 11 rows', list(rows(11)), 400, 131009, /row count/],
  ['a list without rows', list([]), 400, 131009, /rows/],
  ['a row title of 25 characters', list([{ id: 'r', title: 'x'.repeat(25) }]), 400, 131009, /title.*24/],
  ['two rows with one id', list([...rows(1), ...rows(1)]), 400, 131009, /unique/],
  ['a picture above a list', list(rows(1), { header: { type: 'image' } }), 400, 131009, /header/],
  ['a picture without a source', { type: 'image', image: {} }, 400, 131009, /^image/],
  ['a picture with two sources', { type: 'image', image: { id: '1', link: 'https://a/b' } }, 400, 131009],
  ['an upload that is not there', { type: 'image', image: { id: '123' } }, 400, 131053],
  [
    'a caption under a voice note',
    { type: 'audio', audio: { link: 'https://a/b', caption: 'x' } },
    400,
    131009,
  ],
  [
    'a reaction to nothing',
    { type: 'reaction', reaction: { message_id: 'wamid.no', emoji: '👍' } },
    400,
    131009,
  ],
  [
    'a template that does not exist',
    { type: 'template', template: { name: 'no', language: { code: 'en' } } },
    404,
    132001,
  ],
  ['a template in another language', dailyQuestion({ language: 'pt_PT' }), 404, 132001],
  ['Portuguese without a country', dailyQuestion({ language: 'pt' }), 404, 132001],
  [
    'a template without a language',
    { type: 'template', template: { name: 'daily_question_v1' } },
    400,
    131008,
  ],
  ['too few parameters', dailyQuestion(body(ana)), 400, 132000, /\(1\).*\(2\)/],
  ['too many parameters', dailyQuestion(body(ana, area, area)), 400, 132000, /\(3\).*\(2\)/],
  ['a parameter without its name', dailyQuestion(body(ana, { type: 'text', text: 'JS' })), 400, 132012],
  ['a parameter of another name', dailyQuestion(body(ana, parameter('topic', 'JS'))), 400, 132012],
  ['one parameter twice', dailyQuestion(body(ana, ana)), 400, 132012],
  ['a name for a positional parameter', positional(parameter('1', 'Ana')), 400, 132012],
  ['a parameter with a new line', dailyQuestion(body(ana, parameter('area', 'a\nb'))), 400, 132018],
  ['a parameter with a tab', dailyQuestion(body(ana, parameter('area', 'a\tb'))), 400, 132018],
  ['a parameter with five spaces', dailyQuestion(body(ana, parameter('area', 'a     b'))), 400, 132018],
  ['an empty parameter', dailyQuestion(body(ana, parameter('area', ''))), 400, 132018],
  [
    'a body of over 1,024 characters once filled in',
    dailyQuestion(body(ana, parameter('area', 'x'.repeat(1000)))),
    400,
    132005,
  ],
  ['a button that the template has not', withButton(quickReply('2', 'x')), 400, 132000],
  ['a button of another kind', withButton({ ...quickReply('0', 'x'), sub_type: 'url' }), 400, 132000],
  ['a button position between two buttons', withButton({ ...quickReply('0', 'x'), index: 0.5 }), 400, 100],
  ['a button without its payload', withButton({ ...quickReply('0', 'x'), parameters: [] }), 400, 131008],
  ['a header that the template has not', withButton({ type: 'header', parameters: [ana] }), 400, 132000],
  ['a component that does not exist', withButton({ type: 'footer' }), 400, 100],
];

function positional(...parameters: object[]): JsonObject {
  return {
    type: 'template',
    template: { name: 'hello_again', language: { code: 'en' }, components: [{ type: 'body', parameters }] },
  };
}

function withButton(component: object): JsonObject {
  return dailyQuestion({ components: [{ type: 'body', parameters: [ana, area] }, component] });
}

describe('refused at once, and not sent', () => {
  test.each(REFUSED)('%s', async (_what, message, http, code, details) => {
    const sent = bench.emulator.sends.length;
    const { status, json } = await bench.send(message);
    const error = json.error as {
      code: number;
      type: string;
      message: string;
      error_data?: { details: string };
    };
    expect([status, error.code]).toEqual([http, code]);
    expect(error.message).toMatch(new RegExp(`^\\(#${code}\\) `));
    if (details !== undefined) expect(error.error_data?.details).toMatch(details);
    if (code !== 100) expect(error.error_data).toMatchObject({ messaging_product: 'whatsapp' });
    expect(bench.emulator.sends).toHaveLength(sent);
  });

  test('what is not JSON', async () => {
    const { status, json } = await bench.call(
      'POST',
      `/v25.0/${PHONE_NUMBER_ID}/messages`,
      '{"messaging_product"',
    );
    expect([status, json.error]).toMatchObject([400, { code: 100 }]);
  });

  test('an authentication template to a business-scoped id', async () => {
    bench.emulator.templates.addApproved({ ...DAILY_QUESTION, name: 'code', category: 'AUTHENTICATION' });
    const { template } = dailyQuestion() as { template: object };
    const code = { type: 'template', template: { ...template, name: 'code' } };
    const { bsuid } = bench.emulator.phone(ANA);
    expect(await bench.send({ ...code, to: undefined, recipient: bsuid })).toMatchObject({
      status: 400,
      json: { error: { code: 131062 } },
    });
    expect((await bench.send(code)).status).toBe(200);
  });

  test('a new line in a parameter, by another code before version 23', async () => {
    const message = {
      messaging_product: 'whatsapp',
      to: ANA,
      ...dailyQuestion(body(ana, parameter('area', 'a\nb'))),
    };
    const { json } = await bench.call('POST', `/v22.0/${PHONE_NUMBER_ID}/messages`, message);
    expect(json.error).toMatchObject({ code: 132012 });
  });
});

const ACCEPTED: [what: string, message: JsonObject][] = [
  ['a text of 4,096 characters', text('x'.repeat(4096))],
  ['a number with spaces, a dash and brackets', { to: '+55 (11) 95550-1234', ...text('hi') }],
  ['a business-scoped id', { to: undefined, recipient: 'BR.9f3K2m7Qx1', ...text('hi') }],
  ['keys that Meta does not know', { ...text('hi'), mood: 'good' }],
  ['three buttons with titles of 20 characters', buttons(['a', 'b', 'x'.repeat(20)])],
  ['a list of ten rows', list(rows(10))],
  [
    'a picture by its address',
    { type: 'image', image: { link: 'https://example.com/a.png', caption: 'A tree' } },
  ],
  ['a template with all of its parts', dailyQuestion()],
  ['a button position as a number', withButton({ ...quickReply('0', 'x'), index: 0 })],
  ['a template whose buttons keep their labels', dailyQuestion(body(ana, area))],
  ['a positional template', positional({ type: 'text', text: 'Ana' })],
  ['a long parameter in a template of a body only', positional({ type: 'text', text: 'x'.repeat(2000) })],
];

describe('accepted', () => {
  test.each(ACCEPTED)('%s', async (_what, message) => {
    const { status, json } = await bench.send(message);
    expect([status, json]).toMatchObject([200, { messages: [{ id: expect.stringMatching(/^wamid\./) }] }]);
  });
});
