import type { Tables } from './tables.ts';

const DAYS = 24 * 60 * 60 * 1000;

/** How many days a row is kept, or why no number of days says it. */
export type Kept = number | 'learner' | 'good' | 'current';

/**
 * How long each table keeps its rows: so many days; as long as its `learner` is; for `good`; or only what is `current`.
 * The compiler asks for every table, and `docs/retention.md` says the same to people.
 */
export const RETENTION = {
  learners: 'learner',
  addresses: 'learner',
  undeliverable_days: 'learner',
  asked_questions: 'learner',
  gaps: 'learner',
  messages: 90,
  inbox: 90,
  answers: 90,
  assessments: 90,
  // Meta repeats a notification for seven days; a key must be known for longer than that.
  deliveries: 30,
  registrations: 30,
  initiated_contacts: 30,
  strangers: 30,
  set_aside: 30,
  troubles: 30,
  jobs: 30,
  consents: 'good',
  billed_messages: 'good',
  question_ratings: 'good',
  sealing_proof: 'good',
  templates: 'current',
  stoppages: 'current',
  account_facts: 'current',
} as const satisfies { readonly [Name in keyof Tables]: Kept };

/** What was said in either direction. */
export const KEEP_WORDS_MS = RETENTION.messages * DAYS;
/** What belongs to nobody, or has served its purpose. */
export const KEEP_REST_MS = RETENTION.deliveries * DAYS;
