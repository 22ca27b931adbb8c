import { useMemo } from 'react';
import type { Phone } from '../../../contract/phone.ts';
import type { NumberChange, QueueFault, ShownIdentity, SwitchChange } from '../../../contract/switches.ts';
import type { Outcome } from '../emulator-api.ts';
import type { Notice } from '../use-notices.ts';
import type { OddMessage } from './odd-messages.ts';
import {
  changeNumber,
  changeSwitches,
  queueFault,
  react,
  resetSwitches,
  sendOdd,
  sendVoice,
  setBlocked,
  setFailsWith,
  setIdentity,
  setMarketing,
} from './trouble-api.ts';

/** The troubles a person can make. Each says whether it worked; when it did not, the person has been told why. */
export type TroubleActions = {
  change(change: SwitchChange): Promise<boolean>;
  queueFault(fault: QueueFault): Promise<boolean>;
  /** The switches, the queued faults and these phones. */
  makeWell(phones: readonly Phone[]): Promise<boolean>;
  setBlocked(number: string, blocked: boolean): Promise<boolean>;
  setMarketing(number: string, wanted: boolean): Promise<boolean>;
  setFailsWith(number: string, code: number | null): Promise<boolean>;
  setIdentity(number: string, identity: ShownIdentity): Promise<boolean>;
  changeNumber(number: string, change: NumberChange): Promise<boolean>;
  react(number: string, wamid: string, emoji: string | null): Promise<boolean>;
  sendVoice(number: string, seconds: number): Promise<boolean>;
  sendOdd(number: string, message: OddMessage): Promise<boolean>;
};

export function useTroubleActions(tell: (kind: Notice['kind'], text: string) => void): TroubleActions {
  return useMemo(() => {
    const worked = (outcome: Outcome<unknown>, complaint: string): boolean => {
      if (outcome.kind === 'failed') tell('trouble', `${complaint} ${outcome.why}`);
      return outcome.kind === 'done';
    };
    const changed = async (outcome: Promise<Outcome<unknown>>) =>
      worked(await outcome, 'That was not switched.');
    const sent = async (outcome: Promise<Outcome<unknown>>) => worked(await outcome, 'That was not sent.');
    return {
      change: (change) => changed(changeSwitches(change)),
      queueFault: async (fault) => {
        const outcome = await queueFault(fault);
        if (outcome.kind === 'done')
          tell(
            'news',
            outcome.value.queued === 1 ? 'One send will fail.' : `${outcome.value.queued} sends will fail.`,
          );
        return worked(outcome, 'No fault was queued.');
      },
      makeWell: async (phones) => {
        if (!(await changed(resetSwitches()))) return false;
        for (const phone of phones) {
          for (const mend of mendings(phone)) if (!(await changed(mend()))) return false;
        }
        tell('news', 'Everything is well again. Templates stay as they are.');
        return true;
      },
      setBlocked: (number, blocked) => changed(setBlocked(number, blocked)),
      setMarketing: (number, wanted) => changed(setMarketing(number, wanted)),
      setFailsWith: (number, code) => changed(setFailsWith(number, code)),
      setIdentity: (number, identity) => changed(setIdentity(number, identity)),
      changeNumber: async (number, change) =>
        worked(await changeNumber(number, change), 'The number was not changed.'),
      react: (number, wamid, emoji) => sent(react(number, wamid, emoji)),
      sendVoice: (number, seconds) => sent(sendVoice(number, seconds)),
      sendOdd: (number, message) => sent(sendOdd(number, message)),
    };
  }, [tell]);
}

/** Only what is amiss: each of these may be told to the bot. */
function mendings({ number, blocked, failsWith, stoppedMarketing, identity }: Phone) {
  return [
    ...(blocked ? [() => setBlocked(number, false)] : []),
    ...(failsWith === null ? [] : [() => setFailsWith(number, null)]),
    ...(stoppedMarketing ? [() => setMarketing(number, true)] : []),
    ...(identity === 'both' ? [] : [() => setIdentity(number, 'both')]),
  ];
}
