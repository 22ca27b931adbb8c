import { phrases } from '../languages/phrases.ts';
import { goodbye, say } from '../saying.ts';
import type { Command } from './command.ts';

/** Ends everything at once, whatever was going on. One confirmation, never a second. */
export const stop: Command = ({ learner }) => {
  if (learner.state === 'stopped') return [];
  return [
    { kind: 'stop' },
    say(goodbye(phrases[learner.language].stopped)),
    { kind: 'acknowledge', typing: false },
  ];
};
