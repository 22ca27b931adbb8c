import type { Answer } from '../channels/whatsapp/management/answer.ts';
import type { NumberFacts } from '../channels/whatsapp/management/answer-schemas.ts';
import { type Check, failed, ok, warning } from './check.ts';
import { unanswered } from './unanswered.ts';

const REGISTER = 'npm run bot -- number register --pin <the six digits of its two-step code>';

/** Whether the number is there, registered, and Meta's own cloud answers for it. */
export function checkNumber(answer: Answer<NumberFacts>): Check {
  const name = 'phone number';
  if (answer.kind === 'failed') return unanswered(name, answer.failure);
  const { displayNumber, id, verifiedName, status, platform } = answer.value;
  const number = `${displayNumber ?? id}${verifiedName === null ? '' : ` (${verifiedName})`}`;
  if (status !== null && status !== 'CONNECTED') {
    const canRegister = ['PENDING', 'DISCONNECTED', 'UNVERIFIED', 'MIGRATED'].includes(status);
    return failed(
      name,
      `${number} is ${status} at Meta, not CONNECTED.`,
      canRegister
        ? REGISTER
        : 'WhatsApp Manager → Account tools → Phone numbers: follow the notice beside the number.',
    );
  }
  if (platform !== null && platform !== 'CLOUD_API') {
    return failed(name, `${number} is on ${platform}, not on the Cloud API.`, REGISTER);
  }
  return ok(name, `${number} is connected.`);
}

/** Meta's own opinion on whether this number can send, and why not. */
export function checkHealth(answer: Answer<NumberFacts>): Check {
  const name = 'health';
  if (answer.kind === 'failed') return unanswered(name, answer.failure);
  const { health, healthNotes } = answer.value;
  const notes = healthNotes.length === 0 ? 'No reason is given.' : healthNotes.join(' ');
  const look = 'WhatsApp Manager → Overview: follow the notice there.';
  switch (health) {
    case 'BLOCKED':
      return failed(name, `Meta lets this number send nothing: ${notes}`, look);
    case 'LIMITED':
      return warning(name, `Meta limits what this number can send: ${notes}`, look);
    default:
      return ok(name, 'Meta has nothing against sending.');
  }
}

/** What learners' blocks and reports of the last seven days have come to. */
export function checkQuality(answer: Answer<NumberFacts>): Check {
  const name = 'quality';
  if (answer.kind === 'failed') return unanswered(name, answer.failure);
  const { quality } = answer.value;
  const look =
    'WhatsApp Manager → Insights: see which messages people block or report, and send fewer of them.';
  switch (quality) {
    case 'RED':
      return failed(
        name,
        'The quality of the number is RED: Meta will lower its limit or pause templates.',
        look,
      );
    case 'YELLOW':
      return warning(
        name,
        'The quality of the number is YELLOW: people have begun to block or report it.',
        look,
      );
    default:
      return ok(name, quality === 'GREEN' ? 'The quality of the number is GREEN.' : 'It has no rating yet.');
  }
}
