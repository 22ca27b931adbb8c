import { levelIn } from '../../interview/choosing.ts';
import { type ConceptRef, keyOf } from '../../interview/kinship.ts';
import { ratingChange, ratingOf, STARTING_RATING } from '../../interview/level.ts';
import type { Question } from '../../interview/question.ts';
import type { Bank } from '../bank.ts';
import { askedBefore } from '../store/asked-questions.ts';
import type { Answered, LearnFromAnswer } from '../store/commit-turn.ts';
import { dropGap, forgetClosedGaps, type Gap, gapsOf, type KeptGap, writeGap } from '../store/gaps.ts';
import { changeRating, type QuestionRatings } from '../store/question-ratings.ts';
import type { Writer } from '../store/store.ts';
import type { AskedQuestionsTable } from '../store/tables.ts';
import { gapsAfter } from './gaps.ts';

/**
 * How much of a question was known, and what that says of the learner's gaps and of the question itself, in the
 * caller's transaction. An answer that is graded again counts as if it had been graded so at once.
 */
export function createLearnFromAnswer(it: { bank: Bank; ratings: QuestionRatings }): LearnFromAnswer {
  const { bank, ratings } = it;

  return async (tx, answered) => {
    const asked = await tx.q
      .selectFrom('asked_questions')
      .selectAll()
      .where('id', '=', answered.askedId)
      .executeTakeFirst();
    if (asked === undefined) return;
    const question = bank.find(asked.slug);
    if (question !== null) {
      await learnOfQuestion(tx, asked, question, answered);
      await learnOfLearner(tx, asked, question, answered);
    }
    await tx.q
      .updateTable('asked_questions')
      .set({ coverage: answered.coverage })
      .where('id', '=', asked.id)
      .execute();
  };

  async function learnOfQuestion(
    tx: Writer,
    asked: AskedQuestionsTable,
    question: Question,
    { coverage }: Answered,
  ): Promise<void> {
    const known = await ratings(tx);
    const rating = ratingOf(question, known);
    const history = await askedBefore(tx, asked.learner_id);
    const before = history.filter((it) => it.askedAt < asked.asked_at);
    const level = levelIn(question.area, { bank: bank.questions, history: before, ratings: known });
    const change = (share: number) => ratingChange({ coverage: share, level, rating });
    await changeRating(tx, {
      slug: question.slug,
      startsAt: STARTING_RATING[question.difficulty],
      change: change(coverage) - (asked.coverage === null ? 0 : change(asked.coverage)),
      answers: asked.coverage === null ? 1 : 0,
    });
  }

  async function learnOfLearner(
    tx: Writer,
    asked: AskedQuestionsTable,
    question: Question,
    { verdicts, at }: Answered,
  ): Promise<void> {
    const { learner_id: learnerId, recalls_slug: slug, recalls_concept: conceptId } = asked;
    await forgetClosedGaps(tx, learnerId, at);
    const { before, ours, isOthers } = await standing(tx, asked);
    const { open, closed } = gapsAfter({
      gaps: [...before.values()],
      question,
      verdicts,
      recalls: slug === null || conceptId === null ? null : { slug, conceptId },
      kinship: bank.kinship,
      now: at,
    });
    const written = new Set<string>();
    for (const after of [...open, ...closed]) {
      const key = keyOf(after.concept);
      if (isOthers(after.concept)) continue;
      written.add(key);
      await writeGap(tx, {
        learnerId,
        area: question.area,
        metIn: asked.id,
        before: before.get(key) ?? null,
        after,
        isClosed: closed.includes(after),
      });
    }
    for (const { concept } of ours) {
      if (!written.has(keyOf(concept))) await dropGap(tx, learnerId, concept);
    }
  }
}

type Standing = {
  /** The gaps that there were before the answer, by key. */
  readonly before: ReadonlyMap<string, Gap>;
  /** Those that an earlier grading of it has written. */
  readonly ours: readonly KeptGap[];
  /** Whether another answer has written it since. */
  readonly isOthers: (concept: ConceptRef) => boolean;
};

/** An answer that is graded again starts from where it had started; what a later answer has made of a gap stays. */
async function standing(tx: Writer, asked: AskedQuestionsTable): Promise<Standing> {
  const kept = await gapsOf(tx, asked.learner_id);
  if (asked.coverage === null) {
    return { before: byKey(kept.flatMap((gap) => gap.now ?? [])), ours: [], isOthers: () => false };
  }
  const ours = kept.filter((gap) => gap.metIn === asked.id);
  const others = new Set(kept.filter((gap) => !ours.includes(gap)).map(({ concept }) => keyOf(concept)));
  return {
    before: byKey(ours.flatMap((gap) => gap.before ?? [])),
    ours,
    isOthers: (concept) => others.has(keyOf(concept)),
  };
}

function byKey(gaps: readonly Gap[]): ReadonlyMap<string, Gap> {
  return new Map(gaps.map((gap) => [keyOf(gap.concept), gap]));
}
