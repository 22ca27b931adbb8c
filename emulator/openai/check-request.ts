import { type JsonObject, listAt, objectAt, textAt } from '../json-object.ts';
import { checkStrictSchema } from './check-schema.ts';
import { badRequest, type ModelError, unknownModel } from './model-fault.ts';

const SMALLEST_OUTPUT_TOKENS = 16;
const LONGEST_SAFETY_IDENTIFIER = 64;

const RESPONSES_PARAMETERS = new Set(
  (
    'model input instructions text reasoning max_output_tokens store safety_identifier prompt_cache_key service_tier ' +
    'moderation metadata stream background include parallel_tool_calls tool_choice tools temperature top_p ' +
    'top_logprobs truncation user prompt_cache_options previous_response_id'
  ).split(' '),
);
const CHAT_PARAMETERS = new Set(
  (
    'model messages response_format verbosity reasoning_effort max_completion_tokens max_tokens store ' +
    'safety_identifier prompt_cache_key service_tier moderation metadata stream temperature top_p top_logprobs ' +
    'logprobs seed stop n user frequency_penalty presence_penalty tools tool_choice prompt_cache_options'
  ).split(' '),
);

export function checkResponsesRequest(body: JsonObject, model: string): ModelError | null {
  const format = objectAt(objectAt(body, 'text'), 'format');
  const { input, max_output_tokens: most } = body;
  if (typeof input !== 'string' && !Array.isArray(input)) return missing('input');
  if (most !== undefined && !(typeof most === 'number' && most >= SMALLEST_OUTPUT_TOKENS)) {
    return badRequest('integer_below_min_value', 'max_output_tokens', 'Expected a value >= 16.');
  }
  return (
    checkKnown(body, RESPONSES_PARAMETERS) ??
    checkModel(body, model) ??
    checkSampling(body, textAt(objectAt(body, 'reasoning'), 'effort')) ??
    checkIdentifier(body) ??
    (format.type === 'json_schema' ? checkStrictSchema(format.schema, format.name, 'text.format') : null)
  );
}

export function checkChatRequest(body: JsonObject, model: string): ModelError | null {
  const format = objectAt(body, 'response_format');
  const wrapped = objectAt(format, 'json_schema');
  if (listAt(body, 'messages').length === 0) return missing('messages');
  if (body.max_tokens !== undefined) {
    return badRequest('unsupported_parameter', 'max_tokens', "Use 'max_completion_tokens' instead.");
  }
  return (
    checkKnown(body, CHAT_PARAMETERS) ??
    checkModel(body, model) ??
    checkSampling(body, textAt(body, 'reasoning_effort')) ??
    checkIdentifier(body) ??
    (format.type === 'json_schema'
      ? checkStrictSchema(wrapped.schema, wrapped.name, 'response_format')
      : null)
  );
}

function checkKnown(body: JsonObject, known: ReadonlySet<string>): ModelError | null {
  const unknown = Object.keys(body).find((key) => !known.has(key));
  return unknown === undefined
    ? null
    : badRequest('unknown_parameter', unknown, `Unknown parameter: '${unknown}'.`);
}

function checkModel(body: JsonObject, model: string): ModelError | null {
  if (typeof body.model !== 'string') return missing('model');
  return body.model === model ? null : unknownModel(body.model);
}

/** Reasoning models take no sampling parameters unless they are told not to reason. */
function checkSampling(body: JsonObject, effort: string | null): ModelError | null {
  const sampling = ['temperature', 'top_p', 'top_logprobs'].find((key) => body[key] !== undefined);
  if (sampling === undefined || effort === 'none') return null;
  return badRequest(
    'unsupported_parameter',
    sampling,
    `Unsupported parameter: '${sampling}' is not supported with this model.`,
  );
}

function checkIdentifier(body: JsonObject): ModelError | null {
  const identifier = body.safety_identifier;
  if (identifier === undefined) return null;
  if (typeof identifier === 'string' && identifier.length <= LONGEST_SAFETY_IDENTIFIER) return null;
  return badRequest(
    'string_above_max_length',
    'safety_identifier',
    'Expected a string of at most 64 characters.',
  );
}

function missing(param: string): ModelError {
  return badRequest('missing_required_parameter', param, `Missing required parameter: '${param}'.`);
}
