import { questionMessage } from '../../interview/asking.ts';
import { chooseQuestion } from '../../interview/choosing.ts';
import { decideDue, localDate } from '../../interview/day.ts';
import { questionIn } from '../../interview/question.ts';
import type { Scene, Service } from '../../interview/scene.ts';
import type { Turn } from '../../interview/turn.ts';
import type { Bank } from '../bank.ts';
import type { AskLearner } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { askedBefore } from '../store/asked-questions.ts';
import type { CommitTurn } from '../store/commit-turn.ts';
import { fadingConcepts } from '../store/gaps.ts';
import type { QuestionRatings } from '../store/question-ratings.ts';
import { sceneOf } from '../store/scene-of.ts';
import type { Store, Writer } from '../store/store.ts';

/** Asks one learner a question: the one of the day, the first after confirming, or another because they want more. */
export function createAskLearner(it: {
  store: Store;
  commitTurn: CommitTurn;
  bank: Bank;
  ratings: QuestionRatings;
  service: Service;
  now: () => number;
  luck: () => number;
}): (job: AskLearner) => Promise<JobOutcome> {
  const { store, commitTurn, bank, ratings, service, now, luck } = it;

  return (job) =>
    store.transact(async (tx) => {
      const scene = await sceneOf(tx, {
        learnerId: job.learnerId,
        now: now(),
        service,
        bank,
        heardNow: null,
      });
      if (scene === null || scene.learner.state !== 'active') return done;
      await commitTurn(tx, scene, await decide(tx, scene, job), null);
      return done;
    });

  async function decide(tx: Writer, scene: Scene, job: AskLearner): Promise<Turn> {
    const { learner } = scene;
    if (job.occasion !== 'daily') {
      return ask(tx, scene, job, {
        localDate: localDate(scene.now, learner.zone),
        dueAt: null,
        expiresAt: learner.nextAskAt,
      });
    }
    const due = decideDue(learner, scene.now);
    switch (due.kind) {
      case 'not-due':
        return [];
      case 'due': {
        const missed: Turn = due.skipped.map((date) => ({ kind: 'day-skipped', localDate: date }));
        const asked =
          due.ask === null ? [] : await ask(tx, scene, job, { ...due.ask, expiresAt: due.nextAskAt });
        return [...missed, ...asked, { kind: 'schedule', nextAskAt: due.nextAskAt }];
      }
      default: {
        const impossible: never = due;
        throw new Error(`Unknown decision: ${JSON.stringify(impossible)}`);
      }
    }
  }

  async function ask(
    tx: Writer,
    scene: Scene,
    job: AskLearner,
    day: { localDate: string; dueAt: number | null; expiresAt: number | null },
  ): Promise<Turn> {
    const { learner } = scene;
    const choice = chooseQuestion({
      bank: bank.questions,
      kinship: bank.kinship,
      ratings: await ratings(tx),
      area: learner.area,
      history: await askedBefore(tx, learner.id),
      fading: await fadingConcepts(tx, { learnerId: learner.id, area: learner.area, now: scene.now }),
      now: scene.now,
      luck: luck(),
    });
    if (choice === null) throw new Error('The question bank is empty');
    const question = questionIn(choice.question, learner.language);
    return [
      {
        kind: 'ask',
        asking: {
          slug: question.slug,
          version: question.version,
          language: question.language,
          localDate: day.localDate,
          slot: job.slot,
          occasion: job.occasion,
          delayMs: day.dueAt === null ? null : scene.now - day.dueAt,
          reason: choice.reason,
          recalls: choice.recalls,
          message: (askedId) =>
            questionMessage({
              askedId,
              learner,
              question,
              greet: job.occasion === 'confirmed',
              expiresAt: day.expiresAt,
            }),
        },
      },
    ];
  }
}
