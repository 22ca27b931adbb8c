import type { OpenAI } from 'openai';
import { z } from 'zod';
import type { Capabilities } from './capabilities.ts';
import { GRADING_JSON_SCHEMA, GRADING_SCHEMA_NAME } from './grading-schema.ts';
import { type AskModel, LONGEST_IDENTIFIER, type ModelReply, type ModelRequest } from './model-port.ts';
import { plainWord } from './plain-word.ts';
import { NO_USAGE, responsesUsage, type TokenUsage } from './token-usage.ts';
import { translateError } from './translate-error.ts';

/** Asks over OpenAI's Responses API. */
export function askByResponses(needs: {
  client: OpenAI;
  model: string;
  capabilities: Capabilities;
  now: () => number;
}): AskModel {
  const { client, model, capabilities } = needs;
  return async function ask(request): Promise<ModelReply> {
    try {
      return read(await client.responses.create(parameters(request), { signal: request.signal }));
    } catch (error) {
      return capabilities.learnFrom(error)
        ? ask(request)
        : translateError(error, { model, now: needs.now(), signal: request.signal });
    }
  };

  function parameters(request: ModelRequest) {
    return {
      model,
      instructions: request.instructions,
      input: [{ role: 'user' as const, content: request.material }],
      text: {
        format: {
          type: 'json_schema' as const,
          name: GRADING_SCHEMA_NAME,
          strict: true,
          schema: GRADING_JSON_SCHEMA,
        },
        ...(capabilities.has('verbosity') ? { verbosity: 'low' as const } : {}),
      },
      max_output_tokens: request.maxOutputTokens,
      // The only parameter sent whatever the server: left out, OpenAI keeps the learner's words for a month.
      store: false,
      ...(capabilities.has('reasoning') ? { reasoning: { effort: 'low' as const } } : {}),
      ...(capabilities.has('safety_identifier') && request.pseudonym !== null
        ? { safety_identifier: request.pseudonym.slice(0, LONGEST_IDENTIFIER) }
        : {}),
    };
  }
}

/** Compatible servers leave out most of what the library's types promise, so the envelope is read with a schema too. */
const envelope = z.object({
  status: z.string().catch('completed'),
  model: z.string().nullable().catch(null),
  error: z.object({ code: z.string() }).nullish().catch(null),
  incomplete_details: z.object({ reason: z.string() }).nullish().catch(null),
  output: z
    .array(
      z.object({
        type: z.string(),
        phase: z.string().nullish(),
        content: z
          .array(z.object({ type: z.string(), text: z.string().nullish() }))
          .nullish()
          .catch(null),
      }),
    )
    .catch([]),
  usage: responsesUsage,
});

function read(body: unknown): ModelReply {
  const reading = envelope.safeParse(body);
  if (!reading.success) return { kind: 'unreadable', why: 'not a response of this API', usage: NO_USAGE };
  const { status, error, incomplete_details: incomplete, model, usage } = reading.data;
  switch (status) {
    case 'failed':
      return failed(plainWord(error?.code) ?? UNKNOWN, usage);
    case 'incomplete':
      return cutShort(plainWord(incomplete?.reason) ?? UNKNOWN, usage);
    case 'completed':
      break;
    default:
      return { kind: 'unreadable', why: `status ${plainWord(status) ?? UNKNOWN}`, usage };
  }
  const parts = reading.data.output
    .filter((item) => item.type === 'message' && (item.phase ?? 'final_answer') === 'final_answer')
    .flatMap((item) => item.content ?? []);
  if (parts.some((part) => part.type === 'refusal')) return { kind: 'refused', why: 'refusal', usage };
  const text = parts.map((part) => (part.type === 'output_text' ? (part.text ?? '') : '')).join('');
  return text === ''
    ? { kind: 'unreadable', why: 'no text', usage }
    : { kind: 'answered', text, model, usage };
}

const UNKNOWN = 'unknown';

/** A failure inside an HTTP 200. */
function failed(code: string, usage: TokenUsage): ModelReply {
  const why = `failed: ${code}`;
  const passes = ['server_error', 'rate_limit_exceeded', 'vector_store_timeout', UNKNOWN].includes(code);
  return passes ? { kind: 'passing', why, waitMs: null } : { kind: 'refused', why, usage };
}

function cutShort(reason: string, usage: TokenUsage): ModelReply {
  const why = `incomplete: ${reason}`;
  if (reason === 'content_filter') return { kind: 'refused', why, usage };
  return { kind: 'cut-off', why, usage };
}
