import type { JsonObject } from '../json-object.ts';

/** One thing to tell the service. Several may travel in one request. */
export type Notification = {
  /** Notifications of one lane keep their order: a learner's number, or the account. */
  readonly lane: string;
  /** For records and tests: `message:text`, `status:sent`, `template:APPROVED`. */
  readonly kind: string;
  readonly field: string;
  readonly value: JsonObject;
  /** Epoch seconds; only fields other than `messages` write it. */
  readonly entryTime: number | null;
};

export const ACCOUNT_LANE = 'account';
