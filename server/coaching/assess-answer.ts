import { cutAnswer, joinParts } from '../../interview/answer.ts';
import { feedbackMessage } from '../../interview/feedback.ts';
import type { Heard } from '../../interview/heard.ts';
import { type Assessment, coverageOf, scoreOf } from '../../interview/rubric.ts';
import type { AskedQuestion } from '../../interview/scene.ts';
import type { Grader, GradingOutcome, GradingRecord } from '../ai/grader.ts';
import type { Bank } from '../bank.ts';
import type { Events } from '../events.ts';
import type { JobPayloads, LeaveJob } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { askedById } from '../store/asked-questions.ts';
import type { LearnFromAnswer } from '../store/commit-turn.ts';
import { findLearner } from '../store/learners.ts';
import { lockAnswer, lockLearner } from '../store/lock-learner.ts';
import { planMessage } from '../store/messages.ts';
import { newId, type Reader, type Store, type Writer } from '../store/store.ts';
import type { AnswersTable } from '../store/tables.ts';

const SECONDS = 1000;
const MINUTES = 60 * SECONDS;

/** Beyond this the learner gets the offline grader's word instead of waiting any longer. */
const MODEL_DEADLINE_MS = 25 * SECONDS;
const A_MOMENT_MS = 500;
/** The first look whether the model is back. */
export const REGRADE_AFTER_MS = 10 * MINUTES;

/**
 * Assesses an answer once its learner has been quiet, and plans the feedback. The model is asked outside any
 * transaction; when it cannot answer, the offline grader does at once, and the model gets another chance later.
 */
export function createAssessAnswer(it: {
  store: Store;
  leave: LeaveJob;
  learn: LearnFromAnswer;
  bank: Bank;
  /** Null: no key, so the offline grader is all there is. */
  model: Grader | null;
  offline: Grader;
  events: Events;
  now: () => number;
}): (job: JobPayloads['assess-answer']) => Promise<JobOutcome> {
  const { store, leave, learn, bank, model, offline, events, now } = it;

  return async ({ answerId }) => {
    const begun = await store.transact((tx) => begin(tx, answerId));
    switch (begun.kind) {
      case 'nothing':
        return done;
      case 'not-quiet':
        return { kind: 'snooze', until: begun.until };
      case 'assess': {
        const graded = await grade(begun);
        await store.transact((tx) => conclude(tx, begun, graded));
        return done;
      }
      default: {
        const impossible: never = begun;
        throw new Error(`Unknown beginning: ${JSON.stringify(impossible)}`);
      }
    }
  };

  async function begin(tx: Writer, answerId: string): Promise<Begun> {
    const answer = await lockAnswer(tx, answerId);
    if (answer === undefined || answer.state === 'assessed') return { kind: 'nothing' };
    if (answer.state === 'gathering' && now() < answer.quiet_until)
      return { kind: 'not-quiet', until: answer.quiet_until };
    // After a restart the rest of what they said may still wait to be heard.
    if (answer.state === 'gathering' && (await hasUnheard(tx, answer.learner_id))) {
      return { kind: 'not-quiet', until: now() + A_MOMENT_MS };
    }
    const learner = await findLearner(tx, answer.learner_id);
    const asked = await askedById(tx, bank, answer.asked_id, answer.learner_id);
    if (learner?.state !== 'active' || asked === null) {
      await tx.q.updateTable('answers').set({ state: 'assessed' }).where('id', '=', answerId).execute();
      return { kind: 'nothing' };
    }
    if (answer.state === 'gathering') {
      // From here on a further message starts nothing new: the question is answered.
      await tx.q.updateTable('answers').set({ state: 'assessing' }).where('id', '=', answerId).execute();
      await tx.q
        .updateTable('asked_questions')
        .set({ state: 'answered' })
        .where('id', '=', asked.id)
        .execute();
      tx.afterCommit(() => events.answerHeard({ learnerId: learner.id, answerId }));
    }
    const { text, wasCut } = cutAnswer(await answerText(tx, answerId));
    return {
      kind: 'assess',
      answer,
      asked,
      text,
      wasCut,
      pseudonym: tx.sealer.hash(`grading:${learner.id}`),
    };
  }

  async function grade({ asked, text, pseudonym, answer }: Assess): Promise<Graded> {
    const task = { question: asked.question, answer: text, spoken: false };
    if (model !== null) {
      const outcome = await model.grade(task, { signal: AbortSignal.timeout(MODEL_DEADLINE_MS), pseudonym });
      if (outcome.kind === 'graded') return { ...outcome, missedByModel: false };
      events.modelUnavailable({ answerId: answer.id, why: outcome.why });
      return { ...mustGrade(await offline.grade(task, {})), missedByModel: outcome.kind === 'unavailable' };
    }
    return { ...mustGrade(await offline.grade(task, {})), missedByModel: false };
  }

  async function conclude(tx: Writer, { answer, asked, wasCut }: Assess, graded: Graded): Promise<void> {
    await lockLearner(tx, await learnerOfAnswer(tx, answer));
    const inserted = await insertAssessment(tx, { answer, asked, ...graded, now: now() });
    // The job ran twice (its process froze and woke up): the first one has spoken.
    if (inserted === null) return;
    await tx.q.updateTable('answers').set({ state: 'assessed' }).where('id', '=', answer.id).execute();
    await learn(tx, {
      askedId: asked.id,
      coverage: inserted.coverage,
      verdicts: graded.assessment.verdicts,
      at: answer.quiet_until,
    });
    tx.afterCommit(() =>
      events.answerAssessed({
        learnerId: answer.learner_id,
        answerId: answer.id,
        grader: graded.made.grader,
        score: inserted.score,
        coverage: inserted.coverage,
        costMicroUsd: graded.made.costMicroUsd,
        delayMs: now() - answer.quiet_until,
      }),
    );
    if (graded.missedByModel) {
      await leave(
        tx,
        'regrade-answer',
        { answerId: answer.id },
        { key: answer.id, runAt: now() + REGRADE_AFTER_MS },
      );
    }
    // While the model was thinking STOP may have come, or two records have become one person.
    const learner = await findLearner(tx, await learnerOfAnswer(tx, answer));
    if (learner?.state !== 'active') return;
    const outgoing = feedbackMessage({
      askedId: asked.id,
      question: asked.question,
      assessment: graded.assessment,
      grader: graded.made.grader,
      wasCut,
    });
    await planMessage(tx, { learnerId: learner.id, outgoing, now: now(), leave });
  }
}

/** Whose it is by now. */
async function learnerOfAnswer(db: Reader, { id, learner_id }: AnswersTable): Promise<string> {
  const row = await db.q.selectFrom('answers').select('learner_id').where('id', '=', id).executeTakeFirst();
  return row?.learner_id ?? learner_id;
}

async function hasUnheard(db: Reader, lane: string): Promise<boolean> {
  const row = await db.q
    .selectFrom('inbox')
    .select('id')
    .where('lane', '=', lane)
    .where('state', '=', 'unheard')
    .executeTakeFirst();
  return row !== undefined;
}

/** What the learner said in answer, put together from its messages. */
export async function answerText(db: Reader, answerId: string): Promise<string> {
  const rows = await db.q
    .selectFrom('inbox')
    .selectAll()
    .where('answer_id', '=', answerId)
    .orderBy('sent_at')
    .orderBy('id')
    .execute();
  return joinParts(
    rows.map((row) => {
      const heard = JSON.parse(db.sealer.open(row.heard_sealed, 'inbox.heard', row.id)) as Heard;
      return heard.kind === 'text' ? heard.text : '';
    }),
  );
}

/** Null when that grader has assessed this answer before. */
export async function insertAssessment(
  tx: Writer,
  it: {
    answer: AnswersTable;
    asked: AskedQuestion;
    assessment: Assessment;
    made: GradingRecord;
    now: number;
  },
): Promise<{ score: number | null; coverage: number } | null> {
  const { answer, asked, assessment, made } = it;
  const id = newId();
  const coverage = coverageOf(asked.question.concepts, assessment.verdicts);
  const score = made.grader === 'openai' ? scoreOf(asked.question.concepts, assessment.verdicts) : null;
  const result = await tx.q
    .insertInto('assessments')
    .values({
      id,
      answer_id: answer.id,
      grader: made.grader,
      model: made.model,
      prompt_version: made.promptVersion,
      question_version: asked.question.version,
      assessment_sealed: tx.sealer.seal(JSON.stringify(assessment), 'assessments.assessment', id),
      score,
      coverage,
      suspicious: assessment.suspicious ? 1 : 0,
      input_tokens: made.inputTokens,
      cached_tokens: made.cachedTokens,
      output_tokens: made.outputTokens,
      cost_micro_usd: made.costMicroUsd,
      created_at: it.now,
    })
    .onConflict((oc) => oc.columns(['answer_id', 'grader']).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 0n ? null : { score, coverage };
}

function mustGrade(outcome: GradingOutcome): { assessment: Assessment; made: GradingRecord } {
  if (outcome.kind !== 'graded') throw new Error(`The offline grader must always answer: ${outcome.why}`);
  return outcome;
}

type Assess = {
  readonly kind: 'assess';
  readonly answer: AnswersTable;
  readonly asked: AskedQuestion;
  readonly text: string;
  readonly wasCut: boolean;
  readonly pseudonym: string;
};
type Begun = { readonly kind: 'nothing' } | { readonly kind: 'not-quiet'; readonly until: number } | Assess;
type Graded = {
  readonly assessment: Assessment;
  readonly made: GradingRecord;
  readonly missedByModel: boolean;
};
