import type { EmulatorSwitches, ShownIdentity } from './switches.ts';

/**
 * What the phone page and the emulator say to each other, all under `/__emulator/` on the emulator's port.
 *
 * - `GET  /__emulator/state`                      → EmulatorState
 * - `GET  /__emulator/events`                     → server-sent events; each `data:` is a PhoneEvent
 * - `POST /__emulator/phones`                     NewPhone → Phone
 * - `POST /__emulator/phones/{number}/say`        SayText → { wamid }
 * - `POST /__emulator/phones/{number}/tap`        TapButton → { wamid }
 * - `POST /__emulator/phones/{number}/read`       {} → { ok: true }      marks all of our messages on that phone as read
 * - `POST /__emulator/clock`                      MoveClock → { now }
 * Errors: `{ error: string }` with 400 or 404.
 */
export type EmulatorState = {
  /** Epoch milliseconds of the virtual clock when the answer was made; it runs on at the speed of the real one. */
  now: number;
  /** The number of the bot, digits only, and its display name. */
  business: { number: string; name: string };
  /** Where the registration page is, or null when the emulator runs alone. */
  registrationUrl: string | null;
  phones: Phone[];
};

export type Phone = {
  /** Digits only. */
  number: string;
  /** The profile name of the person who holds it. */
  name: string;
  language: 'en' | 'es' | 'pt';
  /** The business-scoped id by which Meta shows this person to the bot. */
  bsuid: string;
  identity: ShownIdentity;
  /** This person has blocked the bot. */
  blocked: boolean;
  stoppedMarketing: boolean;
  /** Every message to this phone fails with this code; null: with none. */
  failsWith: number | null;
  /** The bot is typing: epoch milliseconds until which to show it, null when not. */
  typingUntil: number | null;
  messages: ChatMessage[];
};

export type ChatMessage = {
  wamid: string;
  /** `learner`: written on this phone. `bot`: sent to it through the Cloud API. */
  from: 'learner' | 'bot';
  at: number;
  /** What is shown in the bubble, with WhatsApp's own formatting marks still in it. */
  text: string;
  header: string | null;
  footer: string | null;
  buttons: ChatButton[];
  /** The wamid of the message quoted above it. */
  quoting: string | null;
  /** Only for messages of the bot that came as a template. */
  template: string | null;
  /** Ticks. For the bot's messages: how far Meta reports them; for the learner's: `sent`, or `read` after mark-as-read. */
  status: 'accepted' | 'sent' | 'delivered' | 'read' | 'failed';
  /** Why it failed, e.g. `131047 Re-engagement message`. */
  failure: string | null;
};

/** `id`: the payload that a tap sends back. `tapped` once used (a chat lets you tap again all the same). */
export type ChatButton = { id: string; title: string; tapped: boolean };

export type PhoneEvent =
  | { kind: 'phone'; phone: Omit<Phone, 'messages'> }
  | { kind: 'message'; number: string; message: ChatMessage }
  | { kind: 'typing'; number: string; until: number | null }
  | { kind: 'clock'; now: number }
  | { kind: 'switches'; switches: EmulatorSwitches };

export type NewPhone = { number: string; name: string; language: 'en' | 'es' | 'pt' };
export type SayText = { text: string; quoting?: string };
export type TapButton = { wamid: string; buttonId: string };
/** Either forward by so many milliseconds, or to an instant in the future. The clock never goes back. */
export type MoveClock = { byMs: number } | { to: number };
