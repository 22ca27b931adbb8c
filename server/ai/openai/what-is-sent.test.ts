import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GradingOptions } from '../grader.ts';
import { createOpenAIGrader, type OpenAIGraderOptions } from './openai-grader.ts';
import { ANSWER, closureTask, fairGrading, judgePlainly } from './test/closure-lesson.ts';
import {
  type FakeOpenAI,
  type RecordedRequest,
  refusesWith,
  saysGrading,
  startFakeOpenAI,
} from './test/fake-openai.ts';

const APIS = ['responses', 'chat'] as const;
const PSEUDONYM = 'a3'.repeat(32);
const GOOD = saysGrading(fairGrading());

let openai: FakeOpenAI;

beforeEach(async () => {
  openai = await startFakeOpenAI();
  openai.willReply(GOOD);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await openai.close();
});

function createGrader(change: Partial<OpenAIGraderOptions> = {}) {
  return createOpenAIGrader({
    apiKey: 'sk-test',
    baseUrl: openai.baseUrl,
    model: 'gpt-6-luna',
    api: 'responses',
    now: () => Date.parse('2026-11-23T09:00:00Z'),
    offline: judgePlainly,
    pause: async () => {},
    ...change,
  });
}

/** The same grader as if it spoke with OpenAI itself. */
function createGraderAtOpenAI(api: OpenAIGraderOptions['api']) {
  return createGrader({ api, baseUrl: null, fetch: openai.fetchInsteadOfOpenAI });
}

async function requestOf(
  grader: ReturnType<typeof createGrader>,
  options: GradingOptions = {},
): Promise<RecordedRequest> {
  expect(await grader.grade(closureTask(), options)).toMatchObject({ kind: 'graded' });
  return openai.requests.at(-1)!;
}

describe.each(APIS)('over %s', (api) => {
  const everywhere = [
    ['OpenAI', () => createGraderAtOpenAI(api)],
    ['another server', () => createGrader({ api })],
  ] as const;

  test.each(everywhere)('%s never gets what steers, names or keeps', async (_, create) => {
    const request = await requestOf(create(), { pseudonym: PSEUDONYM });
    const forbidden = [
      'temperature',
      'top_p',
      'seed',
      'user',
      'max_tokens',
      'metadata',
      'tools',
      'truncation',
      'n',
    ];
    for (const name of forbidden) expect(request.body).not.toHaveProperty(name);
    expect(request.raw).not.toMatch(/"store":true/);
    expect(request.headers.authorization).toBe('Bearer sk-test');
  });

  test('every request has another suffix on the tag around the answer', async () => {
    const grader = createGrader({ api });
    const tags = [await requestOf(grader), await requestOf(grader)].map(
      ({ raw }) => /<answer-([0-9a-f]{12})>/.exec(raw)?.[1],
    );
    expect(new Set(tags).size).toBe(2);
    expect(tags).not.toContain(undefined);
  });

  test('a second attempt has a suffix of its own', async () => {
    openai.willReply(saysGrading({ verdicts: [] }), GOOD);
    await requestOf(createGrader({ api }));
    const tags = openai.requests.map(({ raw }) => /<answer-([0-9a-f]+)>/.exec(raw)?.[1]);
    expect(new Set(tags).size).toBe(2);
  });

  test.each(['reasoning', 'verbosity', 'safety_identifier'])(
    'a model that refuses %s is asked without it, now and from then on',
    async (parameter) => {
      const grader = createGraderAtOpenAI(api);
      openai.willReply(refusesWith(400, { code: 'unsupported_parameter', param: `x.${parameter}` }), GOOD);
      await requestOf(grader, { pseudonym: PSEUDONYM });
      await requestOf(grader, { pseudonym: PSEUDONYM });
      expect(openai.requests.map(({ raw }) => raw.includes(`"${parameter}`))).toEqual([true, false, false]);
    },
  );
});

test('OpenAI gets all that helps, over responses', async () => {
  const { path, body } = await requestOf(createGraderAtOpenAI('responses'), { pseudonym: PSEUDONYM });
  expect(path).toBe('/v1/responses');
  expect(body).toEqual({
    model: 'gpt-6-luna',
    instructions: expect.stringContaining('You assess one answer'),
    input: [{ role: 'user', content: expect.stringContaining(ANSWER) }],
    text: {
      format: { type: 'json_schema', name: 'grading', strict: true, schema: expect.any(Object) },
      verbosity: 'low',
    },
    max_output_tokens: 2_000,
    store: false,
    reasoning: { effort: 'low' },
    safety_identifier: PSEUDONYM,
  });
});

test('another server gets nothing that it might not know, over responses, but is told to keep nothing', async () => {
  const { path, body } = await requestOf(createGrader(), { pseudonym: PSEUDONYM });
  expect(path).toBe('/v1/responses');
  const names = ['input', 'instructions', 'max_output_tokens', 'model', 'store', 'text'];
  expect(Object.keys(body).sort()).toEqual(names);
  expect(body.store).toBe(false);
  expect(Object.keys(body.text as object)).toEqual(['format']);
});

test('OpenAI gets all that helps, over chat', async () => {
  const { path, body } = await requestOf(createGraderAtOpenAI('chat'), { pseudonym: PSEUDONYM });
  expect(path).toBe('/v1/chat/completions');
  expect(body).toEqual({
    model: 'gpt-6-luna',
    messages: [
      { role: 'developer', content: expect.stringContaining('You assess one answer') },
      { role: 'user', content: expect.stringContaining(ANSWER) },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'grading', strict: true, schema: expect.any(Object) },
    },
    max_completion_tokens: 2_000,
    store: false,
    reasoning_effort: 'low',
    verbosity: 'low',
    safety_identifier: PSEUDONYM,
  });
});

test('another server gets the rules as system and nothing optional, over chat', async () => {
  const { body } = await requestOf(createGrader({ api: 'chat' }), { pseudonym: PSEUDONYM });
  expect(Object.keys(body).sort()).toEqual(['max_completion_tokens', 'messages', 'model', 'response_format']);
  expect(body.messages).toEqual([
    { role: 'system', content: expect.any(String) },
    { role: 'user', content: expect.any(String) },
  ]);
});

test('an identifier is left out when there is none, and cut when it is too long', async () => {
  const grader = createGraderAtOpenAI('responses');
  expect((await requestOf(grader)).body).not.toHaveProperty('safety_identifier');
  expect((await requestOf(grader, { pseudonym: 'b'.repeat(100) })).body.safety_identifier).toBe(
    'b'.repeat(64),
  );
});

describe('a chat server that knows no schemas', () => {
  test.each([
    ['by parameter', refusesWith(400, { param: 'response_format', code: 'unsupported_value' })],
    ['by sentence', refusesWith(422, { message: 'response_format of type json_schema is not supported' })],
  ])('says so %s and is asked for plain JSON, with the schema in words, from then on', async (_, refusal) => {
    openai.willReply(refusal, GOOD);
    const grader = createGrader({ api: 'chat' });
    await requestOf(grader);
    await requestOf(grader);
    const formats = openai.requests.map(({ body }) => (body.response_format as { type: string }).type);
    expect(formats).toEqual(['json_schema', 'json_object', 'json_object']);
    expect(openai.requests[0]?.raw).not.toContain('JSON Schema');
    expect(openai.requests[1]?.raw).toContain('JSON Schema');
  });

  test('is not asked in circles when it wants plain JSON no more', async () => {
    openai.willReply(refusesWith(400, { param: 'response_format' }));
    const grader = createGrader({ api: 'chat' });
    expect(await grader.grade(closureTask(), {})).toMatchObject({ kind: 'unavailable' });
    expect(openai.requests).toHaveLength(2);
  });
});

test('nothing is taken from the environment behind the configuration', async () => {
  const foreign = {
    OPENAI_API_KEY: 'sk-env',
    OPENAI_ADMIN_KEY: 'sk-admin',
    OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    OPENAI_ORG_ID: 'org-env',
    OPENAI_PROJECT_ID: 'proj-env',
  };
  for (const [name, value] of Object.entries(foreign)) vi.stubEnv(name, value);
  const { headers } = await requestOf(createGraderAtOpenAI('responses'));
  expect(headers.authorization).toBe('Bearer sk-test');
  expect(Object.keys(headers).filter((name) => name.startsWith('openai-'))).toEqual([]);
});
