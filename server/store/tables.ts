import type { Area } from '../../interview/areas.ts';
import type { Language } from '../../interview/languages/language.ts';
import type { LearnerState } from '../../interview/learner.ts';
import type { MessageState } from '../../interview/message-state.ts';
import type { AskedState } from '../../interview/scene.ts';
import type { MessageKind } from '../../interview/turn.ts';

/**
 * The tables, for SQLite and PostgreSQL alike. Instants are epoch milliseconds (bigint), flags 0 or 1 (smallint),
 * JSON is text: the three types on which the two databases disagree never appear. Ids are UUIDs of version 7, made
 * by us, because a sealed value is bound to the id of its row. `…_sealed` is encrypted, `…_hash` is a keyed hash.
 */
export type Tables = {
  learners: LearnersTable;
  addresses: AddressesTable;
  registrations: RegistrationsTable;
  consents: ConsentsTable;
  asked_questions: AskedQuestionsTable;
  inbox: InboxTable;
  answers: AnswersTable;
  assessments: AssessmentsTable;
  messages: MessagesTable;
  deliveries: DeliveriesTable;
  templates: TemplatesTable;
  set_aside: SetAsideTable;
  jobs: JobsTable;
  sealing_proof: SealingProofTable;
};

type Millis = number;
type Flag = 0 | 1;

export type LearnersTable = {
  id: string;
  state: LearnerState;
  name_sealed: string;
  language: Language;
  area: Area;
  zone: string;
  ask_minute: number;
  next_ask_at: Millis | null;
  last_inbound_at: Millis | null;
  last_courtesy_on: string | null;
  /** When the STOP was said that holds, by the channel's clock; null unless stopped. */
  stopped_at: Millis | null;
  created_at: Millis;
};

/** How WhatsApp reaches a learner. `variant`: another spelling of the number, for looking up only. */
export type AddressesTable = {
  id: string;
  learner_id: string;
  kind: 'phone' | 'wa_id' | 'variant' | 'bsuid';
  value_sealed: string;
  value_hash: string;
  created_at: Millis;
};

/** What was typed into the page and waits for the owner of the number. Applied only by their word. */
export type RegistrationsTable = {
  id: string;
  learner_id: string;
  state: 'pending' | 'confirmed' | 'dropped';
  name_sealed: string;
  language: Language;
  area: Area;
  zone: string;
  ask_minute: number;
  /** Of the code in the WhatsApp link; null once used. */
  code_hash: string | null;
  /** Of the token with which the page asks whether it was confirmed. */
  ticket_hash: string;
  created_at: Millis;
};

/** Append-only: who agreed to which wording, when, over which channel, and who took it back. Survives erasure. */
export type ConsentsTable = {
  id: string;
  learner_id: string;
  number_hash: string;
  event: 'given' | 'confirmed' | 'withdrawn' | 'refused';
  wording_version: string | null;
  language: Language;
  channel: 'page' | 'api' | 'whatsapp';
  at: Millis;
};

export type AskedQuestionsTable = {
  id: string;
  learner_id: string;
  /** With `slot` unique per learner: a second daily question cannot exist. */
  local_date: string;
  slot: number;
  slug: string;
  version: number;
  language: Language;
  state: AskedState;
  /** When its text was put before the learner's eyes; null while only a teaser went out. */
  shown_at: Millis | null;
  /** 0 to 1 once assessed, null before and when skipped. */
  coverage: number | null;
  reason: string;
  asked_at: Millis;
};

/** Everything heard, as it came, under the channel's own id: a copy is ignored. */
export type InboxTable = {
  id: string;
  channel_id: string;
  /** The learner's id, or a hash of the sender while unknown: what is heard on one lane is handled in order. */
  lane: string;
  sender_sealed: string;
  heard_sealed: string;
  /** The id of our message that was quoted or tapped. */
  about_channel_id: string | null;
  sent_at: Millis;
  received_at: Millis;
  /** `set_aside`: hearing it failed again and again; an engineer must look, and the lane goes on without it. */
  state: 'unheard' | 'heard' | 'set_aside';
  failures: number;
  answer_id: string | null;
  trace: string;
};

export type AnswersTable = {
  id: string;
  learner_id: string;
  asked_id: string;
  state: 'gathering' | 'assessing' | 'assessed';
  started_at: Millis;
  quiet_until: Millis;
};

export type AssessmentsTable = {
  id: string;
  answer_id: string;
  grader: 'openai' | 'offline';
  model: string | null;
  prompt_version: string | null;
  question_version: number;
  /** Sealed because its quotes are the learner's words. */
  assessment_sealed: string;
  /** Null from the offline grader, which claims no number. */
  score: number | null;
  coverage: number;
  suspicious: Flag;
  input_tokens: number | null;
  cached_tokens: number | null;
  output_tokens: number | null;
  cost_micro_usd: number | null;
  created_at: Millis;
};

export type MessagesTable = {
  id: string;
  learner_id: string;
  kind: MessageKind;
  asked_id: string | null;
  outgoing_sealed: string;
  state: MessageState;
  /** Why it is where it is, for the operator. */
  reason: string | null;
  form: 'free' | 'whole' | 'teaser' | null;
  channel_id: string | null;
  attempts: number;
  /** How often a call was followed by silence: neither an answer nor, in the grace time, a status. */
  doubts: number;
  expires_at: Millis | null;
  planned_at: Millis;
  sending_at: Millis | null;
  settled_at: Millis | null;
  failure_code: number | null;
  price_type: string | null;
  price_category: string | null;
  trace: string;
};

/** Statuses as they came, each once. */
export type DeliveriesTable = {
  id: string;
  channel_id: string;
  delivery: string;
  news: string;
  at: Millis;
  applied: Flag;
  received_at: Millis;
};

export type TemplatesTable = {
  name: string;
  language_code: string;
  state: string | null;
  category: string | null;
  reason: string | null;
  changed_at: Millis;
};

/** Items of a notification that we could not read: kept for an engineer, never lost silently. */
export type SetAsideTable = { id: string; why: string; item_sealed: string; at: Millis };

export type JobsTable = {
  id: string;
  name: string;
  /** At most one waiting job per name and key; two of one key never run at the same time. */
  key: string | null;
  payload: string;
  /** Smaller goes first. */
  priority: number;
  state: 'ready' | 'running' | 'dead';
  run_at: Millis;
  attempts: number;
  error: string | null;
  trace: string;
  created_at: Millis;
};

/** One row: a known text hashed with the key of this database, by which a wrong ENCRYPTION_KEYS is found out at once. */
export type SealingProofTable = { hash: string };
