import type { ConceptInLanguage } from '../../../interview/question.ts';
import { type Assessment, type ConceptVerdict, coverageOf, type Verdict } from '../../../interview/rubric.ts';
import type { GradingTask } from '../grader.ts';
import { cleanText } from './clean-text.ts';
import { isInLanguage } from './feedback-language.ts';
import { findQuote } from './find-quote.ts';
import type { Grading } from './grading-schema.ts';
import { talksToGrader } from './talks-to-grader.ts';

const LONGEST_NEXT_STEP = 200;
const LONGEST_EXPLANATION = 300;
/** Claims of this much, where the offline grader sees nothing at all, are not believed without a second look. */
const NEARLY_ALL = 0.8;

export type Checked =
  | { readonly kind: 'sound'; readonly assessment: Assessment }
  /** The verdicts hold; the model's own words were in another language and are left out. */
  | { readonly kind: 'wrong-language'; readonly assessment: Assessment }
  | { readonly kind: 'wrong-concepts'; readonly why: string };

/**
 * What remains of a model's judgement once nothing is taken on trust. Every concept has one verdict, every quote stands
 * in the answer as stored, and a doubtful judgement counts no more than the offline grader's own.
 */
export function checkOutput(grading: Grading, task: GradingTask, offline: Assessment): Checked {
  const { concepts, language } = task.question;
  const why = mismatch(grading, concepts);
  if (why !== null) return { kind: 'wrong-concepts', why };

  const proven = concepts.map((concept) => prove(concept, grading, task.answer, offline));
  const suspicious = talksToGrader(task.answer) || claimsTooMuch(grading, concepts, offline);
  const verdicts = suspicious ? proven.map((it) => lower(it, verdictOn(it.conceptId, offline))) : proven;
  const nextStep = cleanText(grading.nextStep, LONGEST_NEXT_STEP);
  const explanation = cleanText(grading.explanation, LONGEST_EXPLANATION);
  const understood = [nextStep, explanation].every((text) => text === null || isInLanguage(text, language));
  // Words that belong to verdicts we did not keep, or in a language the learner did not choose, are worse than none.
  const speaks = understood && !suspicious;
  const assessment: Assessment = {
    verdicts,
    nextStep: speaks ? nextStep : null,
    explanation: speaks ? explanation : null,
    // Whoever asks to be taught is on topic, and whoever knows a concept is too.
    offTopic: grading.offTopic && !grading.asksForHelp && coverageOf(concepts, verdicts) === 0,
    suspicious,
  };
  return { kind: understood || suspicious ? 'sound' : 'wrong-language', assessment };
}

function mismatch(grading: Grading, concepts: readonly ConceptInLanguage[]): string | null {
  const given = grading.verdicts.map(({ id }) => id);
  const expected = new Set(concepts.map(({ id }) => id));
  if (given.some((id) => !expected.has(id))) return 'a verdict on an unknown concept';
  if (new Set(given).size < given.length) return 'two verdicts on one concept';
  return given.length < expected.size ? 'a concept without a verdict' : null;
}

function prove(
  concept: ConceptInLanguage,
  grading: Grading,
  answer: string,
  offline: Assessment,
): ConceptVerdict {
  const claim = grading.verdicts.find(({ id }) => id === concept.id);
  if (claim === undefined || claim.verdict === 'missing') return missing(concept.id);
  const quote = claim.quote === null ? null : findQuote(claim.quote, answer, concept);
  if (quote !== null) return { conceptId: concept.id, verdict: claim.verdict, quote };
  const seen = verdictOn(concept.id, offline);
  const seenToo =
    claim.verdict !== 'contradicted' && (seen.verdict === 'covered' || seen.verdict === 'partial');
  return seenToo ? { ...seen, verdict: 'partial' } : missing(concept.id);
}

function claimsTooMuch(
  grading: Grading,
  concepts: readonly ConceptInLanguage[],
  offline: Assessment,
): boolean {
  const claims = grading.verdicts.map(({ id, verdict, quote }) => ({ conceptId: id, verdict, quote }));
  return coverageOf(concepts, claims) >= NEARLY_ALL && coverageOf(concepts, offline.verdicts) === 0;
}

/** Ordered by what they do to the score: to claim the opposite is worse than to say nothing. */
const RANK: Readonly<Record<Verdict, number>> = { contradicted: 0, missing: 1, partial: 2, covered: 3 };

function lower(a: ConceptVerdict, b: ConceptVerdict): ConceptVerdict {
  return RANK[b.verdict] < RANK[a.verdict] ? b : a;
}

function verdictOn(conceptId: string, assessment: Assessment): ConceptVerdict {
  const verdict = assessment.verdicts.find((it) => it.conceptId === conceptId);
  return verdict?.quote ? verdict : missing(conceptId);
}

function missing(conceptId: string): ConceptVerdict {
  return { conceptId, verdict: 'missing', quote: null };
}
