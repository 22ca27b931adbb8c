import type { ChatMessage } from '../../contract/phone.ts';
import { dayOf } from './clock-words.ts';

/**
 * Where the holder of a phone stands on the way to the first feedback. `start` carries the title of the button to
 * tap, in the learner's language. Null once they know their way. `today` is a day as `dayOf` makes it.
 */
export type FirstStep =
  | { readonly kind: 'register' }
  | { readonly kind: 'start'; readonly button: string | null }
  | { readonly kind: 'answer' }
  | { readonly kind: 'tomorrow' };

export function firstStepOf(messages: readonly ChatMessage[], today: number): FirstStep | null {
  const arrived = messages.filter((it) => it.status !== 'failed');
  const first = arrived[0];
  if (first === undefined) return { kind: 'register' };
  if (!arrived.some((it) => it.from === 'learner')) {
    const welcome = arrived.findLast((it) => it.buttons.length > 0);
    return { kind: 'start', button: welcome?.buttons[0]?.title ?? null };
  }
  const question = arrived.findIndex((it) => it.from === 'bot' && it.template === null);
  const answer = arrived.findIndex(
    (it, index) => it.from === 'learner' && question !== -1 && index > question,
  );
  if (answer === -1) return { kind: 'answer' };
  const isAnswered = arrived.slice(answer).some((it) => it.from === 'bot');
  return isAnswered && dayOf(first.at) === today ? { kind: 'tomorrow' } : null;
}
