import { cutAnswer } from '../../interview/answer.ts';
import { feedbackMessage } from '../../interview/feedback.ts';
import { windowIsOpen } from '../../interview/window.ts';
import type { Grader } from '../ai/grader.ts';
import type { Bank } from '../bank.ts';
import type { JobPayloads, LeaveJob } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { askedById, newestAsked } from '../store/asked-questions.ts';
import type { LearnFromAnswer } from '../store/commit-turn.ts';
import { findLearner } from '../store/learners.ts';
import { lockLearner } from '../store/lock-learner.ts';
import { planMessage } from '../store/messages.ts';
import type { Store, Writer } from '../store/store.ts';
import type { AnswersTable } from '../store/tables.ts';
import { answerText, insertAssessment } from './assess-answer.ts';

const MINUTES = 60 * 1000;
const HOURS = 60 * MINUTES;

const TRY_AGAIN_MS = 30 * MINUTES;
/** After this a better grade would answer a question the learner has long left behind. */
const GIVE_UP_AFTER_MS = 48 * HOURS;

/** Gives the model its second chance at an answer that it missed. The learner hears of it only where it still helps. */
export function createRegradeAnswer(it: {
  store: Store;
  leave: LeaveJob;
  learn: LearnFromAnswer;
  bank: Bank;
  model: Grader | null;
  now: () => number;
}): (job: JobPayloads['regrade-answer']) => Promise<JobOutcome> {
  const { store, leave, learn, bank, model, now } = it;

  return async ({ answerId }) => {
    if (model === null) return { kind: 'cancel', why: 'there is no model any more' };
    const answer = await store.read.q
      .selectFrom('answers')
      .selectAll()
      .where('id', '=', answerId)
      .executeTakeFirst();
    if (answer === undefined) return done;
    const learner = await findLearner(store.read, answer.learner_id);
    // With the STOP they have withdrawn their consent to have it read by anybody.
    if (learner?.state !== 'active') return { kind: 'cancel', why: 'the learner has left' };
    const asked = await askedById(store.read, bank, answer.asked_id, answer.learner_id);
    if (asked === null) return done;
    const { text } = cutAnswer(await answerText(store.read, answerId));
    const outcome = await model.grade(
      { question: asked.question, answer: text, spoken: false },
      { pseudonym: store.read.sealer.hash(`grading:${answer.learner_id}`) },
    );
    switch (outcome.kind) {
      case 'graded': {
        const { assessment, made } = outcome;
        await store.transact(async (tx) => {
          await lockLearner(tx, answer.learner_id);
          const inserted = await insertAssessment(tx, { answer, asked, assessment, made, now: now() });
          if (inserted === null) return;
          await learn(tx, {
            askedId: asked.id,
            coverage: inserted.coverage,
            verdicts: assessment.verdicts,
            at: answer.quiet_until,
          });
          if (!(await stillHelps(tx, answer, asked.id))) return;
          const outgoing = feedbackMessage({
            askedId: asked.id,
            question: asked.question,
            assessment,
            grader: made.grader,
            regraded: true,
          });
          await planMessage(tx, { learnerId: answer.learner_id, outgoing, now: now(), leave });
        });
        return done;
      }
      case 'unavailable':
        return now() - answer.quiet_until > GIVE_UP_AFTER_MS
          ? { kind: 'cancel', why: outcome.why }
          : { kind: 'snooze', until: now() + Math.max(TRY_AGAIN_MS, outcome.retryAfterMs ?? 0) };
      case 'refused':
        return { kind: 'cancel', why: outcome.why };
      default: {
        const impossible: never = outcome;
        throw new Error(`Unknown outcome: ${JSON.stringify(impossible)}`);
      }
    }
  };

  /** The learner can be written to freely, and no newer question has come. */
  async function stillHelps(tx: Writer, answer: AnswersTable, askedId: string): Promise<boolean> {
    const learner = await findLearner(tx, answer.learner_id);
    if (learner?.state !== 'active' || !windowIsOpen(learner.lastInboundAt, now())) return false;
    const newest = await newestAsked(tx, bank, learner.id);
    return newest?.id === askedId;
  }
}
