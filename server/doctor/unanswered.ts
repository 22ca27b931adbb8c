import type { Failure } from '../channels/channel.ts';
import { type Check, failed } from './check.ts';

/** A check whose question Meta did not answer. The failure's sentence says what happened, then what to do. */
export function unanswered(name: string, failure: Failure): Check {
  const [happened = '', ...rest] = failure.sentence.split(': ');
  const advice = rest.join(': ');
  const code = failure.code === null ? '' : ` (error ${failure.code})`;
  return failed(
    name,
    `${happened}${code}.`,
    advice === '' ? 'Look at the detail and try again.' : capitalised(advice),
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
