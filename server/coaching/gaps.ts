import { type Card, createEmptyCard, fsrs, Rating, State } from 'ts-fsrs';
import { type ConceptRef, type Kinship, keyOf } from '../../interview/kinship.ts';
import type { Question } from '../../interview/question.ts';
import { type ConceptVerdict, coverageOf, type Verdict } from '../../interview/rubric.ts';
import type { Gap } from '../store/gaps.ts';

/** Known for so many days, a concept needs no question of its own any more. */
const KNOWN_FOR_DAYS = 21;

/** Small things are not worth a question of their own. */
const LEAST_WEIGHT = 2;

/**
 * What an answer changes: gaps that it opened, deepened or narrowed, and those that it closed. A gap is met by an answer
 * to its own question, to one that names the same thing, or to the one that was asked to bring it back. A concept
 * without a verdict is missing.
 */
export function gapsAfter(it: {
  gaps: readonly Gap[];
  question: Question;
  verdicts: readonly ConceptVerdict[];
  recalls: ConceptRef | null;
  kinship: Kinship;
  now: number;
}): { readonly open: readonly Gap[]; readonly closed: readonly Gap[] } {
  const { gaps, question, verdicts, recalls, kinship, now } = it;
  const given = new Map(verdicts.map(({ conceptId, verdict }) => [conceptId, verdict]));
  const verdictOn = (conceptId: string) => given.get(conceptId) ?? 'missing';
  const met = gaps.flatMap((gap) => {
    const through = kinship.kinIn(question.slug, gap.concept);
    if (through.length > 0) return [reviewed(gap, ratingOf(through.map(verdictOn)), now)];
    if (recalls === null || keyOf(gap.concept) !== keyOf(recalls)) return [];
    return [reviewed(gap, ratingOfCoverage(coverageOf(question.concepts, verdicts)), now)];
  });
  const known = new Set(gaps.map(({ concept }) => keyOf(concept)));
  const opened = question.concepts
    .filter(({ id, weight, core }) => (core || weight >= LEAST_WEIGHT) && isMissed(verdictOn(id)))
    .map(({ id }) => ({ slug: question.slug, conceptId: id }))
    .filter((concept) => !known.has(keyOf(concept)))
    .map((concept) => newGap(concept, now));
  return {
    open: [...met, ...opened].filter((gap) => gap.stability < KNOWN_FOR_DAYS),
    closed: met.filter((gap) => gap.stability >= KNOWN_FOR_DAYS),
  };
}

type Reviewed = Rating.Again | Rating.Hard | Rating.Good;

function ratingOf(verdicts: readonly Verdict[]): Reviewed {
  if (verdicts.some(isMissed)) return Rating.Again;
  return verdicts.includes('partial') ? Rating.Hard : Rating.Good;
}

function isMissed(verdict: Verdict): boolean {
  return verdict === 'missing' || verdict === 'contradicted';
}

/** The question says nothing of the concept itself: whoever knows most of it has understood its topic. */
function ratingOfCoverage(coverage: number): Reviewed {
  if (coverage < 0.5) return Rating.Again;
  return coverage < 0.75 ? Rating.Hard : Rating.Good;
}

/** Whole days: nobody is asked twice a day. The same answer always leads to the same day. */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });

function reviewed(gap: Gap, rating: Reviewed, now: number): Gap {
  const card = {
    ...createEmptyCard(new Date(gap.dueAt)),
    stability: gap.stability,
    difficulty: gap.difficulty,
    last_review: new Date(gap.reviewedAt),
    state: State.Review,
    reps: 1,
  };
  return gapAfter(gap.concept, card, rating, Math.max(now, gap.reviewedAt));
}

function newGap(concept: ConceptRef, now: number): Gap {
  return gapAfter(concept, createEmptyCard(new Date(now)), Rating.Again, now);
}

function gapAfter(concept: ConceptRef, before: Card, rating: Reviewed, now: number): Gap {
  const { card } = scheduler.next(before, new Date(now), rating);
  const { stability, difficulty, due } = card;
  return { concept, stability, difficulty, reviewedAt: now, dueAt: due.getTime() };
}
