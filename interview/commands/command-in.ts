import { fold } from '../fold.ts';
import { LANGUAGES } from '../languages/language.ts';
import { phrases } from '../languages/phrases.ts';
import { withoutAsides } from '../without-asides.ts';
import { COMMAND_NAMES, type CommandName } from './command-names.ts';

/**
 * The command that a whole message is, in any of our languages, else null. "Stop. Thank you" is a stop; an answer
 * that merely contains the word is not. People switch languages when they are annoyed, so all of them count.
 */
export function commandIn(text: string): CommandName | null {
  const folded = fold(text);
  // The longest command with all of its politeness is far shorter; a long answer need not be looked at.
  if (folded.length > LONGEST_COMMAND_MESSAGE) return null;
  for (const variant of withoutAsides(folded, POLITE)) {
    const command = COMMAND_OF.get(variant);
    if (command !== undefined) return command;
  }
  return null;
}

/** "Thanks!", "ok, obrigada": politeness and nothing else. */
export function isOnlyPolite(text: string): boolean {
  const folded = fold(text);
  if (folded === '' || folded.length > LONGEST_COMMAND_MESSAGE) return false;
  let last = folded;
  for (const rest of withoutAsides(folded, POLITE)) last = rest;
  return POLITE.includes(last);
}

const LONGEST_COMMAND_MESSAGE = 60;

const COMMAND_OF: ReadonlyMap<string, CommandName> = new Map(
  LANGUAGES.flatMap((language) =>
    COMMAND_NAMES.flatMap((name) =>
      phrases[language].commandWords[name].map((word) => [fold(word), name] as const),
    ),
  ),
);

/** Longest first, so that "thank you very much" goes as one. */
const POLITE: readonly string[] = LANGUAGES.flatMap((language) =>
  phrases[language].politeWords.map(fold),
).sort((one, other) => other.length - one.length);
