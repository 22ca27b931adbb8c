import type { TokenUsage } from './token-usage.ts';

/** What the tokens cost, in whole micro-dollars; null when the model's price or the counts are unknown. */
export function costMicroUsd(model: string, usage: TokenUsage): number | null {
  const price = PRICES_OF_2026_11_23.get(withoutSnapshotDate(model));
  if (price === undefined || usage.inputTokens === null || usage.outputTokens === null) return null;
  const cached = usage.cachedTokens ?? 0;
  const written = usage.cacheWriteTokens ?? 0;
  const plain = Math.max(0, usage.inputTokens - cached - written);
  return Math.round(
    plain * price.input +
      cached * price.cached +
      written * price.cacheWrite +
      usage.outputTokens * price.output,
  );
}

/**
 * US dollars per million tokens in the standard tier, as OpenAI's model pages showed them on that day; which is also
 * micro-dollars per token. A model that is not listed has no cost rather than a guessed one.
 */
const PRICES_OF_2026_11_23: ReadonlyMap<string, Price> = new Map([
  ['gpt-6-luna', { input: 0.1, cached: 0.01, cacheWrite: 0.125, output: 0.5 }],
  ['gpt-6.1-terra', { input: 1, cached: 0.05, cacheWrite: 1.25, output: 5 }],
  ['gpt-6.1-sol', { input: 2, cached: 0.1, cacheWrite: 2.5, output: 10 }],
  ['gpt-5.6-luna', { input: 0.2, cached: 0.02, cacheWrite: 0.25, output: 1.2 }],
]);

type Price = {
  readonly input: number;
  readonly cached: number;
  readonly cacheWrite: number;
  readonly output: number;
};

/** OpenAI names the dated build that did the work: `gpt-6-luna-2026-09-22` for `gpt-6-luna`. */
function withoutSnapshotDate(model: string): string {
  return model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}
