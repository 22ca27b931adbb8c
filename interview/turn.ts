import type { ConceptRef } from './kinship.ts';
import type { Learner, Preferences } from './learner.ts';
import type { Registration } from './scene.ts';

/** The effects a rule may ask for. The shell writes them all in one transaction, or none. */
export type Turn = readonly Effect[];

export type Effect =
  /** The owner of the number said yes: preferences apply, consent is confirmed, the learner is active. */
  | { readonly kind: 'confirm'; readonly registration: Registration; readonly nextAskAt: number }
  | { readonly kind: 'drop-registration'; readonly registrationId: string }
  /** Everything personal goes; the proof of what was consented and refused stays. */
  | { readonly kind: 'erase' }
  /** Consent is withdrawn and whatever waits to be sent is suppressed, before the confirmation is planned. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'resume'; readonly nextAskAt: number }
  /** Something got through to a learner, or from them, whom nothing reached for days. */
  | { readonly kind: 'reachable'; readonly nextAskAt: number }
  | { readonly kind: 'say'; readonly message: Outgoing }
  /** Leaves the choice of a question to the daily room. */
  | { readonly kind: 'ask-soon'; readonly occasion: Exclude<AskOccasion, 'daily'>; readonly slot: number }
  | { readonly kind: 'ask'; readonly asking: Asking }
  | { readonly kind: 'schedule'; readonly nextAskAt: number }
  | { readonly kind: 'day-skipped'; readonly localDate: string }
  /** The message just heard is part of the answer to this question; assess it when the learner has been quiet. */
  | { readonly kind: 'collect'; readonly askedId: string; readonly quietUntil: number }
  /** The learner will add nothing: assess what has been gathered. */
  | { readonly kind: 'end-gathering'; readonly answerId: string }
  /** Closed without an assessment: skipped, or taught after "I don't know". */
  | { readonly kind: 'close-question'; readonly askedId: string; readonly as: 'skipped' | 'answered' }
  | { readonly kind: 'shown'; readonly askedId: string }
  | { readonly kind: 'courtesy-said'; readonly on: string }
  /** Blue ticks for the message just heard; `typing` when an assessment follows. */
  | { readonly kind: 'acknowledge'; readonly typing: boolean };

/** The clock says so, the learner has just confirmed, or they want another. */
export type AskOccasion = 'daily' | 'confirmed' | 'more';

export type Asking = {
  readonly slug: string;
  readonly version: number;
  readonly language: Learner['language'];
  readonly localDate: string;
  /** 0 for the question of the day, 1 and up for further ones: unique per learner and date. */
  readonly slot: number;
  readonly occasion: AskOccasion;
  /** How late it is asked; null where there was no hour to be late for. */
  readonly delayMs: number | null;
  /** Why this question, in one sentence. */
  readonly reason: string;
  /** What had been missing in an earlier answer and is brought back. */
  readonly recalls: ConceptRef | null;
  /** A function of the asked question's id, because its buttons carry it. */
  readonly message: (askedId: string) => Outgoing;
};

export const MESSAGE_KINDS = ['welcome', 'question', 'feedback', 'reply', 'goodbye'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** One thing to say, in every form in which it may go out. Which one is decided at the moment of sending. */
export type Outgoing = {
  readonly kind: MessageKind;
  readonly free: Say | null;
  /** With the window closed: all of it in a template, else a teaser whose tap opens the window. Null: say nothing. */
  readonly whole: TemplateUse | null;
  readonly teaser: TemplateUse | null;
  /** The asked question that this message brings or is about. */
  readonly askedId: string | null;
  /** Worthless afterwards, epoch milliseconds. */
  readonly expiresAt: number | null;
};

export type Say = { readonly text: string; readonly buttons: readonly Button[] };
/** A button under a message. */
export type Button = { readonly payload: string; readonly title: string };

export const TEMPLATE_NAMES = ['welcome', 'daily_question', 'daily_question_teaser'] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

export type TemplateUse = {
  readonly template: TemplateName;
  readonly language: Preferences['language'];
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  readonly payloads: readonly string[];
};
