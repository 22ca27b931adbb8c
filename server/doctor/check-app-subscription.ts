import type { Answer } from '../channels/whatsapp/management/answer.ts';
import type { AppSubscription } from '../channels/whatsapp/management/answer-schemas.ts';
import { type Check, failed, ok, warning } from './check.ts';
import { unanswered } from './unanswered.ts';

/** Whether Meta brings everything we read to where we are. */
export function checkAppSubscription(
  answer: Answer<AppSubscription>,
  it: { callbackUrl: string; fields: readonly string[] },
): Check {
  const name = 'app subscription';
  if (answer.kind === 'failed') return unanswered(name, answer.failure);
  const found = answer.value;
  if (found === null) return failed(name, 'The app has no address for notifications.', SET);
  if (found.callbackUrl !== it.callbackUrl) {
    return failed(
      name,
      `Notifications go to ${found.callbackUrl ?? 'nobody'}, not to ${it.callbackUrl}.`,
      SET,
    );
  }
  if (!found.active) return failed(name, 'Meta has switched the app’s notifications off.', SET);
  const missing = it.fields.filter((field) => !found.fields.includes(field));
  if (missing.includes('messages')) return failed(name, 'The app does not ask for messages.', SET);
  if (missing.length > 0) return warning(name, `The app does not ask for ${missing.join(', ')}.`, SET);
  return ok(name, `Notifications go to ${it.callbackUrl}.`);
}

const SET = 'npm run bot -- webhook set';
