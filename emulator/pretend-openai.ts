import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { isJsonObject, type JsonObject, listAt, objectAt, textAt } from './json-object.ts';
import { completionOf, responseOf, type Written } from './openai/answer-shapes.ts';
import { checkChatRequest, checkResponsesRequest } from './openai/check-request.ts';
import { fitSchema } from './openai/fit-schema.ts';
import { type Judgement, judge } from './openai/judge.ts';
import {
  errorOf,
  type ModelError,
  type ModelFault,
  SERVER_ERROR,
  unknownModel,
  WRONG_KEY,
} from './openai/model-fault.ts';
import { readTask, type Task } from './openai/read-task.ts';
import { checkTranscription, readTranscription, type TranscriptionRequest } from './openai/transcription.ts';

export type { ModelFault } from './openai/model-fault.ts';

const MB = 1024 * 1024;
const BODY_LIMIT_BYTES = 30 * MB;

export type PretendOpenAIOptions = {
  /** 0 picks a free one. */
  port: number;
  apiKey: string;
  model: string;
  transcriptionModel?: string;
  /** How long the pretend model thinks, by the real clock. */
  thinkMs?: number;
  /** Judges instead of the word counter; null leaves it to the word counter. */
  grade?: (task: Task) => readonly Judgement[] | null;
};

export type PretendOpenAI = {
  start(): Promise<{ baseUrl: string }>;
  close(): Promise<void>;
  /** Every body sent to a model, faults included, in order. */
  readonly requests: readonly JsonObject[];
  readonly transcriptions: readonly TranscriptionRequest[];
  /** The next `n` calls to a model, of whatever kind, meet this fault; several calls line up. */
  next(n: number, fault: ModelFault): void;
  /** What voice notes are understood as from now on. */
  hear(text: string): void;
  /** As `grade` in the options, to be changed while it runs. */
  gradeWith(grade: NonNullable<PretendOpenAIOptions['grade']>): void;
};

/** A pretend OpenAI at the wire. It understands nothing, and judges the same answer the same way every time. */
export function createPretendOpenAI(options: PretendOpenAIOptions): PretendOpenAI {
  const { model } = options;
  const transcriptionModel = options.transcriptionModel ?? 'gpt-transcribe';
  const requests: JsonObject[] = [];
  const transcriptions: TranscriptionRequest[] = [];
  const faults: ModelFault[] = [];
  let transcript = '';
  let grade = options.grade ?? (() => null);
  let serial = 0;

  const server = fastify({ forceCloseConnections: true, bodyLimit: BODY_LIMIT_BYTES });
  server.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', `req_${++serial}`);
    if (request.headers.authorization !== `Bearer ${options.apiKey}`) return refuse(reply, WRONG_KEY);
  });

  server.post('/v1/responses', (request, reply) =>
    answerModelCall(request, reply, {
      check: (body) => checkResponsesRequest(body, model),
      text: responsesText,
      schema: (body) => objectAt(objectAt(objectAt(body, 'text'), 'format'), 'schema'),
      shape: responseOf,
      canFailInside: true,
    }),
  );

  server.post('/v1/chat/completions', (request, reply) =>
    answerModelCall(request, reply, {
      check: (body) => checkChatRequest(body, model),
      text: (body) => listAt(body, 'messages').map(contentText).join('\n\n'),
      schema: (body) => objectAt(objectAt(objectAt(body, 'response_format'), 'json_schema'), 'schema'),
      shape: completionOf,
      canFailInside: false,
    }),
  );

  server.post('/v1/audio/transcriptions', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const read = await readTranscription(body, request.headers['content-type'] ?? '');
    if ('error' in read) return refuse(reply, read.error);
    transcriptions.push(read);
    const fault = faults.shift() ?? null;
    const refused = checkTranscription(read, transcriptionModel);
    if (refused !== null) return refuse(reply, refused);
    await thinking();
    if (fault === null) return { text: transcript, languages: [], usage: { type: 'duration', seconds: 5 } };
    if (fault === 'no-json') return reply.type('text/plain').send('not JSON');
    if (fault === 'wrong-shape') return {};
    return misbehave(reply, fault) ?? refuse(reply, SERVER_ERROR);
  });

  const modelCard = (id: string) => ({ id, object: 'model', created: 1_795_000_000, owned_by: 'openai' });
  server.get('/v1/models', () => ({ object: 'list', data: [model, transcriptionModel].map(modelCard) }));
  server.get<{ Params: { id: string } }>('/v1/models/:id', (request, reply) => {
    const { id } = request.params;
    return id === model || id === transcriptionModel ? modelCard(id) : refuse(reply, unknownModel(id));
  });

  type ModelApi = {
    check: (body: JsonObject) => ModelError | null;
    text: (body: JsonObject) => string;
    schema: (body: JsonObject) => JsonObject;
    shape: (written: Written) => object;
    /** Whether a failure can stand in an answer of HTTP 200. */
    canFailInside: boolean;
  };

  async function answerModelCall(
    request: FastifyRequest,
    reply: FastifyReply,
    api: ModelApi,
  ): Promise<unknown> {
    const body = isJsonObject(request.body) ? request.body : {};
    requests.push(body);
    const fault = faults.shift() ?? null;
    const refused = api.check(body);
    if (refused !== null) return refuse(reply, refused);
    await thinking();
    const misbehaviour = fault === null ? null : misbehave(reply, fault);
    if (misbehaviour !== null) return misbehaviour;
    if (fault === 'failed' && !api.canFailInside) return refuse(reply, SERVER_ERROR);
    const prompt = api.text(body);
    const task = readTask(prompt);
    const value = fitSchema(api.schema(body), grade(task) ?? judge(task), task.language);
    return api.shape({
      text: JSON.stringify(value),
      model,
      promptLength: prompt.length,
      createdAt: Math.floor(Date.now() / 1000),
      serial,
      fault,
    });
  }

  async function thinking(): Promise<void> {
    const { thinkMs = 0 } = options;
    if (thinkMs > 0) await new Promise((done) => setTimeout(done, thinkMs));
  }

  /** The faults outside of an orderly answer; null for the others. */
  function misbehave(reply: FastifyReply, fault: ModelFault): FastifyReply | null {
    const error = errorOf(fault, model);
    if (error !== null) return refuse(reply, error);
    switch (fault) {
      case 'html-502':
        return reply.code(502).type('text/html').send('<html><body><h1>502 Bad Gateway</h1></body></html>');
      case 'hang':
        return reply.hijack();
      case 'reset':
        reply.hijack();
        reply.raw.socket?.destroy();
        return reply;
      default:
        return null;
    }
  }

  return {
    async start() {
      const url = await server.listen({ port: options.port, host: '127.0.0.1' });
      return { baseUrl: `${url}/v1` };
    },
    close: () => server.close(),
    requests,
    transcriptions,
    next(n, fault) {
      for (let index = 0; index < n; index++) faults.push(fault);
    },
    hear(text) {
      transcript = text;
    },
    gradeWith(wanted) {
      grade = wanted;
    },
  };
}

function refuse(reply: FastifyReply, error: ModelError): FastifyReply {
  const { message, type, param, code } = error;
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  return reply.code(error.http).send({ error: { message, type, param, code } });
}

function responsesText(body: JsonObject): string {
  const { input } = body;
  const said = typeof input === 'string' ? input : listAt(body, 'input').map(contentText).join('\n\n');
  return `${textAt(body, 'instructions') ?? ''}\n\n${said}`;
}

/** The text of a message, whether it is written as one string or in parts. */
function contentText(message: unknown): string {
  const whole = textAt(message, 'content');
  if (whole !== null) return whole;
  return listAt(message, 'content')
    .map((part) => textAt(part, 'text') ?? '')
    .join('\n');
}
