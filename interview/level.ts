import type { Difficulty } from './areas.ts';
import type { Question } from './question.ts';

/**
 * How good a learner is and how hard a question is, on one scale, as chess players are rated: with a level as high as a
 * question's rating a learner is expected to cover half of it, with 400 more ten elevenths.
 */
export const STARTING_RATING: Readonly<Record<Difficulty, number>> = { easy: 1000, medium: 1200, hard: 1400 };

/** By what answers have taught us of questions; one that nobody answered is as hard as it says. */
export function ratingOf(
  { slug, difficulty }: Pick<Question, 'slug' | 'difficulty'>,
  ratings: ReadonlyMap<string, number>,
): number {
  return ratings.get(slug) ?? STARTING_RATING[difficulty];
}

/** What teaches most is neither boring nor hopeless: about three quarters of the answer are within reach. */
export const WANTED_SUCCESS = 0.775;

/** The share of a question, 0 to 1, that a learner of that level is expected to cover. */
export function expectedCoverage(level: number, rating: number): number {
  return 1 / (1 + 10 ** ((rating - level) / SCALE));
}

const SCALE = 400;

/** Of the question that would give that success. */
export function ratingFor(level: number, success: number): number {
  return level - SCALE * Math.log10(success / (1 - success));
}

/** A new learner is expected to do well with the easy questions, and climbs from there. */
export const STARTING_LEVEL =
  STARTING_RATING.easy + SCALE * Math.log10(WANTED_SUCCESS / (1 - WANTED_SUCCESS));

/**
 * A learner's level in an area, from everything answered there, oldest first. It is computed anew each time: an answer
 * that is graded again changes it as if it had been graded so at once.
 */
export function levelAfter(
  answers: readonly { readonly coverage: number; readonly rating: number }[],
): number {
  return answers.reduce(
    (level, { coverage, rating }, index) =>
      level + stepAfter(index) * (coverage - expectedCoverage(level, rating)),
    STARTING_LEVEL,
  );
}

/** The first answers say most about who somebody is; later ones correct it little by little. */
function stepAfter(answers: number): number {
  return Math.max(SMALLEST_STEP, FIRST_STEP / (1 + answers / STEP_HALVES_AFTER));
}

const FIRST_STEP = 240;
const SMALLEST_STEP = 40;
const STEP_HALVES_AFTER = 6;

/** By how much one answer changes what we believe of the question: little, for many will answer it. */
export function ratingChange(it: { coverage: number; level: number; rating: number }): number {
  return QUESTION_STEP * (expectedCoverage(it.level, it.rating) - it.coverage);
}

const QUESTION_STEP = 8;
