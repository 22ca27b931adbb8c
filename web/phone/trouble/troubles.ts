import type { Phone } from '../../../contract/phone.ts';
import type {
  AccountTroubles,
  EmulatorSwitches,
  SendingTroubles,
  WebhookTroubles,
} from '../../../contract/switches.ts';
import { phoneMarks } from './phone-marks.ts';

/** What is wrong on purpose now, each in a few words. */
export type Troubles = { readonly [Group in keyof EmulatorSwitches | 'phones']: readonly string[] };

export function troublesOf(switches: EmulatorSwitches, phones: readonly Phone[]): Troubles {
  return {
    webhooks: webhookTroubles(switches.webhooks),
    sending: sendingTroubles(switches.sending),
    account: accountTroubles(switches.account),
    phones: phones.flatMap((phone) => phoneMarks(phone).map((mark) => `${phone.name}: ${mark.words}`)),
  };
}

export function allOf(troubles: Troubles): readonly string[] {
  return [...troubles.webhooks, ...troubles.sending, ...troubles.account, ...troubles.phones];
}

/** `1 trouble`, `2 troubles` */
export function countOf(troubles: readonly string[]): string {
  return `${troubles.length} ${troubles.length === 1 ? 'trouble' : 'troubles'}`;
}

function webhookTroubles(now: WebhookTroubles): string[] {
  return [
    ...(now.duplicate ? ['every notification twice'] : []),
    ...(now.shuffle ? ['notifications out of order'] : []),
    ...(now.delayMs > 0 ? [`notifications ${now.delayMs / 1000} s late`] : []),
    ...(now.batch > 1 ? [`up to ${now.batch} notifications in one request`] : []),
    ...(now.hold ? ['notifications held back'] : []),
    ...(now.badSignature ? ['wrong signature'] : []),
    ...(now.missingSignature ? ['no signature'] : []),
    ...(now.largeBody ? ['large notifications'] : []),
    ...(now.oldConversation ? ['notifications as before v24'] : []),
  ];
}

/** Messages read by themselves are no trouble. */
function sendingTroubles(now: SendingTroubles): string[] {
  const shares: readonly [number, string][] = [
    [now.dropAnswerAfterAccept, 'answers lost after acceptance'],
    [now.timeoutAfterAccept, 'no answer after acceptance'],
    [now.reset, 'connections reset'],
    [now.http500, 'HTTP 500'],
    [now.http503, 'HTTP 503'],
    [now.html502, 'HTTP 502 with HTML'],
  ];
  return shares.filter(([share]) => share > 0).map(([, words]) => words);
}

/** The daily limit of learners is left out: a real account always has one. */
function accountTroubles(now: AccountTroubles): string[] {
  return [
    ...(now.noPaymentMethod ? ['no payment method'] : []),
    ...(now.windowRefusedInAnswer ? ['closed window refused in the answer'] : []),
    ...(now.approveAsMarketing ? ['templates approved as marketing'] : []),
    ...reviewTroubles(now.review),
    ...(now.marketingPerLearnerAndDay === null ? [] : ['marketing limited per learner']),
    ...(now.messagesPerSecond === null ? [] : [`${now.messagesPerSecond} messages a second`]),
    ...(now.pairLimit ? ['pause between messages to one learner'] : []),
    ...(now.quality === 'GREEN' ? [] : [`quality ${now.quality.toLowerCase()}`]),
  ];
}

function reviewTroubles(review: AccountTroubles['review']): string[] {
  switch (review) {
    case 'approve':
      return [];
    case 'reject':
      return ['templates rejected'];
    case 'leave-pending':
      return ['templates not reviewed'];
    default: {
      const impossible: never = review;
      throw new Error(`Unknown review ${impossible}`);
    }
  }
}
