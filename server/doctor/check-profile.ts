import type { Answer } from '../channels/whatsapp/management/answer.ts';
import type { Profile } from '../channels/whatsapp/management/answer-schemas.ts';
import { type Check, failed, ok, warning } from './check.ts';
import { unanswered } from './unanswered.ts';

/** Whether learners can see who writes to them and how to reach a person, which Meta's policy demands. */
export function checkProfile(answer: Answer<Profile>): Check {
  const name = 'profile';
  if (answer.kind === 'failed') return unanswered(name, answer.failure);
  const { about, description, email, websites } = answer.value;
  if (!email && websites.length === 0) {
    return failed(
      name,
      'The profile names no way to a person, neither e-mail nor website.',
      'npm run bot -- profile set --email <address of a person>',
    );
  }
  if (!description && !about) {
    return warning(
      name,
      'The profile does not say what the service is.',
      'npm run bot -- profile set --description "<what it is, in a sentence>"',
    );
  }
  return ok(name, `The profile is filled in and names ${email ?? websites.join(', ')}.`);
}
