import type { Identifiers } from '../identifiers.ts';
import type { PhoneBook } from '../phones/phone-book.ts';
import type { PretendPhone } from '../phones/pretend-phone.ts';
import { bubbleOf } from './bubble.ts';
import type { Delivery } from './delivery.ts';
import type { Faults } from './faults.ts';
import type { LimitKeeper } from './limits.ts';
import type { ReadMessage } from './read-message.ts';
import type { SendRecord } from './send-record.ts';
import { windowIsOpen } from './window.ts';

const LANGUAGES = ['en', 'es', 'pt'] as const;

export type Exchange = ReturnType<typeof createExchange>;

/** Takes messages that passed every check, and decides what becomes of them; the learner's side hears of it later. */
export function createExchange(needs: {
  now: () => number;
  identifiers: Identifiers;
  phones: PhoneBook;
  faults: Faults;
  limitKeeper: LimitKeeper;
  delivery: Delivery;
  unknownNumbers: 'create' | 'undeliverable';
}) {
  const { now, phones } = needs;
  const sends: SendRecord[] = [];

  function accept(message: ReadMessage): SendRecord {
    const phone = phoneOf(message);
    const record = recordOf(message, phone);
    sends.push(record);
    if (phone !== null && message.type !== 'reaction') {
      phones.show(phone, bubbleOf(message, record.wamid, now()));
      phones.setTyping(phone, null);
    }
    const underway = {
      record,
      phone,
      sentToBsuid: message.recipient.kind === 'bsuid',
      category: message.filled?.template.category.toLowerCase() ?? 'service',
      pricing: null,
      pricingToldOnArrival: false,
      openedEarly: false,
    };
    needs.delivery.follow(underway, failureCodeFor(message, phone, record.to));
    return record;
  }

  function phoneOf({ recipient, filled }: ReadMessage): PretendPhone | null {
    if (recipient.kind === 'bsuid') return phones.findByBsuid(recipient.bsuid);
    const known = phones.find(recipient.number);
    if (known !== null || filled === null || needs.unknownNumbers === 'undeliverable') return known;
    const language = LANGUAGES.find((it) => filled.template.language.startsWith(it)) ?? 'en';
    return phones.add(recipient.number, { name: `+${recipient.number}`, language });
  }

  function recordOf(message: ReadMessage, phone: PretendPhone | null): SendRecord {
    const { recipient } = message;
    const to = phone?.number ?? (recipient.kind === 'phone' ? recipient.number : null);
    return {
      wamid: needs.identifiers.wamid(to ?? '0', 'to-learner'),
      to,
      bsuid: phone?.bsuid ?? (recipient.kind === 'bsuid' ? recipient.bsuid : null),
      type: message.type,
      body: message.body,
      at: now(),
      callbackData: message.callbackData,
      templateName: message.filled?.template.name ?? null,
      billable: message.type !== 'reaction',
      outcome: 'accepted',
      failureCode: null,
    };
  }

  function failureCodeFor(
    message: ReadMessage,
    phone: PretendPhone | null,
    number: string | null,
  ): number | null {
    const demanded = number === null ? null : needs.faults.codeInStatus(number);
    if (demanded !== null) return demanded;
    if (phone === null) {
      const nobodyWrote = needs.unknownNumbers === 'create' && message.recipient.kind === 'phone';
      return nobodyWrote ? 131047 : 131026;
    }
    if (phone.blockedBusiness) return 130403;
    if (message.filled?.template.category === 'MARKETING' && phone.stoppedMarketing) return 131050;
    if (windowIsOpen(phone.lastInboundAt, now())) return null;
    if (message.filled === null) return 131047;
    return needs.limitKeeper.mayReach(phone.number) ? null : 131048;
  }

  return { sends: sends as readonly SendRecord[], accept };
}
