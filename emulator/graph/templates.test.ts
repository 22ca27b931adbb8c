import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../json-object.ts';
import {
  ACCOUNT_ID,
  DAILY_QUESTION,
  dailyQuestion,
  startWorkbench,
  type Workbench,
} from '../testing/workbench.ts';

const DAYS = 24 * 60 * 60 * 1000;
const TEMPLATES = `/v25.0/${ACCOUNT_ID}/message_templates`;

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench({ templateApprovalDelayMs: 60_000 });
});
afterEach(() => bench.close());

const submit = (changes: JsonObject = {}) => bench.call('POST', TEMPLATES, { ...DAILY_QUESTION, ...changes });
const list = async (query = '') =>
  (await bench.call('GET', `${TEMPLATES}${query}`)).json.data as JsonObject[];
const news = () =>
  bench.received
    .flatMap(({ json }) => json.entry as { changes: { field: string; value: JsonObject }[] }[])
    .flatMap((entry) => entry.changes)
    .filter((change) => change.field === 'message_template_status_update')
    .map((change) => change.value);

describe('the life of a template', () => {
  test('pending until its review is over, then approved, and the service is told', async () => {
    const { json } = await submit();
    expect(json).toEqual({ id: expect.stringMatching(/^\d+$/), status: 'PENDING', category: 'UTILITY' });
    expect((await bench.send(dailyQuestion())).json.error).toMatchObject({ code: 132001 });

    bench.moveClock(60_000);
    await bench.emulator.settle();
    expect(news()).toEqual([
      {
        event: 'APPROVED',
        message_template_id: Number(json.id),
        message_template_name: 'daily_question_v1',
        message_template_language: 'pt-BR',
        message_template_category: 'UTILITY',
        reason: null,
      },
    ]);
    expect(await list('?fields=name,language,status,category')).toEqual([
      { id: json.id, name: 'daily_question_v1', language: 'pt_BR', status: 'APPROVED', category: 'UTILITY' },
    ]);
    expect((await bench.send(dailyQuestion())).status).toBe(200);
  });

  test('rejected on demand', async () => {
    bench.emulator.templates.review('reject');
    await submit();
    bench.moveClock(60_000);
    await bench.emulator.settle();
    expect(news()).toMatchObject([{ event: 'REJECTED', reason: 'INVALID_FORMAT' }]);
    expect(await list('?fields=status,rejected_reason')).toMatchObject([
      { status: 'REJECTED', rejected_reason: 'INVALID_FORMAT' },
    ]);
  });

  test('paused and disabled on demand: sends are refused, each with its own code', async () => {
    bench.emulator.templates.addApproved(DAILY_QUESTION);
    for (const [status, code] of [
      ['PAUSED', 132015],
      ['DISABLED', 132016],
    ] as const) {
      bench.emulator.templates.setStatus('daily_question_v1', status);
      expect((await bench.send(dailyQuestion())).json.error).toMatchObject({ code });
    }
    await bench.emulator.settle();
    expect(news().map((value) => value.event)).toEqual(['APPROVED', 'PAUSED', 'DISABLED']);
  });

  test('deleted: gone at once, and the name is blocked for 30 days', async () => {
    await submit();
    const { json } = await bench.call('DELETE', `${TEMPLATES}?name=daily_question_v1`);
    expect(json).toEqual({ success: true });
    expect(await list()).toEqual([]);
    expect((await submit()).json.error).toMatchObject({ code: 100, error_subcode: 2388023 });
    bench.moveClock(30 * DAYS);
    expect((await submit()).status).toBe(200);
  });
});

describe('the list', () => {
  test('is filtered and comes in pages', async () => {
    for (const language of ['en', 'es', 'pt_BR']) await submit({ language });
    expect(await list('?language=es')).toMatchObject([{ language: 'es' }]);
    const first = await bench.call('GET', `${TEMPLATES}?limit=2&fields=language`);
    const paging = first.json.paging as { next: string; cursors: { after: string } };
    expect(first.json.data).toMatchObject([{ language: 'en' }, { language: 'es' }]);
    const second = await bench.call('GET', paging.next.replace(bench.url, ''));
    expect(second.json.data).toMatchObject([{ language: 'pt_BR' }]);
    expect(second.json.paging).not.toHaveProperty('next');
  });
});

const body = (text: string, examples: string[] = [], format: 'named' | 'positional' = 'named') => ({
  parameter_format: format,
  components: [
    {
      type: 'BODY',
      text,
      ...(examples.length === 0
        ? {}
        : {
            example:
              format === 'named'
                ? { body_text_named_params: examples.map((name) => ({ param_name: name, example: 'x' })) }
                : { body_text: [examples] },
          }),
    },
  ],
});

describe('a submission is refused', () => {
  const with_ = (component: object) => ({ components: [...body('Plain words only').components, component] });
  test.each<[string, JsonObject, number | undefined]>([
    ['with the name and language of another', {}, 2388024],
    ['with capitals in its name', { name: 'Daily' }, undefined],
    ['in Portuguese without a country', { name: 'x', language: 'pt' }, undefined],
    ['in no category', { name: 'x', category: 'NEWS' }, undefined],
    ['with a life of a week', { name: 'x', message_send_ttl_seconds: 7 * 86_400 }, undefined],
    ['without a body', { name: 'x', components: [] }, 2388072],
    ['with a body of 1,025 characters', { name: 'x', ...body('x'.repeat(1025)) }, 2388040],
    ['when it begins with a parameter', { name: 'x', ...body('{{name}} is a nice name', ['name']) }, 2388299],
    ['when it ends with a parameter', { name: 'x', ...body('Your name is {{name}}', ['name']) }, 2388299],
    [
      'with two parameters in a row',
      { name: 'x', ...body('Hello {{a}} {{b}} how are you', ['a', 'b']) },
      2388072,
    ],
    ['with too few words for its parameters', { name: 'x', ...body('Hello {{a}} ok', ['a']) }, 2388293],
    ['without a sample', { name: 'x', ...body('Hello {{name}} how are you') }, 2388072],
    [
      'with positions out of order',
      { name: 'x', ...body('Hi {{2}} how are you', ['1'], 'positional') },
      undefined,
    ],
    ['with digits in a named parameter', { name: 'x', ...body('Hi {{a1}} how are you', ['a1']) }, undefined],
    [
      'with a header of 61 characters',
      { name: 'x', ...with_({ type: 'HEADER', format: 'TEXT', text: 'x'.repeat(61) }) },
      2388047,
    ],
    [
      'with a footer of 61 characters',
      { name: 'x', ...with_({ type: 'FOOTER', text: 'x'.repeat(61) }) },
      2388073,
    ],
    [
      'with a parameter in its footer',
      { name: 'x', ...with_({ type: 'FOOTER', text: 'for {{name}}' }) },
      2388073,
    ],
    ['with a label of 26 characters', { name: 'x', ...with_(quickReplies(['x'.repeat(26)])) }, undefined],
    ['with 11 buttons', { name: 'x', ...with_(quickReplies('abcdefghijk'.split(''))) }, undefined],
  ])('%s', async (_what, changes, subcode) => {
    await submit();
    const { status, json } = await submit(changes);
    const error = json.error as JsonObject;
    expect([status, error.code, error.error_subcode]).toEqual([400, 100, subcode]);
    expect(await list()).toHaveLength(1);
  });

  test('and nothing is wrong with positional parameters, a header and three buttons', async () => {
    const { status } = await submit({
      parameter_format: 'positional',
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'For {{1}}', example: { header_text: ['Ana'] } },
        ...body('Hi {{1}}, here are {{2}} new questions', ['Ana', '3'], 'positional').components,
        quickReplies(['Go', 'Later', 'Stop']),
      ],
    });
    expect(status).toBe(200);
  });
});

function quickReplies(texts: string[]): JsonObject {
  return { type: 'BUTTONS', buttons: texts.map((text) => ({ type: 'QUICK_REPLY', text })) };
}
