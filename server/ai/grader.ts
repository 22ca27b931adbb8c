import type { QuestionInLanguage } from '../../interview/question.ts';
import type { Assessment } from '../../interview/rubric.ts';

/** A door to something that can judge an answer concept by concept. It never computes a score. */
export interface Grader {
  readonly name: 'openai' | 'offline';
  /** Never throws for anything the provider does: the outcome says what to do next. */
  grade(task: GradingTask, options: GradingOptions): Promise<GradingOutcome>;
}

export type GradingTask = {
  readonly question: QuestionInLanguage;
  readonly answer: string;
  /** True when `answer` is an automatic transcript. */
  readonly spoken: boolean;
};

export type GradingOptions = {
  /** The caller's own deadline over all attempts. */
  readonly signal?: AbortSignal;
  /** A keyed hash that stands for the learner; never a number, a name or our own id. */
  readonly pseudonym?: string;
};

export type GradingOutcome =
  | { readonly kind: 'graded'; readonly assessment: Assessment; readonly made: GradingRecord }
  /** The provider cannot answer now (time-out, rate limit, 5xx, circuit open, wrong shape twice). */
  | { readonly kind: 'unavailable'; readonly why: string; readonly retryAfterMs: number | null }
  /** The provider answered and will not grade this (refusal, content filter). */
  | { readonly kind: 'refused'; readonly why: string };

/** How an assessment was made; stored with it. Token counts are null where the provider does not tell. */
export type GradingRecord = {
  readonly grader: 'openai' | 'offline';
  readonly model: string | null;
  readonly promptVersion: string | null;
  readonly inputTokens: number | null;
  readonly cachedTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicroUsd: number | null;
};
