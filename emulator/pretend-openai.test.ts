import OpenAI, { toFile } from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { voiceNote } from './media/voice-note.ts';
import { createPretendOpenAI, type ModelFault, type PretendOpenAI } from './pretend-openai.ts';

const MODEL = 'gpt-6-luna';

/** Not the service's schema: any other must do as well. */
const schema = z.object({
  results: z.array(
    z.object({
      concept_id: z.string(),
      verdict: z.enum(['covered', 'partial', 'missing', 'contradicted']),
      evidence: z.string().nullable(),
    }),
  ),
  summary: z.object({ next_step: z.string(), strengths: z.array(z.string()), certainty: z.number() }),
  off_topic: z.boolean(),
  language: z.enum(['en', 'es', 'pt']),
  tone: z.enum(['warm', 'dry']),
});

const concepts = [
  { id: 'scope', text: 'keeps access to outer variables' },
  { id: 'memory', text: 'garbage collection' },
];
const input = `Feedback language: Portuguese (pt)\n${JSON.stringify(concepts)}\n<said-1>it keeps access to outer variables</said-1>`;

let openai: PretendOpenAI;
let client: OpenAI;
beforeEach(async () => {
  openai = createPretendOpenAI({ port: 0, apiKey: 'sk-test', model: MODEL });
  const { baseUrl } = await openai.start();
  client = new OpenAI({ apiKey: 'sk-test', baseURL: baseUrl, maxRetries: 0, timeout: 5000 });
});
afterEach(() => openai.close());

const request = {
  model: MODEL,
  instructions: 'Judge.',
  input,
  text: { format: zodTextFormat(schema, 'grading') },
};
const ask = (changes: object = {}) => client.responses.parse({ ...request, ...changes });
const askByChat = () =>
  client.chat.completions.parse({
    model: MODEL,
    messages: [
      { role: 'developer', content: 'Judge.' },
      { role: 'user', content: input },
    ],
    response_format: zodResponseFormat(schema, 'grading'),
  });

const JUDGED = {
  results: [
    { concept_id: 'scope', verdict: 'covered', evidence: 'keeps access to outer variables' },
    { concept_id: 'memory', verdict: 'missing', evidence: null },
  ],
  summary: { next_step: expect.stringContaining('colega'), strengths: [expect.any(String)], certainty: 0 },
  off_topic: false,
  language: 'pt',
  tone: 'warm',
};

describe('the official library', () => {
  test('gets an answer that fits its schema, from both ways of asking', async () => {
    const response = await ask();
    expect(response.output_parsed).toEqual(JUDGED);
    expect(response).toMatchObject({
      status: 'completed',
      model: MODEL,
      usage: { total_tokens: expect.any(Number) },
    });
    const completion = await askByChat();
    expect(completion.choices[0]?.message.parsed).toEqual(JUDGED);
    expect(openai.requests).toMatchObject([
      { instructions: 'Judge.', input },
      { messages: [{}, { content: input }] },
    ]);
  });

  test('gets what a test decides instead', async () => {
    openai.gradeWith(() => [{ id: 'scope', verdict: 'contradicted', quote: 'outer variables' }]);
    const response = await ask();
    expect(response.output_parsed?.results).toEqual([
      { concept_id: 'scope', verdict: 'contradicted', evidence: 'outer variables' },
    ]);
  });

  test('lists the models', async () => {
    const models = await client.models.list();
    expect(models.data.map((model) => model.id)).toEqual([MODEL, 'gpt-transcribe']);
    await expect(client.models.retrieve('gpt-4')).rejects.toMatchObject({ status: 404 });
  });
});

describe('a request is refused', () => {
  const withSchema = (wanted: object, name = 'grading') => ({
    text: { format: { type: 'json_schema', name, strict: true, schema: wanted } },
  });
  test.each<[string, object, number, string]>([
    ['for an unknown model', { model: 'gpt-4' }, 404, 'model_not_found'],
    ['for a temperature', { temperature: 0 }, 400, 'unsupported_parameter'],
    ['for a seed', { seed: 1 }, 400, 'unknown_parameter'],
    ['for a misspelt parameter', { max_tokens: 100 }, 400, 'unknown_parameter'],
    ['for too little room', { max_output_tokens: 15 }, 400, 'integer_below_min_value'],
    ['for a long identifier', { safety_identifier: 'x'.repeat(65) }, 400, 'string_above_max_length'],
    [
      'for an open object',
      withSchema({ type: 'object', properties: {}, required: [] }),
      400,
      'invalid_json_schema',
    ],
    [
      'for an optional property',
      withSchema({
        type: 'object',
        properties: { a: { type: 'string' } },
        required: [],
        additionalProperties: false,
      }),
      400,
      'invalid_json_schema',
    ],
    [
      'for a list at the root',
      withSchema({ type: 'array', items: { type: 'string' } }),
      400,
      'invalid_json_schema',
    ],
    ['for a bad name', withSchema({ type: 'object' }, 'my schema'), 400, 'invalid_value'],
  ])('%s', async (_what, changes, status, code) => {
    await expect(client.responses.create({ ...request, ...changes })).rejects.toMatchObject({ status, code });
  });

  test('for a wrong key', async () => {
    const stranger = new OpenAI({ apiKey: 'sk-wrong', baseURL: client.baseURL, maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' });
  });
});

describe('faults', () => {
  test.each<[ModelFault, object]>([
    ['400', { status: 400, code: 'unsupported_value' }],
    ['401', { status: 401, code: 'invalid_api_key' }],
    ['404', { status: 404, code: 'model_not_found' }],
    ['429', { status: 429, code: 'rate_limit_exceeded' }],
    ['429-long', { status: 429, code: 'rate_limit_exceeded' }],
    ['insufficient-quota', { status: 429, code: 'insufficient_quota' }],
    ['500', { status: 500 }],
    ['html-502', { status: 502 }],
    ['reset', { name: 'Error', status: undefined }],
  ])('%s ends the call', async (fault, error) => {
    openai.next(1, fault);
    await expect(ask()).rejects.toMatchObject(error);
    openai.next(1, fault);
    await expect(askByChat()).rejects.toMatchObject(error);
    expect((await ask()).status).toBe('completed');
  });

  test('too many requests name the time to wait', async () => {
    const waits: string[] = [];
    for (const fault of ['429', '429-long'] as const) {
      openai.next(1, fault);
      const error: unknown = await ask().catch((thrown: unknown) => thrown);
      if (error instanceof OpenAI.APIError) waits.push(error.headers?.get('retry-after') ?? '');
    }
    expect(waits).toEqual(['1', '120']);
  });

  test('a call that hangs lasts as long as the patience of the caller', async () => {
    openai.next(1, 'hang');
    const patience = new AbortController();
    const answer = client.responses.parse(request, { signal: patience.signal });
    await expect.poll(() => openai.requests.length).toBe(1);
    patience.abort();
    await expect(answer).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
  });

  test('inside an orderly answer: refusal, cut off, filtered, failed', async () => {
    const seen: unknown[] = [];
    for (const fault of ['refusal', 'incomplete', 'content-filter', 'failed'] as const) {
      openai.next(1, fault);
      const { status, output_parsed, incomplete_details, error } = await ask();
      seen.push([status, output_parsed, incomplete_details?.reason, error?.code]);
    }
    expect(seen).toEqual([
      ['completed', null, undefined, undefined],
      ['incomplete', null, 'max_output_tokens', undefined],
      ['incomplete', null, 'content_filter', undefined],
      ['failed', null, undefined, 'server_error'],
    ]);
  });

  test('the same over chat', async () => {
    openai.next(1, 'refusal');
    expect((await askByChat()).choices[0]?.message.refusal).toEqual(expect.any(String));
    openai.next(1, 'incomplete');
    await expect(askByChat()).rejects.toThrow(/length/);
    openai.next(1, 'content-filter');
    await expect(askByChat()).rejects.toThrow(/content filter/);
    openai.next(1, 'failed');
    await expect(askByChat()).rejects.toMatchObject({ status: 500 });
  });

  test('content that is no JSON, or does not fit the schema', async () => {
    openai.next(1, 'no-json');
    await expect(ask()).rejects.toBeInstanceOf(SyntaxError);
    openai.next(1, 'wrong-shape');
    await expect(ask()).rejects.toThrow(/results/);
  });
});

describe('voice', () => {
  const transcribe = async (name: string, changes: object = {}) =>
    client.audio.transcriptions.create({
      model: 'gpt-transcribe',
      file: await toFile(voiceNote({ seconds: 2 }), name, { type: 'audio/ogg' }),
      ...changes,
    });

  test('is understood as the test says', async () => {
    openai.hear('uma closure guarda o escopo');
    expect(await transcribe('voice.ogg', { languages: ['pt', 'en'] })).toMatchObject({
      text: 'uma closure guarda o escopo',
      usage: { type: 'duration' },
    });
    expect(openai.transcriptions).toMatchObject([{ fileName: 'voice.ogg', fileType: 'audio/ogg' }]);
    expect(openai.transcriptions[0]?.bytes).toEqual(voiceNote({ seconds: 2 }));
    expect(openai.transcriptions[0]?.fields).toContainEqual(['languages[]', 'pt']);
  });

  test.each<[string, string, object, number]>([
    ['under a name that is not known', 'voice.opus', {}, 400],
    ['for keywords with angle brackets', 'voice.ogg', { keywords: ['<b>'] }, 400],
    ['for subtitles', 'voice.ogg', { response_format: 'srt' }, 400],
    ['for a model that is gone', 'voice.ogg', { model: 'whisper-1' }, 404],
  ])('is refused %s', async (_what, name, changes, status) => {
    await expect(transcribe(name, changes)).rejects.toMatchObject({ status });
  });

  test('meets faults too', async () => {
    openai.next(1, '429');
    await expect(transcribe('voice.ogg')).rejects.toMatchObject({ status: 429 });
  });
});
