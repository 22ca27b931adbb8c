import { describe, expect, it } from 'vitest';
import type { Phone } from '../../../contract/phone.ts';
import type { SwitchChange } from '../../../contract/switches.ts';
import { ALL_WELL } from '../../../contract/switches.ts';
import { allOf, countOf, troublesOf } from './troubles.ts';

it('finds nothing wrong when all is well', () => {
  expect(wrong({})).toEqual([]);
});

describe('each switch away from well is named', () => {
  it.each<[SwitchChange, string]>([
    [{ webhooks: { duplicate: true } }, 'every notification twice'],
    [{ webhooks: { shuffle: true } }, 'notifications out of order'],
    [{ webhooks: { delayMs: 1500 } }, 'notifications 1.5 s late'],
    [{ webhooks: { batch: 10 } }, 'up to 10 notifications in one request'],
    [{ webhooks: { hold: true } }, 'notifications held back'],
    [{ webhooks: { badSignature: true } }, 'wrong signature'],
    [{ webhooks: { missingSignature: true } }, 'no signature'],
    [{ webhooks: { largeBody: true } }, 'large notifications'],
    [{ webhooks: { oldConversation: true } }, 'notifications as before v24'],
    [{ sending: { dropAnswerAfterAccept: 0.1 } }, 'answers lost after acceptance'],
    [{ sending: { timeoutAfterAccept: 0.1 } }, 'no answer after acceptance'],
    [{ sending: { reset: 0.1 } }, 'connections reset'],
    [{ sending: { http500: 0.1 } }, 'HTTP 500'],
    [{ sending: { http503: 0.1 } }, 'HTTP 503'],
    [{ sending: { html502: 0.1 } }, 'HTTP 502 with HTML'],
    [{ account: { noPaymentMethod: true } }, 'no payment method'],
    [{ account: { windowRefusedInAnswer: true } }, 'closed window refused in the answer'],
    [{ account: { approveAsMarketing: true } }, 'templates approved as marketing'],
    [{ account: { review: 'reject' } }, 'templates rejected'],
    [{ account: { review: 'leave-pending' } }, 'templates not reviewed'],
    [{ account: { marketingPerLearnerAndDay: 0 } }, 'marketing limited per learner'],
    [{ account: { messagesPerSecond: 80 } }, '80 messages a second'],
    [{ account: { pairLimit: true } }, 'pause between messages to one learner'],
    [{ account: { quality: 'RED' } }, 'quality red'],
  ])('%o', (change, words) => {
    expect(wrong(change)).toEqual([words]);
  });
});

it('finds no trouble in messages that read themselves, nor in the daily limit that every account has', () => {
  expect(wrong({ sending: { readByThemselves: 1 }, account: { recipientsPerDay: null } })).toEqual([]);
});

it('says of whom a phone’s trouble is', () => {
  const luis: Phone = {
    number: '525555550123',
    name: 'Luis',
    language: 'es',
    bsuid: 'MX.Luis',
    identity: 'both',
    blocked: true,
    stoppedMarketing: false,
    failsWith: null,
    typingUntil: null,
    messages: [],
  };
  expect(troublesOf(ALL_WELL, [luis]).phones).toEqual(['Luis: blocked the bot']);
});

it('counts in words', () => {
  expect([countOf(['a']), countOf(['a', 'b'])]).toEqual(['1 trouble', '2 troubles']);
});

function wrong(change: SwitchChange): readonly string[] {
  return allOf(
    troublesOf(
      {
        webhooks: { ...ALL_WELL.webhooks, ...change.webhooks },
        sending: { ...ALL_WELL.sending, ...change.sending },
        account: { ...ALL_WELL.account, ...change.account },
      },
      [],
    ),
  );
}
