import type { Area } from './areas.ts';
import type { Language } from './languages/language.ts';

/**
 * `registered`: someone typed the number into the page; only its owner can confirm.
 * `active`: gets questions. `stopped`: said STOP; only START, said by themselves, resumes.
 */
export const LEARNER_STATES = ['registered', 'active', 'stopped'] as const;
export type LearnerState = (typeof LEARNER_STATES)[number];

/** What a learner chose on the page or in the chat. */
export type Preferences = {
  readonly name: string;
  readonly language: Language;
  readonly area: Area;
  /** IANA name, e.g. `America/Sao_Paulo`. */
  readonly zone: string;
  /** Minutes after midnight of the learner's own clock; 540 is nine o'clock. */
  readonly askMinute: number;
};

export type Learner = Preferences & {
  readonly id: string;
  readonly state: LearnerState;
  /** Epoch milliseconds of the next daily question; null unless active. */
  readonly nextAskAt: number | null;
  /** When the learner last wrote, tapped or spoke; opens the window. */
  readonly lastInboundAt: number | null;
  /** Since when nothing reaches them: not asked until something does. Null: reachable. */
  readonly unreachableSince: number | null;
  /** When they said the STOP that holds; null unless stopped. */
  readonly stoppedAt: number | null;
  /** The local date on which the last courtesy line was said: at most one a day, then silence. */
  readonly lastCourtesyOn: string | null;
};

/** The name to greet with: people type their whole name into forms. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
