import type { SwitchChange } from '../contract/switches.ts';
import type { AccountState } from './graph/account-state.ts';
import type { Automatic } from './sending/delivery.ts';

export type EmulatorOptions = {
  /** 0 picks a free one. */
  port: number;
  host?: string;
  token: string;
  appSecret: string;
  /** The service's own. The handshake sends the one that the set-up call names, as Meta's does. */
  verifyToken: string;
  phoneNumberId: string;
  businessAccountId: string;
  appId: string;
  /** Digits only. */
  businessNumber: string;
  businessName: string;
  /** Where notifications go; null until `setWebhookUrl` or the set-up calls say. */
  webhookUrl: string | null;
  registrationUrl: string | null;
  /** The folder with the built phone page, served at `/` when it is there. */
  pageRoot: string | null;
  /** Epoch milliseconds. The emulator owns no clock. */
  now: () => number;
  /** `POST /__emulator/clock` asks the owner of the clock to move it. */
  onClockMove?: (byMs: number) => void;
  /**
   * The same seed gives the same ids and choices. Leave it out wherever a service remembers messages over a restart
   * of the emulator: repeated message ids would be taken for copies.
   */
  seed?: number;
  /** Which statuses come by themselves. By default all but `read`, which comes when somebody looks at the phone. */
  automatic?: Automatic;
  /** Is told what Meta would hold against the service: so far, slow answers to webhooks. */
  warn?: (sentence: string) => void;
  templateApprovalDelayMs?: number;
  /** Pauses before a refused notification is tried again grow no longer than this; as Meta's when absent. */
  longestRetryPauseMs?: number;
  /** Whether a template to a number without a phone makes one, or is undeliverable. */
  unknownNumbers?: 'create' | 'undeliverable';
  /**
   * Whether a `wa_id` is what the caller wrote, or Meta’s own spelling of Brazilian, Mexican and Argentinian numbers.
   */
  spelling?: 'as-written' | 'like-meta';
  /** Troubles from the start on. Left alone, all is well and 250 learners a day may be reached. */
  switches?: SwitchChange;
  /** What else is wrong with the account, changed while it runs; nothing unless told. */
  state?: AccountState;
};

export const DEFAULT_HOST = '127.0.0.1';

export const LIKE_META: Automatic = {
  deliver: true,
  read: false,
  delaysMs: { sent: 150, delivered: 500, read: 3000 },
};
