import type { ChatMessage, EmulatorState, Phone, PhoneEvent } from '../../contract/phone.ts';
import type { EmulatorSwitches } from '../../contract/switches.ts';

/** What the page knows of the emulator. */
export type EmulatorView = Omit<EmulatorState, 'now'> & {
  /** The virtual clock minus this computer's. */
  readonly clockAheadMs: number;
  readonly switches: EmulatorSwitches;
};

export function viewOf(
  { now, ...rest }: EmulatorState,
  switches: EmulatorSwitches,
  receivedAt: number,
): EmulatorView {
  return { ...rest, switches, clockAheadMs: now - receivedAt };
}

/**
 * The view after an event. `refetch` when the event speaks of a phone we never heard of: ask for the whole state. It
 * may be a new phone, or one whose number has changed, and then the old number is gone and the chat has moved.
 * Events tell how things are, not what changed, so one that comes twice does no harm.
 */
export function afterEvent(
  view: EmulatorView,
  event: PhoneEvent,
  receivedAt: number,
): EmulatorView | 'refetch' {
  switch (event.kind) {
    case 'clock':
      return { ...view, clockAheadMs: event.now - receivedAt };
    case 'switches':
      return { ...view, switches: event.switches };
    case 'phone':
      return changePhone(view, event.phone.number, (phone) => ({ ...phone, ...event.phone }));
    case 'typing':
      return changePhone(view, event.number, (phone) => ({ ...phone, typingUntil: event.until }));
    case 'message':
      return changePhone(view, event.number, (phone) => withMessage(phone, event.message));
    default: {
      const impossible: never = event;
      throw new Error(`Unknown event ${JSON.stringify(impossible)}`);
    }
  }
}

/** Messages of the bot that the person holding the phone has not seen. */
export function unreadOf(phone: Phone): readonly ChatMessage[] {
  return phone.messages.filter((it) => it.from === 'bot' && it.status !== 'read' && it.status !== 'failed');
}

function changePhone(
  view: EmulatorView,
  number: string,
  change: (phone: Phone) => Phone,
): EmulatorView | 'refetch' {
  if (!view.phones.some((phone) => phone.number === number)) return 'refetch';
  return { ...view, phones: view.phones.map((phone) => (phone.number === number ? change(phone) : phone)) };
}

function withMessage(phone: Phone, message: ChatMessage): Phone {
  const at = phone.messages.findIndex((it) => it.wamid === message.wamid);
  if (at !== -1) return { ...phone, messages: phone.messages.with(at, message) };
  // A message ends the typing indicator, as in the real chat.
  const typingUntil = message.from === 'bot' ? null : phone.typingUntil;
  return { ...phone, typingUntil, messages: [...phone.messages, message] };
}
