/**
 * How the emulator is told to misbehave like Meta: what tests and the phone page's side panel ask of it, all under
 * `/__emulator/` on the emulator's port. Errors as in `phone.ts`: `{ error: string }` with 400 or 404.
 *
 * - `GET  /__emulator/switches`                        → EmulatorSwitches
 * - `POST /__emulator/switches`                        SwitchChange → EmulatorSwitches
 * - `POST /__emulator/switches/reset`                  {} → EmulatorSwitches     everything well again, faults forgotten
 * - `POST /__emulator/faults`                          QueueFault → { queued }   the next sends meet it, each once
 * - `GET  /__emulator/error-codes`                     → ErrorCodeChoice[]       every code a recipient can fail with
 * - `POST /__emulator/phones/{number}/fails-with`      { code: number | null } → Phone
 * - `POST /__emulator/phones/{number}/block`           { blocked: boolean } → Phone
 * - `POST /__emulator/phones/{number}/marketing`       { wanted: boolean } → Phone     “stop marketing messages”
 * - `POST /__emulator/phones/{number}/identity`        { identity } → Phone            what notifications show of them
 * - `POST /__emulator/phones/{number}/change-number`   { number, announceAs } → Phone
 * - `POST /__emulator/phones/{number}/react`           { wamid, emoji: string | null } → { wamid }
 * - `POST /__emulator/phones/{number}/voice`           { seconds } → { wamid }
 * - `POST /__emulator/phones/{number}/send`            { type, [type]: … } → { wamid }  any other message
 * - `GET  /__emulator/templates`                       → TemplateState[]
 * - `POST /__emulator/templates/{name}`                TemplateChange → TemplateState[]
 */
export type EmulatorSwitches = {
  webhooks: WebhookTroubles;
  sending: SendingTroubles;
  account: AccountTroubles;
};

/** They count from the next delivery on. */
export type WebhookTroubles = {
  /** Every delivery arrives twice. */
  duplicate: boolean;
  /** No order, neither between learners nor within one. */
  shuffle: boolean;
  /** Notifications wait so long before their first attempt. */
  delayMs: number;
  /** How many notifications may share one request, spread over several entries and changes. */
  batch: number;
  /** Nothing leaves until this is off again. */
  hold: boolean;
  badSignature: boolean;
  missingSignature: boolean;
  /** Each body is filled up beyond a megabyte with a field that nobody knows. */
  largeBody: boolean;
  /** `conversation` objects as webhooks of v23.0 and older carry them. */
  oldConversation: boolean;
};

/** Each is the share of sends, 0 to 1, that meets the trouble; drawn from the emulator's seed. */
export type SendingTroubles = {
  dropAnswerAfterAccept: number;
  timeoutAfterAccept: number;
  reset: number;
  http500: number;
  http503: number;
  html502: number;
  /** Of the messages delivered, how many are read by themselves. */
  readByThemselves: number;
};

export type AccountTroubles = {
  /** From the 1,001st service message of a month on: 200, then `failed` 131042. */
  noPaymentMethod: boolean;
  /** Free text outside the window is refused in the answer instead of failing by status. */
  windowRefusedInAnswer: boolean;
  /** Templates submitted as UTILITY are approved as MARKETING. */
  approveAsMarketing: boolean;
  /** What the review says of templates submitted from now on. */
  review: 'approve' | 'reject' | 'leave-pending';
  /** Marketing templates one learner may get in a day before 131049; null: as many as come. */
  marketingPerLearnerAndDay: number | null;
  /** Messages a second before 130429; null: as many as come. */
  messagesPerSecond: number | null;
  /** Whether the pause between two messages to one learner is watched (131056). */
  pairLimit: boolean;
  /** Learners outside their windows in a moving day; null: unlimited. A change is told by webhook. */
  recipientsPerDay: 250 | 2_000 | 10_000 | 100_000 | null;
  quality: 'GREEN' | 'YELLOW' | 'RED';
};

/** All is well, but for the daily limit of a young account. */
export const ALL_WELL: EmulatorSwitches = {
  webhooks: {
    duplicate: false,
    shuffle: false,
    delayMs: 0,
    batch: 1,
    hold: false,
    badSignature: false,
    missingSignature: false,
    largeBody: false,
    oldConversation: false,
  },
  sending: {
    dropAnswerAfterAccept: 0,
    timeoutAfterAccept: 0,
    reset: 0,
    http500: 0,
    http503: 0,
    html502: 0,
    readByThemselves: 0,
  },
  account: {
    noPaymentMethod: false,
    windowRefusedInAnswer: false,
    approveAsMarketing: false,
    review: 'approve',
    marketingPerLearnerAndDay: null,
    messagesPerSecond: null,
    pairLimit: false,
    recipientsPerDay: 250,
    quality: 'GREEN',
  },
};

export type SwitchChange = { [Group in keyof EmulatorSwitches]?: Partial<EmulatorSwitches[Group]> };

export type QueuedFault =
  | 'accept-then-drop-answer'
  | 'timeout-after-accept'
  | 'reset'
  | '500'
  | '503'
  | 'html-502'
  /** Refused in the answer with this code, whatever Meta's habit for it. */
  | { code: number };
export type QueueFault = { count: number; fault: QueuedFault };

/** `seen`: refused in the answer to the call, or accepted and failed by status, as Meta does for that code. */
export type ErrorCodeChoice = { code: number; title: string; seen: 'answer' | 'status' };

/**
 * What notifications say about a person. `bsuid-only`: somebody with a username whose number Meta does not show;
 * `phone-only`: as before business-scoped ids; `bsuid-in-from`: the id stands where the number used to.
 */
export type ShownIdentity = 'both' | 'phone-only' | 'bsuid-only' | 'bsuid-in-from';

/** Both ways Meta announces that a person has moved. */
export type NumberChange = { number: string; announceAs: 'user_changed_number' | 'user_changed_user_id' };

export type TemplateState = {
  name: string;
  /** With an underscore: `pt_BR`. */
  language: string;
  status: string;
  category: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
};

/** Told by webhook, as Meta does on its own. Without a language, all of that name. */
export type TemplateChange = {
  language?: string;
  status?: 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED';
  category?: 'UTILITY' | 'MARKETING';
};
