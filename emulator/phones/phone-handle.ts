import type { ChatMessage } from '../../contract/phone.ts';
import type { NumberChange, ShownIdentity } from '../../contract/switches.ts';
import type { JsonObject } from '../json-object.ts';
import { voiceNote } from '../media/voice-note.ts';
import type { Delivery } from '../sending/delivery.ts';
import type { LearnerSide } from './learner-side.ts';
import type { PhoneBook } from './phone-book.ts';
import type { PretendPhone } from './pretend-phone.ts';

/** One phone in the hands of a test. Everything happens at once; `settle()` waits until the service was told. */
export type PhoneHandle = {
  readonly number: string;
  readonly bsuid: string;
  /** The chat, oldest first, failed messages of the bot included. */
  readonly messages: readonly ChatMessage[];
  /** Epoch milliseconds until which the bot is typing, or null. */
  readonly typingUntil: number | null;
  say(text: string, options?: { quoting?: string }): string;
  /** By title or payload, on the latest message that has such a button, or on the one named by `of`. */
  tap(titleOrPayload: string, options?: { of?: string }): string;
  react(emoji: string | null, wamid: string): string;
  /** Without bytes, a few seconds of a well-formed Opus voice note. */
  sendVoice(options?: { bytes?: Buffer; seconds?: number; mimeType?: string; withUrl?: boolean }): string;
  /** A voice note of more than Meta fetches: the service is told so instead (131052). */
  sendTooLarge(): string;
  sendImage(options?: { bytes?: Buffer; caption?: string }): string;
  /** Any other message: `{ type, [type]: … }` as the webhook shall carry it. */
  send(content: JsonObject): string;
  /** Looks at the chat: everything of the bot that got here is read. */
  read(): void;
  /** Lets arrive what is under way, where nothing arrives by itself. */
  receive(): void;
  stopMarketing(): void;
  resumeMarketing(): void;
  block(): void;
  unblock(): void;
  /** What notifications show of this person from now on. */
  showAs(identity: ShownIdentity): void;
  /** Listens to a voice message of the bot. */
  play(wamid: string): void;
  /** With the number it has already, only the business-scoped id changes. */
  changeNumber(number: string, announceAs?: NumberChange['announceAs']): void;
};

export function createPhoneHandle(
  phone: PretendPhone,
  needs: { phones: PhoneBook; learnerSide: LearnerSide; delivery: Delivery; poke: () => void },
): PhoneHandle {
  const { learnerSide, delivery } = needs;

  /** Everything a hand does ends in looking whether something can go out now. */
  function then<T>(result: T): T {
    needs.poke();
    return result;
  }

  function findButton(wanted: string, of: string | undefined): { wamid: string; buttonId: string } {
    const candidates = phone.bubbles.filter((it) => of === undefined || it.message.wamid === of).toReversed();
    for (const { message } of candidates) {
      const button = message.buttons.find((it) => it.id === wanted || it.title === wanted);
      if (button !== undefined) return { wamid: message.wamid, buttonId: button.id };
    }
    throw new Error(`+${phone.number} shows no button “${wanted}”`);
  }

  return {
    get number() {
      return phone.number;
    },
    get bsuid() {
      return phone.bsuid;
    },
    get messages() {
      return needs.phones.shown(phone).messages;
    },
    get typingUntil() {
      return needs.phones.shown(phone).typingUntil;
    },
    say: (text, options) => then(learnerSide.say(phone, text, options?.quoting ?? null)),
    tap(titleOrPayload, options) {
      const { wamid, buttonId } = findButton(titleOrPayload, options?.of);
      return then(learnerSide.tap(phone, wamid, buttonId));
    },
    react: (emoji, wamid) => then(learnerSide.react(phone, emoji, wamid)),
    sendVoice: (options) =>
      then(
        learnerSide.sendVoice(phone, options?.bytes ?? voiceNote({ seconds: options?.seconds ?? 5 }), {
          mimeType: options?.mimeType ?? 'audio/ogg; codecs=opus',
          withUrl: options?.withUrl ?? true,
        }),
      ),
    sendTooLarge: () => then(learnerSide.sendTooLarge(phone)),
    sendImage: (options) =>
      then(learnerSide.sendImage(phone, options?.bytes ?? SMALLEST_JPEG, options?.caption ?? null)),
    send: (content) => then(learnerSide.sendAnything(phone, content)),
    read: () => then(delivery.readAll(phone)),
    receive: () => then(delivery.deliverAll(phone)),
    stopMarketing: () => then(learnerSide.setMarketing(phone, false)),
    resumeMarketing: () => then(learnerSide.setMarketing(phone, true)),
    block: () => learnerSide.setBlocked(phone, true),
    unblock: () => learnerSide.setBlocked(phone, false),
    showAs: (identity) => learnerSide.showAs(phone, identity),
    play(wamid) {
      if (!delivery.play(phone, wamid)) throw new Error(`+${phone.number} got no voice message ${wamid}`);
      needs.poke();
    },
    changeNumber: (number, announceAs = 'user_changed_number') =>
      then(learnerSide.changeNumber(phone, { number: number.replace(/\D/g, ''), announceAs })),
  };
}

/** Start and end of image: enough for whoever looks at the first bytes. */
const SMALLEST_JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
