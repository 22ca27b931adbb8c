import type { QueuedFault } from '../../../contract/switches.ts';

/** What can be chosen: something on the wire, a refusal with this code, or one with a code typed by hand. */
export type FaultChoice = WireFault | number | 'other-code';

/** What can happen to a send on the wire, in plain words. */
export const WIRE_FAULTS: readonly { readonly value: WireFault; readonly words: string }[] = [
  { value: 'accept-then-drop-answer', words: 'Accepted, then the line drops' },
  { value: 'timeout-after-accept', words: 'Accepted, but never answered' },
  { value: 'reset', words: 'Connection reset, not accepted' },
  { value: '500', words: 'HTTP 500' },
  { value: '503', words: 'HTTP 503' },
  { value: 'html-502', words: 'HTTP 502 with a page of HTML' },
];

/** The fault behind a choice. */
export function faultOf(choice: FaultChoice, typedCode: number): QueuedFault {
  if (choice === 'other-code') return { code: typedCode };
  return typeof choice === 'number' ? { code: choice } : choice;
}

type WireFault = Extract<QueuedFault, string>;
