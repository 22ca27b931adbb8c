import type { ConceptInLanguage } from './question.ts';

/** What a grader may say about one concept. */
export const VERDICTS = ['covered', 'partial', 'missing', 'contradicted'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A verdict with its evidence: words copied from the answer, null exactly when the verdict is `missing`. */
export type ConceptVerdict = {
  readonly conceptId: string;
  readonly verdict: Verdict;
  readonly quote: string | null;
};

/**
 * What any grader returns: one verdict per concept of the question, in the question's order.
 * `nextStep` and `explanation` are a model's own words in the learner's language (null from the offline grader).
 * `suspicious` keeps an assessment for review: the answer talked to the grader, or two graders disagree wildly.
 */
export type Assessment = {
  readonly verdicts: readonly ConceptVerdict[];
  readonly nextStep: string | null;
  readonly explanation: string | null;
  readonly offTopic: boolean;
  readonly suspicious: boolean;
};

export const HIGHEST_SCORE = 10;
/** Claiming the opposite of a core concept is worse than not knowing it: no passing score. */
export const SCORE_CAP_WHEN_CORE_CONTRADICTED = 4;

const VALUE: Readonly<Record<Verdict, number>> = { covered: 1, partial: 0.5, missing: 0, contradicted: 0 };

/** The share of the weight that the verdicts earn, 0 to 1. A concept without a verdict earns nothing. */
export function coverageOf(
  concepts: readonly Pick<ConceptInLanguage, 'id' | 'weight'>[],
  verdicts: readonly ConceptVerdict[],
): number {
  const byId = new Map(verdicts.map((verdict) => [verdict.conceptId, verdict.verdict]));
  const total = concepts.reduce((sum, concept) => sum + concept.weight, 0);
  if (total === 0) return 0;
  const earned = concepts.reduce(
    (sum, concept) => sum + concept.weight * VALUE[byId.get(concept.id) ?? 'missing'],
    0,
  );
  return earned / total;
}

/** The score out of ten, a whole number, computed from the verdicts alone: the same verdicts always give the same score. */
export function scoreOf(concepts: readonly ConceptInLanguage[], verdicts: readonly ConceptVerdict[]): number {
  const score = Math.round(coverageOf(concepts, verdicts) * HIGHEST_SCORE);
  const core = new Set(concepts.filter((concept) => concept.core).map((concept) => concept.id));
  const coreContradicted = verdicts.some((it) => it.verdict === 'contradicted' && core.has(it.conceptId));
  return coreContradicted ? Math.min(score, SCORE_CAP_WHEN_CORE_CONTRADICTED) : score;
}

/** A score in words: all that the offline grader claims to know. */
export const BANDS = ['strong', 'good', 'partial', 'starting'] as const;
export type Band = (typeof BANDS)[number];

export function bandOf(coverage: number): Band {
  if (coverage >= 0.8) return 'strong';
  if (coverage >= 0.55) return 'good';
  if (coverage >= 0.25) return 'partial';
  return 'starting';
}
