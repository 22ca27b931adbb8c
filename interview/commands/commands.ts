import { answer } from './answer.ts';
import type { Command } from './command.ts';
import type { CommandName } from './command-names.ts';
import { help } from './help.ts';
import { hint } from './hint.ts';
import { more } from './more.ts';
import { skip } from './skip.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';

/** Every command the bot obeys, by name. */
export const commands: Readonly<Record<CommandName, Command>> = {
  stop,
  start,
  help,
  hint,
  skip,
  answer,
  more,
};
