import type { SendingTroubles } from '../../contract/switches.ts';
import type { Luck } from '../luck.ts';
import type { Fault } from './faults.ts';

/**
 * What chance brings to the next send. It is asked once for each, also while nothing is switched on: so the same seed
 * and the same order of sends meet the same troubles.
 */
export function drawFault(luck: Luck, sending: Readonly<SendingTroubles>): Fault | null {
  let left = luck.fraction();
  for (const [fault, share] of sharesOf(sending)) {
    if (left < share) return fault;
    left -= share;
  }
  return null;
}

function sharesOf(sending: Readonly<SendingTroubles>): readonly (readonly [Fault, number])[] {
  return [
    ['accept-then-drop-answer', sending.dropAnswerAfterAccept],
    ['timeout-after-accept', sending.timeoutAfterAccept],
    ['reset', sending.reset],
    ['500', sending.http500],
    ['503', sending.http503],
    ['html-502', sending.html502],
  ];
}
