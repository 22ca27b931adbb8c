import type { Learner, Preferences } from './learner.ts';
import type { QuestionInLanguage } from './question.ts';

/** Where we stand with one learner at one moment: all that a rule may know. */
export type Scene = {
  readonly now: number;
  /** When what was heard was said, by the channel's clock; null where nothing was heard. */
  readonly saidAt: number | null;
  readonly service: Service;
  readonly learner: Learner;
  /** The newest registration that waits for its owner's word. */
  readonly pending: Registration | null;
  /** The registration that a tap or a typed code names, if it still waits. */
  readonly named: Registration | null;
  /** The question that the message is about by quoting it or by tapping its button. */
  readonly about: AskedQuestion | null;
  /** It is about a question that has left the bank, or that was never this learner's. */
  readonly aboutGone: boolean;
  /**
   * The question that the learner had before their eyes when they said it, if it still waits: the newest, or an older
   * one shown since.
   */
  readonly open: AskedQuestion | null;
  /** The newest question of that moment, whatever became of it. */
  readonly newest: AskedQuestion | null;
  /** A newer one was asked after it was said: messages may come late, and cannot answer what nobody had seen. */
  readonly askedSince: boolean;
  /** An answer whose learner may still be writing. */
  readonly gathering: GatheringAnswer | null;
  /** Feedback is being made and will come: what is said meanwhile gets no line of its own. */
  readonly assessing: boolean;
  /** The local date of the last daily question, in the zone of its day; null before the first. */
  readonly lastDailyOn: string | null;
  /** How many further questions the learner's own date has seen. */
  readonly extrasToday: number;
};

/** Who we are, as far as sentences need it. */
export type Service = {
  readonly businessName: string;
  readonly contact: string | null;
  readonly registrationUrl: string;
  readonly extraQuestionsPerDay: number;
};

export type Registration = { readonly id: string; readonly preferences: Preferences };

export type AskedQuestion = {
  readonly id: string;
  readonly question: QuestionInLanguage;
  readonly localDate: string;
  readonly state: AskedState;
  /** False while only the teaser went out: the learner has not seen the text yet. */
  readonly shown: boolean;
};

/** `asked` waits for its answer, also while one is being gathered; it is `answered` once the assessment has begun. */
export const ASKED_STATES = ['asked', 'answered', 'skipped'] as const;
export type AskedState = (typeof ASKED_STATES)[number];

export type GatheringAnswer = {
  readonly id: string;
  readonly asked: AskedQuestion;
  readonly startedAt: number;
};
