import type { TokenUsage } from './token-usage.ts';

/** The library's types say 128 characters, OpenAI's own description says 64. */
export const LONGEST_IDENTIFIER = 64;

/** One question to a model, whichever of OpenAI's two ways of asking carries it. */
export type AskModel = (request: ModelRequest) => Promise<ModelReply>;

export type ModelRequest = {
  /** The rules: ours alone, the same for every learner. */
  readonly instructions: string;
  /** What is to be judged. The only part that holds a learner's words. */
  readonly material: string;
  readonly maxOutputTokens: number;
  /** Stands for the learner in OpenAI's abuse reports; null when the caller gave none. */
  readonly pseudonym: string | null;
  readonly signal: AbortSignal;
};

/** What became of it, named by what to do next. `why` is for the log: it never holds a learner's words or a key. */
export type ModelReply =
  | {
      readonly kind: 'answered';
      readonly text: string;
      readonly model: string | null;
      readonly usage: TokenUsage;
    }
  /** It ran out of room before it was done (thinking counts too): ask again with more. */
  | { readonly kind: 'cut-off'; readonly why: string; readonly usage: TokenUsage }
  /** HTTP 200 without anything to read: ask again. */
  | { readonly kind: 'unreadable'; readonly why: string; readonly usage: TokenUsage }
  /** It will not judge this answer, however often we ask. */
  | { readonly kind: 'refused'; readonly why: string; readonly usage: TokenUsage }
  /** The provider's trouble, over soon. `waitMs` is its own wish, null when it has none. */
  | { readonly kind: 'passing'; readonly why: string; readonly waitMs: number | null }
  /** Nobody needs to ask for a while. `sentence` tells the operator what to mend, null when time mends it. */
  | {
      readonly kind: 'closed';
      readonly why: string;
      readonly closeForMs: number;
      readonly sentence: string | null;
    }
  /** The caller no longer wants it; nobody's trouble. */
  | { readonly kind: 'cancelled'; readonly why: string }
  /** This request is wrong, and would be again; the next one may be right. */
  | { readonly kind: 'rejected'; readonly why: string; readonly sentence: string };
