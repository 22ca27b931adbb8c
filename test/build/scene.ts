import type { Learner } from '../../interview/learner.ts';
import type { AskedQuestion, GatheringAnswer, Registration, Scene, Service } from '../../interview/scene.ts';
import { MONDAY_MORNING, someLearner, somePreferences } from './learner.ts';
import { someQuestionInLanguage } from './question.ts';

export function someService(change: Partial<Service> = {}): Service {
  return {
    businessName: 'Interview Bot',
    contact: 'help@example.org',
    registrationUrl: 'https://bot.example.org/',
    extraQuestionsPerDay: 3,
    ...change,
  };
}

/** Today's question, asked and shown, waiting for its answer. */
export function someAsked(change: Partial<AskedQuestion> = {}): AskedQuestion {
  return {
    id: '0193a1b2-0000-7000-8000-00000000000a',
    question: someQuestionInLanguage(),
    localDate: '2026-11-23',
    state: 'asked',
    shown: true,
    ...change,
  };
}

/** An answer to that question, begun five seconds ago, whose learner may still be writing. */
export function someGathering(change: Partial<GatheringAnswer> = {}): GatheringAnswer {
  return {
    id: '0193a1b2-0000-7000-8000-00000000000c',
    asked: someAsked(),
    startedAt: MONDAY_MORNING - 5000,
    ...change,
  };
}

export function someRegistration(change: Partial<Registration> = {}): Registration {
  return { id: '0193a1b2-0000-7000-8000-00000000000b', preferences: somePreferences(), ...change };
}

/** Nothing is going on: an active learner on Monday morning who was never asked yet, unless told otherwise. */
export function someScene(
  change: Partial<Omit<Scene, 'learner'>> & { learner?: Partial<Learner> } = {},
): Scene {
  const { learner, ...rest } = change;
  return {
    now: MONDAY_MORNING,
    saidAt: MONDAY_MORNING,
    service: someService(),
    learner: someLearner(learner),
    pending: null,
    named: null,
    about: null,
    aboutGone: false,
    open: null,
    newest: null,
    askedSince: false,
    gathering: null,
    assessing: false,
    lastDailyOn: null,
    extrasToday: 0,
    ...rest,
  };
}

/** The scene in which today's question waits for its answer. */
export function sceneWithOpenQuestion(
  change: Parameters<typeof someScene>[0] = {},
  asked: AskedQuestion = someAsked(),
): Scene {
  return someScene({ open: asked, newest: asked, lastDailyOn: asked.localDate, ...change });
}
