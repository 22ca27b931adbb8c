import type { ModelFault } from './model-fault.ts';

/** Rough, and only rough is needed: four characters make a token. */
const CHARACTERS_PER_TOKEN = 4;
const THOUGHT_TOKENS = 64;

const REFUSAL = "I'm sorry, but I can't help with that.";

/** What goes into an answer, whichever API carries it. */
export type Written = {
  readonly text: string;
  readonly model: string;
  readonly promptLength: number;
  readonly createdAt: number;
  readonly serial: number;
  readonly fault: ModelFault | null;
};

/** An answer of the Responses API. */
export function responseOf(written: Written): object {
  const { fault, serial } = written;
  const content =
    fault === 'refusal'
      ? { type: 'refusal', refusal: REFUSAL }
      : { type: 'output_text', text: spoken(written), annotations: [], logprobs: [] };
  const isCut = fault === 'incomplete' || fault === 'content-filter';
  const status = fault === 'failed' ? 'failed' : isCut ? 'incomplete' : 'completed';
  const message = { id: `msg_${serial}`, type: 'message', role: 'assistant', status, content: [content] };
  const thought = { id: `rs_${serial}`, type: 'reasoning', summary: [] };
  const inputTokens = tokensIn(written.promptLength);
  const outputTokens = THOUGHT_TOKENS + tokensIn(written.text.length);
  return {
    id: `resp_${serial}`,
    object: 'response',
    created_at: written.createdAt,
    status,
    error:
      fault === 'failed'
        ? { code: 'server_error', message: 'The model failed to generate a response.' }
        : null,
    incomplete_details: isCut
      ? { reason: fault === 'incomplete' ? 'max_output_tokens' : 'content_filter' }
      : null,
    model: written.model,
    output: fault === 'failed' ? [] : [thought, message],
    usage: {
      input_tokens: inputTokens,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: outputTokens,
      output_tokens_details: { reasoning_tokens: THOUGHT_TOKENS },
      total_tokens: inputTokens + outputTokens,
    },
    service_tier: 'default',
  };
}

/** An answer of Chat Completions. */
export function completionOf(written: Written): object {
  const { fault, serial } = written;
  const isRefusal = fault === 'refusal';
  const inputTokens = tokensIn(written.promptLength);
  const outputTokens = THOUGHT_TOKENS + tokensIn(written.text.length);
  return {
    id: `chatcmpl-${serial}`,
    object: 'chat.completion',
    created: written.createdAt,
    model: written.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: isRefusal ? null : spoken(written),
          refusal: isRefusal ? REFUSAL : null,
        },
        logprobs: null,
        finish_reason:
          fault === 'incomplete' ? 'length' : fault === 'content-filter' ? 'content_filter' : 'stop',
      },
    ],
    usage: {
      prompt_tokens: inputTokens,
      prompt_tokens_details: { cached_tokens: 0 },
      completion_tokens: outputTokens,
      completion_tokens_details: { reasoning_tokens: THOUGHT_TOKENS },
      total_tokens: inputTokens + outputTokens,
    },
  };
}

function spoken({ text, fault }: Written): string {
  if (fault === 'no-json') return 'The answer covers most of what was asked.';
  if (fault === 'wrong-shape') return '{"verdict":"fine"}';
  return fault === 'incomplete' || fault === 'content-filter' ? text.slice(0, text.length / 2) : text;
}

function tokensIn(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}
