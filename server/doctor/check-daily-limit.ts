import type { Answer } from '../channels/whatsapp/management/answer.ts';
import type { NumberFacts } from '../channels/whatsapp/management/answer-schemas.ts';
import { readDailyLimit } from '../channels/whatsapp/read-daily-limit.ts';
import { type Check, failed, notChecked, ok, warning } from './check.ts';
import { unanswered } from './unanswered.ts';

/**
 * Whether everybody can get today's question: Meta counts the people written to outside their windows in 24 hours.
 * `activeLearners` is null when the database cannot be read from here.
 */
export function checkDailyLimit(
  answer: Answer<NumberFacts>,
  it: { ownLimit: number | null; activeLearners: number | null },
): Check {
  const name = 'daily limit';
  if (answer.kind === 'failed') return unanswered(name, answer.failure);
  const told = readDailyLimit(answer.value.tier);
  const limit = told === 'unlimited' ? Number.POSITIVE_INFINITY : told;
  if (limit === null)
    return notChecked(name, `Meta does not tell the limit (${answer.value.tier ?? 'nothing'})`);
  const people = limit === Number.POSITIVE_INFINITY ? 'unlimited' : `${limit} people a day`;
  if (it.ownLimit !== null && it.ownLimit > limit) {
    return warning(
      name,
      `Meta's limit is ${people}, and WHATSAPP_DAILY_LIMIT is ${it.ownLimit}.`,
      'Take WHATSAPP_DAILY_LIMIT out of .env: then Meta’s own limit counts.',
    );
  }
  if (it.activeLearners === null) {
    return notChecked(name, `the database cannot be read from here (Meta's limit is ${people})`);
  }
  const effective = Math.min(limit, it.ownLimit ?? limit);
  if (it.activeLearners <= effective)
    return ok(name, `${learners(it.activeLearners)}; the limit is ${people}.`);
  if (it.ownLimit !== null && it.activeLearners <= limit) {
    return failed(
      name,
      `${learners(it.activeLearners)}, and WHATSAPP_DAILY_LIMIT is ${it.ownLimit}: some wait for another day.`,
      `Raise WHATSAPP_DAILY_LIMIT in .env, to at most ${limit}, or take it out.`,
    );
  }
  return failed(
    name,
    `${learners(it.activeLearners)}, and the limit is ${people}: some wait for another day.`,
    'WhatsApp Manager → Overview → Limits: verify the business, which raises the limit.',
  );
}

function learners(count: number): string {
  return count === 1 ? '1 learner is active' : `${count} learners are active`;
}
