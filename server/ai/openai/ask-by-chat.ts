import type { OpenAI } from 'openai';
import { z } from 'zod';
import { type Capabilities, isRefusalOf } from './capabilities.ts';
import { GRADING_JSON_SCHEMA, GRADING_SCHEMA_NAME } from './grading-schema.ts';
import { type AskModel, LONGEST_IDENTIFIER, type ModelReply, type ModelRequest } from './model-port.ts';
import { chatUsage, NO_USAGE } from './token-usage.ts';
import { translateError } from './translate-error.ts';

/** Asks over Chat Completions, the way that nearly every compatible server knows. */
export function askByChat(needs: {
  client: OpenAI;
  model: string;
  capabilities: Capabilities;
  now: () => number;
}): AskModel {
  const { client, model, capabilities } = needs;
  /** Some servers do not know schemas. Once one has said so, it is not asked again. */
  let enforcesSchema = true;

  return async function ask(request): Promise<ModelReply> {
    try {
      return read(await client.chat.completions.create(parameters(request), { signal: request.signal }));
    } catch (error) {
      if (capabilities.learnFrom(error)) return ask(request);
      if (enforcesSchema && (isRefusalOf(error, 'response_format') || isRefusalOf(error, 'json_schema'))) {
        enforcesSchema = false;
        return ask(request);
      }
      return translateError(error, { model, now: needs.now(), signal: request.signal });
    }
  };

  function parameters(request: ModelRequest) {
    const rules = {
      role: capabilities.openAIsOwn ? ('developer' as const) : ('system' as const),
      content: enforcesSchema ? request.instructions : `${request.instructions}\n\n${SHAPE_IN_WORDS}`,
    };
    return {
      model,
      messages: [rules, { role: 'user' as const, content: request.material }],
      response_format: enforcesSchema ? SCHEMA_FORMAT : { type: 'json_object' as const },
      // Not `max_tokens`: models that think refuse it.
      max_completion_tokens: request.maxOutputTokens,
      ...(capabilities.has('store') ? { store: false } : {}),
      ...(capabilities.has('reasoning') ? { reasoning_effort: 'low' as const } : {}),
      ...(capabilities.has('verbosity') ? { verbosity: 'low' as const } : {}),
      ...(capabilities.has('safety_identifier') && request.pseudonym !== null
        ? { safety_identifier: request.pseudonym.slice(0, LONGEST_IDENTIFIER) }
        : {}),
    };
  }
}

const SCHEMA_FORMAT = {
  type: 'json_schema' as const,
  json_schema: { name: GRADING_SCHEMA_NAME, strict: true, schema: GRADING_JSON_SCHEMA },
};

const SHAPE_IN_WORDS = `Reply with one JSON object and nothing else. It fits this JSON Schema: ${JSON.stringify(GRADING_JSON_SCHEMA)}`;

const envelope = z.object({
  model: z.string().nullable().catch(null),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish().catch(null),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: chatUsage,
});

function read(body: unknown): ModelReply {
  const reading = envelope.safeParse(body);
  const choice = reading.data?.choices[0];
  if (!reading.success || choice === undefined) {
    return { kind: 'unreadable', why: 'not a completion of this API', usage: NO_USAGE };
  }
  const { model, usage } = reading.data;
  if (choice.finish_reason === 'content_filter') return { kind: 'refused', why: 'content filter', usage };
  if (choice.message.refusal) return { kind: 'refused', why: 'refusal', usage };
  if (choice.finish_reason === 'length') return { kind: 'cut-off', why: 'out of tokens', usage };
  const text = choice.message.content ?? '';
  return text === ''
    ? { kind: 'unreadable', why: 'no text', usage }
    : { kind: 'answered', text, model, usage };
}
