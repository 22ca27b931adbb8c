import type { EmulatorSwitches } from '../../contract/switches.ts';
import type { Agenda } from '../agenda.ts';
import { errorCode } from '../graph/error-codes.ts';
import { objectAt } from '../json-object.ts';
import type { Luck } from '../luck.ts';
import type { PhoneBook } from '../phones/phone-book.ts';
import type { PretendPhone } from '../phones/pretend-phone.ts';
import type { Notification } from '../webhooks/notification.ts';
import type { Notifications } from '../webhooks/notifications.ts';
import { createPricing } from './pricing.ts';
import type { SendRecord } from './send-record.ts';
import { statusContent } from './status-content.ts';
import type { Underway } from './underway.ts';

export type Automatic = {
  readonly deliver: boolean;
  readonly read: boolean;
  /** Counted from the acceptance, each by itself. */
  readonly delaysMs: { readonly sent: number; readonly delivered: number; readonly read: number };
};

export type Delivery = ReturnType<typeof createDelivery>;

/** Takes messages from acceptance to the phone and into the eyes of the learner, and reports each step. */
export function createDelivery(needs: {
  now: () => number;
  agenda: Agenda;
  phones: PhoneBook;
  notifications: Notifications;
  post: (notification: Notification) => void;
  automatic: Automatic;
  switches: Readonly<EmulatorSwitches>;
  /** Decides who reads by themselves. */
  luck: Luck;
}) {
  const { now, agenda, phones, automatic, switches } = needs;
  const undelivered = new Map<PretendPhone, Set<Underway>>();
  const unread = new Map<PretendPhone, Set<Underway>>();
  const voiceMessages = new Map<string, Underway>();
  const price = createPricing(now);

  function follow(underway: Underway, failureCode: number | null): void {
    const { delaysMs } = automatic;
    const readsByThemselves = needs.luck.fraction() < switches.sending.readByThemselves;
    const after = (delayMs: number, task: () => void) => agenda.at(underway.record.at + delayMs, task);
    if (failureCode !== null) {
      after(delaysMs.sent, () => fail(underway, failureCode));
      return;
    }
    after(delaysMs.sent, () => {
      if (isUnpaid(underway)) {
        fail(underway, 131042);
        return;
      }
      tell(underway, 'sent');
      if (underway.openedEarly) open(underway);
    });
    // Of a reaction Meta reports nothing after `sent`.
    if (underway.record.type === 'reaction') return;
    keep(undelivered, underway);
    if (isVoice(underway)) voiceMessages.set(underway.record.wamid, underway);
    if (automatic.deliver) after(delaysMs.delivered, () => arrive(underway));
    if (automatic.read || readsByThemselves) after(delaysMs.read, () => open(underway));
  }

  /** Without a payment method nothing leaves once the free messages of the month are used up. */
  function isUnpaid(underway: Underway): boolean {
    if (underway.category !== 'service' || underway.record.type === 'reaction') return false;
    underway.pricing ??= price(underway.category);
    return switches.account.noPaymentMethod && underway.pricing.billable;
  }

  function fail(underway: Underway, code: number): void {
    drop(undelivered, underway);
    underway.record.failureCode = code;
    underway.record.billable = false;
    tell(underway, 'failed');
  }

  function arrive(underway: Underway): void {
    if (!drop(undelivered, underway)) return;
    keep(unread, underway);
    tell(underway, 'delivered');
  }

  function open(underway: Underway): void {
    if (underway.record.outcome === 'accepted') {
      underway.openedEarly = true;
      return;
    }
    // With the chat open, Meta reports `read` without a `delivered` before it.
    const known = [drop(undelivered, underway), drop(unread, underway)];
    if (known.includes(true)) tell(underway, 'read');
  }

  function tell(underway: Underway, status: Exclude<SendRecord['outcome'], 'accepted'>): void {
    const { record, phone } = underway;
    record.outcome = status;
    phones.change(record.wamid, (message) => {
      message.status = status === 'played' ? 'read' : status;
      if (record.failureCode !== null) {
        message.failure = `${record.failureCode} ${errorCode(record.failureCode).title}`;
      }
    });
    const lane = record.to ?? record.bsuid ?? '';
    const content = statusContent(underway, status, {
      now,
      price,
      oldConversation: switches.webhooks.oldConversation,
    });
    needs.post(needs.notifications.status(lane, status, content, phone));
  }

  return {
    follow,
    /** For phones where nothing arrives by itself. */
    deliverAll(phone: PretendPhone): void {
      for (const underway of [...(undelivered.get(phone) ?? [])]) arrive(underway);
    },
    readAll(phone: PretendPhone): void {
      const shown = [...(unread.get(phone) ?? []), ...(undelivered.get(phone) ?? [])];
      for (const underway of shown) open(underway);
    },
    /** Plays a voice message of ours that got here; only the first time is told. False when there is none. */
    play(phone: PretendPhone, wamid: string): boolean {
      const underway = voiceMessages.get(wamid);
      if (underway?.phone !== phone || underway.record.outcome === 'accepted') return false;
      open(underway);
      if (underway.record.outcome === 'read') tell(underway, 'played');
      return underway.record.outcome === 'played';
    },
  };
}

function isVoice({ record }: Underway): boolean {
  return record.type === 'audio' && objectAt(record.body, 'audio').voice === true;
}

function keep(where: Map<PretendPhone, Set<Underway>>, underway: Underway): void {
  if (underway.phone === null) return;
  const kept = where.get(underway.phone) ?? new Set();
  where.set(underway.phone, kept.add(underway));
}

function drop(where: Map<PretendPhone, Set<Underway>>, underway: Underway): boolean {
  return underway.phone !== null && (where.get(underway.phone)?.delete(underway) ?? false);
}
