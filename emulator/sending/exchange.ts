import type { AccountTroubles } from '../../contract/switches.ts';
import { type Refusal, refusal } from '../graph/refusal.ts';
import type { Identifiers } from '../identifiers.ts';
import type { PhoneBook } from '../phones/phone-book.ts';
import type { PretendPhone } from '../phones/pretend-phone.ts';
import { bubbleOf } from './bubble.ts';
import type { Delivery } from './delivery.ts';
import type { Faults } from './faults.ts';
import type { LimitKeeper } from './limits.ts';
import type { Pacing } from './pacing.ts';
import type { ReadMessage } from './read-message.ts';
import { namesOf, phoneOf } from './recipient.ts';
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
  account: Readonly<AccountTroubles>;
  pacing: Pacing;
  unknownNumbers: 'create' | 'undeliverable';
}) {
  const { now, phones } = needs;
  const sends: SendRecord[] = [];

  function accept(message: ReadMessage): SendRecord | { refused: Refusal } {
    const known = phoneOf(message.recipient, phones);
    const demanded = needs.faults.of(namesOf(message.recipient, known));
    if (demanded?.seen === 'answer') {
      return { refused: refusal(demanded.code, 'demanded of the emulator for this recipient') };
    }
    const phone = known ?? newPhone(message);
    const failureCode = demanded?.code ?? failureCodeFor(message, phone);
    if (failureCode === 131047 && demanded === null && needs.account.windowRefusedInAnswer) {
      return { refused: refusal(131047, 'More than 24 hours have passed since the recipient last replied.') };
    }
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
    if (record.heldForQuality) {
      needs.pacing.wait(record.templateName ?? '', (dropped) =>
        needs.delivery.follow(underway, dropped ? 132015 : failureCode),
      );
    } else needs.delivery.follow(underway, failureCode);
    return record;
  }

  function newPhone({ recipient, filled }: ReadMessage): PretendPhone | null {
    if (recipient.kind === 'bsuid' || filled === null || needs.unknownNumbers === 'undeliverable')
      return null;
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
      unknownKeys: message.unknownKeys,
      callbackData: message.callbackData,
      templateName: message.filled?.template.name ?? null,
      heldForQuality: message.filled !== null && needs.pacing.isHeld(message.filled.template.name),
      billable: message.type !== 'reaction',
      outcome: 'accepted',
      failureCode: null,
    };
  }

  function failureCodeFor(message: ReadMessage, phone: PretendPhone | null): number | null {
    if (phone === null) {
      const nobodyWrote = needs.unknownNumbers === 'create' && message.recipient.kind === 'phone';
      return nobodyWrote ? 131047 : 131026;
    }
    if (phone.blockedBusiness) return 130403;
    const { limitKeeper } = needs;
    const isOpen = windowIsOpen(phone.lastInboundAt, now());
    if (message.filled === null) return isOpen ? null : 131047;
    const isMarketing = message.filled.template.category === 'MARKETING';
    if (isMarketing && phone.stoppedMarketing) return 131050;
    if (isMarketing && !limitKeeper.mayGetMarketing(phone.number)) return 131049;
    if (!isOpen && !limitKeeper.mayReach(phone.number)) return 131048;
    if (isMarketing) limitKeeper.gotMarketing(phone.number);
    return null;
  }

  return {
    sends: sends as readonly SendRecord[],
    accept,
    forget(before: number): void {
      const kept = sends.findIndex((send) => send.at >= before);
      sends.splice(0, kept === -1 ? sends.length : kept);
    },
  };
}
