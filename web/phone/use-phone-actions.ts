import { useMemo } from 'react';
import type { MoveClock, NewPhone } from '../../contract/phone.ts';
import { timeOf, weekdayAndDate } from './clock-words.ts';
import { makePhone, markRead, moveClock, type Outcome, say, tap } from './emulator-api.ts';
import type { Notice } from './use-notices.ts';

/** What a person can do here. Each says whether it worked; when it did not, the person has been told why. */
export type PhoneActions = {
  say(number: string, text: string, quoting: string | null): Promise<boolean>;
  tap(number: string, wamid: string, buttonId: string): Promise<boolean>;
  markRead(number: string): void;
  makePhones(phones: readonly NewPhone[]): Promise<boolean>;
  moveClock(move: MoveClock): Promise<boolean>;
};

export function usePhoneActions(tell: (kind: Notice['kind'], text: string) => void): PhoneActions {
  return useMemo(() => {
    const worked = (outcome: Outcome<unknown>, complaint: string): boolean => {
      if (outcome.kind === 'failed') tell('trouble', `${complaint} ${outcome.why}`);
      return outcome.kind === 'done';
    };
    return {
      say: async (number, text, quoting) =>
        worked(
          await say(number, quoting === null ? { text } : { text, quoting }),
          'Your message was not sent.',
        ),
      tap: async (number, wamid, buttonId) =>
        worked(await tap(number, { wamid, buttonId }), 'Your tap got lost.'),
      // Nobody asked for blue ticks, so nobody needs to hear that they failed; the next message tries again.
      markRead: (number) => void markRead(number),
      makePhones: async (phones) => {
        for (const phone of phones) {
          if (!worked(await makePhone(phone), `The phone of ${phone.name} was not made.`)) return false;
        }
        return true;
      },
      moveClock: async (move) => {
        const outcome = await moveClock(move);
        if (outcome.kind === 'done')
          tell('news', `It is now ${timeOf(outcome.value.now)}, ${weekdayAndDate(outcome.value.now)}.`);
        return worked(outcome, 'The clock did not move.');
      },
    };
  }, [tell]);
}
