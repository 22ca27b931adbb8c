import type { Tables } from '../tables.ts';

/** A table as it is moved: its columns are the database's own, so a new column cannot be forgotten. */
export type MovedTable = { readonly name: keyof Tables; readonly key: readonly string[] };

type KeyOf<Row> = readonly [keyof Row & string, ...(keyof Row & string)[]];

/**
 * What makes a row of each table the only one, by which both databases put them in the same order. Whatever a table
 * refers to stands above it. The compiler asks for every table of `Tables`.
 */
const KEYS: { readonly [Name in keyof Tables]: KeyOf<Tables[Name]> } = {
  sealing_proof: ['hash'],
  learners: ['id'],
  addresses: ['id'],
  registrations: ['id'],
  consents: ['id'],
  asked_questions: ['id'],
  answers: ['id'],
  inbox: ['id'],
  assessments: ['id'],
  gaps: ['learner_id', 'slug', 'concept_id'],
  question_ratings: ['slug'],
  messages: ['id'],
  deliveries: ['id'],
  templates: ['name', 'language_code'],
  undeliverable_days: ['learner_id', 'local_date'],
  initiated_contacts: ['learner_id'],
  stoppages: ['scope'],
  troubles: ['cause'],
  account_facts: ['fact'],
  billed_messages: ['month', 'type', 'category'],
  strangers: ['address_hash'],
  set_aside: ['id'],
  jobs: ['id'],
};

/** Every table, in an order in which they can be filled. */
export const MOVED_TABLES: readonly MovedTable[] = Object.entries(KEYS).map(([name, key]) => ({
  // The keys of KEYS are the names, as its type says.
  name: name as keyof Tables,
  key,
}));
