import type { Answer } from '../channels/whatsapp/management/answer.ts';
import type { AccountFacts, SubscribedApp } from '../channels/whatsapp/management/answer-schemas.ts';
import { type Check, failed, ok, warning } from './check.ts';
import { unanswered } from './unanswered.ts';

/** Whether number and account in the settings belong together. */
export function checkOwnership(
  answer: Answer<readonly string[]>,
  it: { phoneNumberId: string; businessAccountId: string },
): Check {
  const name = 'account';
  if (answer.kind === 'failed') return unanswered(name, answer.failure);
  if (answer.value.includes(it.phoneNumberId)) return ok(name, 'The number belongs to the account.');
  return failed(
    name,
    `The number ${it.phoneNumberId} does not belong to the account ${it.businessAccountId}.`,
    'Copy both ids from one page, WhatsApp → API Setup in the App Dashboard, into .env.',
  );
}

/** Without one, everything beyond the free messages of a month is accepted and never delivered. */
export function checkPayment(answer: Answer<AccountFacts>): Check {
  const name = 'payment';
  if (answer.kind === 'failed') return unanswered(name, answer.failure);
  if (answer.value.fundingId !== null) return ok(name, 'The account has a payment method.');
  return failed(
    name,
    'The account has no payment method: beyond 1,000 messages a month nothing is delivered, and nobody says so.',
    'Business Settings → Billing → WhatsApp accounts: add a payment method.',
  );
}

/** The half of the set-up that is forgotten most: the handshake works, and no message ever arrives. */
export function checkAccountSubscription(
  answer: Answer<readonly SubscribedApp[]>,
  it: { appId: string; callbackUrl: string },
): Check {
  const name = 'account subscription';
  if (answer.kind === 'failed') return unanswered(name, answer.failure);
  const own = answer.value.find((app) => app.appId === it.appId);
  if (own === undefined) {
    return failed(name, 'The app does not hear of this account, so no message arrives.', SET);
  }
  if (own.overrideCallbackUrl !== null && own.overrideCallbackUrl !== it.callbackUrl) {
    return warning(name, `The account sends its notifications to ${own.overrideCallbackUrl} instead.`, SET);
  }
  return ok(name, 'The app hears of the account.');
}

const SET = 'npm run bot -- webhook set';
