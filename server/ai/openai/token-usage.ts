import { z } from 'zod';

/** What the calls for one assessment used. Null where the provider does not tell: compatible servers leave out much. */
export type TokenUsage = {
  readonly inputTokens: number | null;
  /** Part of `inputTokens`. */
  readonly cachedTokens: number | null;
  /** Part of `inputTokens`: written to the cache, which costs more than plain input. */
  readonly cacheWriteTokens: number | null;
  /** Thinking included. */
  readonly outputTokens: number | null;
};

export const NO_USAGE: TokenUsage = {
  inputTokens: null,
  cachedTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
};

/** Two attempts at one assessment are paid for twice. */
export function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    inputTokens: sum(a.inputTokens, b.inputTokens),
    cachedTokens: sum(a.cachedTokens, b.cachedTokens),
    cacheWriteTokens: sum(a.cacheWriteTokens, b.cacheWriteTokens),
    outputTokens: sum(a.outputTokens, b.outputTokens),
  };
}

const count = z.number().int().nonnegative().nullish().catch(null);
const inputDetails = z.object({ cached_tokens: count, cache_write_tokens: count }).nullish().catch(null);

/** The `usage` of the Responses API. */
export const responsesUsage = z
  .object({ input_tokens: count, output_tokens: count, input_tokens_details: inputDetails })
  .transform((usage) => tokenUsage(usage.input_tokens, usage.input_tokens_details, usage.output_tokens))
  .catch(NO_USAGE);

/** The `usage` of Chat Completions: the same counts under older names. */
export const chatUsage = z
  .object({ prompt_tokens: count, completion_tokens: count, prompt_tokens_details: inputDetails })
  .transform((usage) => tokenUsage(usage.prompt_tokens, usage.prompt_tokens_details, usage.completion_tokens))
  .catch(NO_USAGE);

type Count = number | null | undefined;

function tokenUsage(
  input: Count,
  details: { cached_tokens?: Count; cache_write_tokens?: Count } | null | undefined,
  output: Count,
): TokenUsage {
  return {
    inputTokens: input ?? null,
    cachedTokens: details?.cached_tokens ?? null,
    cacheWriteTokens: details?.cache_write_tokens ?? null,
    outputTokens: output ?? null,
  };
}

function sum(a: number | null, b: number | null): number | null {
  return a === null && b === null ? null : (a ?? 0) + (b ?? 0);
}
