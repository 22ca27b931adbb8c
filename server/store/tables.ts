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
  gaps: GapsTable;
  question_ratings: QuestionRatingsTable;
  messages: MessagesTable;
  deliveries: DeliveriesTable;
  templates: TemplatesTable;
  undeliverable_days: UndeliverableDaysTable;
  initiated_contacts: InitiatedContactsTable;
  stoppages: StoppagesTable;
  troubles: TroublesTable;
  account_facts: AccountFactsTable;
  billed_messages: BilledMessagesTable;
  strangers: StrangersTable;
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
  /** When they last said that they want in, by the channel's clock; null before the first time. */
  confirmed_at: Millis | null;
  /** Since when nothing reaches them: not asked until they are heard again. Null: reachable. */
  unreachable_since: Millis | null;
  /** Until when WhatsApp withholds templates from them. */
  withheld_until: Millis | null;
  /** Until when nothing goes to them because WhatsApp found us too fast for this one person. */
  slowed_until: Millis | null;
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
  /** What had been missing in an earlier answer and was brought back; both or neither. */
  recalls_slug: string | null;
  recalls_concept: string | null;
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
  /** It was heard when we did not know whose it was. */
  as_stranger: Flag;
  /** What a stranger gets for it: at most once, so it is `said` before it is sent. */
  line: 'greet' | 'help' | 'said' | null;
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

/** What was missing in a learner's answers, until it is known well, and for some days longer. */
export type GapsTable = {
  learner_id: string;
  slug: string;
  concept_id: string;
  area: Area;
  /** By FSRS: days until one of ten people has forgotten it. */
  stability: number;
  /** By FSRS: 1 to 10. */
  difficulty: number;
  reviewed_at: Millis;
  /** Null: it is closed. */
  due_at: Millis | null;
  /** The asked question whose answer wrote this last, and what stood here before: it may be graded again. */
  met_in: string;
  before_stability: number | null;
  before_difficulty: number | null;
  before_reviewed_at: Millis | null;
  before_due_at: Millis | null;
};

/** How hard a question has turned out to be, on the scale of `interview/level.ts`. Nobody's in particular. */
export type QuestionRatingsTable = { slug: string; rating: number; answers: number };

export type MessagesTable = {
  id: string;
  learner_id: string;
  kind: MessageKind;
  asked_id: string | null;
  /** Empty once its words were dropped: of a question we still know that it was about which. */
  outgoing_sealed: string;
  state: MessageState;
  /** Why it is where it is, for the operator. */
  reason: string | null;
  /** What a planned message waits for when no job is under way for it. */
  held_for: HeldFor | null;
  form: 'free' | 'whole' | 'teaser' | null;
  /** The template that it was last sent in, as `name:language_code`. */
  template: string | null;
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
  /** The number and the id of the recipient, until we have learnt that they are one person; mostly we know. */
  recipient_sealed: string | null;
  received_at: Millis;
};

export type TemplatesTable = {
  name: string;
  language_code: string;
  state: string | null;
  category: string | null;
  reason: string | null;
  /** Of the state. */
  changed_at: Millis;
  category_at: Millis;
};

/** Local dates on which nothing reached a learner. Gone with the first thing that does. */
export type UndeliverableDaysTable = { learner_id: string; local_date: string };

/** Whom we wrote to outside their window, and when: WhatsApp limits how many people that may be in 24 hours. */
export type InitiatedContactsTable = {
  learner_id: string;
  /** 0: never yet. */
  last_at: Millis;
  /** Their place in the waiting list, kept from day to day; null when they do not wait. */
  waiting_since: Millis | null;
};

/** A cause for which sending stands still until somebody mends it; one message at a time tries whether it is over. */
export type StoppagesTable = {
  scope: StoppageScope;
  code: number | null;
  sentence: string;
  /** Whether the refusal came in the answer to the call: then an accepted call shows that it is over. */
  seen_in: 'answer' | 'status';
  opened_at: Millis;
  probe_at: Millis;
  probes: number;
  /** The message that tries at the moment. */
  probe_message_id: string | null;
};

/** `templates`: whatever begins a conversation. `template:name:language_code`, `country:BR`: only that one. */
export type StoppageScope = 'everything' | 'templates' | `template:${string}` | `country:${string}`;
/** `question-template:en`: any template that could bring a question in English; `…:US`: one that Meta delivers there. */
export type HeldFor =
  | 'everything'
  | 'templates'
  | `country:${string}`
  | 'window'
  | TemplateGroup
  | `${TemplateGroup}:US`
  | 'daily-limit';
export type TemplateGroup = `${'question' | 'welcome'}-template:${string}`;

/** What an operator must know now: each cause once, until it is over. */
export type TroublesTable = {
  cause: string;
  about: string;
  sentence: string;
  detail: string | null;
  raised_at: Millis;
  /** For news that nobody takes back. Null: it stays until its cause ends. */
  ends_at: Millis | null;
};

/** What WhatsApp says of the number and its account: `daily_limit`, `quality`, `payment_method`. The newest word counts. */
export type AccountFactsTable = { fact: AccountFact; value: string; at: Millis };
export type AccountFact = 'daily_limit' | 'quality' | 'payment_method';

/** Delivered messages by calendar month (UTC), price type and category, as WhatsApp bills them. */
export type BilledMessagesTable = { month: string; type: string; category: string; count: number };

/**
 * People who wrote and are no learners, one row per address of theirs, and never in the clear: when they got a line, and
 * since when they want none.
 */
export type StrangersTable = {
  address_hash: string;
  greeted_at: Millis | null;
  helped_at: Millis | null;
  silenced_at: Millis | null;
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
