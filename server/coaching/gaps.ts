import { type Card, createEmptyCard, fsrs, Rating } from 'ts-fsrs';
import type { ConceptRef, Kinship } from '../../interview/kinship.ts';
import type { Question } from '../../interview/question.ts';
import { type ConceptVerdict, coverageOf, type Verdict } from '../../interview/rubric.ts';

/**
 * Something that was missing in an answer, and how well it is remembered by now: `stability` is the number of days
 * after which nine of ten people still know it, by the free spaced repetition scheduler (FSRS).
 */
export type Gap = {
  readonly concept: ConceptRef;
  readonly stability: number;
  readonly difficulty: number;
  /** Epoch milliseconds. */
  readonly reviewedAt: number;
  /** When it is about to be forgotten. */
  readonly dueAt: number;
};

/** Known for so many days, a concept needs no question of its own any more. */
const KNOWN_FOR_DAYS = 21;

/** Small things are not worth a question of their own. */
const LEAST_WEIGHT = 2;

/**
 * What an answer changes: gaps that it opened, deepened or narrowed, and those that it closed. A gap is met by an answer
 * to its own question, to one that names the same thing, or to the one that was asked to bring it back.
 */
export function gapsAfter(it: {
  gaps: readonly Gap[];
  question: Question;
  verdicts: readonly ConceptVerdict[];
  recalls: ConceptRef | null;
  kinship: Kinship;
  now: number;
}): { readonly open: readonly Gap[]; readonly closed: readonly ConceptRef[] } {
  const { gaps, question, verdicts, recalls, kinship, now } = it;
  const verdictOf = new Map(verdicts.map(({ conceptId, verdict }) => [conceptId, verdict]));
  const met = gaps.flatMap((gap) => {
    const through = kinship.kinIn(question.slug, gap.concept);
    const rating =
      through.length > 0
        ? ratingOf(through.map((id) => verdictOf.get(id) ?? 'missing'))
        : isSame(gap.concept, recalls)
          ? ratingOfCoverage(coverageOf(question.concepts, verdicts))
          : null;
    return rating === null ? [] : [review(gap, rating, now)];
  });
  const known = new Set(gaps.map(({ concept }) => keyOf(concept)));
  const opened = question.concepts
    .filter(({ id, weight, core }) => (core || weight >= LEAST_WEIGHT) && isMissed(verdictOf.get(id)))
    .map(({ id }) => ({ slug: question.slug, conceptId: id }))
    .filter((concept) => !known.has(keyOf(concept)))
    .map((concept) => review({ concept, ...NEVER_REVIEWED }, Rating.Again, now));
  return {
    open: [...met, ...opened].filter((gap) => gap.stability < KNOWN_FOR_DAYS),
    closed: met.filter((gap) => gap.stability >= KNOWN_FOR_DAYS).map(({ concept }) => concept),
  };
}

type Reviewed = Rating.Again | Rating.Hard | Rating.Good;

function ratingOf(verdicts: readonly Verdict[]): Reviewed {
  if (verdicts.some(isMissed)) return Rating.Again;
  return verdicts.includes('partial') ? Rating.Hard : Rating.Good;
}

function ratingOfCoverage(coverage: number): Reviewed {
  if (coverage < 0.5) return Rating.Again;
  return coverage < 0.75 ? Rating.Hard : Rating.Good;
}

function isMissed(verdict: Verdict | undefined): boolean {
  return verdict === 'missing' || verdict === 'contradicted';
}

/** Whole days: nobody is asked twice a day. The same answer always leads to the same day. */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });

const NEVER_REVIEWED = { stability: 0, difficulty: 0, reviewedAt: 0, dueAt: 0 };

function review(gap: Gap, rating: Reviewed, now: number): Gap {
  const { card } = scheduler.next(cardOf(gap), new Date(now), rating);
  return {
    concept: gap.concept,
    stability: card.stability,
    difficulty: card.difficulty,
    reviewedAt: now,
    dueAt: card.due.getTime(),
  };
}

function cardOf(gap: Gap): Card {
  const { reviewedAt } = gap;
  const empty = createEmptyCard(new Date(gap.dueAt));
  if (reviewedAt === 0) return empty;
  return {
    ...empty,
    stability: gap.stability,
    difficulty: gap.difficulty,
    last_review: new Date(reviewedAt),
    state: 2,
    reps: 1,
  };
}

function isSame(one: ConceptRef, other: ConceptRef | null): boolean {
  return other !== null && keyOf(one) === keyOf(other);
}

function keyOf({ slug, conceptId }: ConceptRef): string {
  return `${slug} ${conceptId}`;
}
