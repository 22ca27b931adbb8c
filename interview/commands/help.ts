import { phrases } from '../languages/phrases.ts';
import { reply, say } from '../saying.ts';
import type { Command } from './command.ts';

/** What the bot is and, as Meta's policy asks, a clear way to a human. Answered even after STOP: it was asked for. */
export const help: Command = ({ learner, service }) => [
  say(reply(phrases[learner.language].help({ business: service.businessName, contact: service.contact }))),
  { kind: 'acknowledge', typing: false },
];
