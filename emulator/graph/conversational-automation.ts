import { type JsonObject, listAt, textAt } from '../json-object.ts';
import { DONE, type GraphRoutes } from './graph-call.ts';
import { invalidParameter } from './refusal.ts';

const MOST_COMMANDS = 30;
const LONGEST_COMMAND = 32;
const LONGEST_COMMAND_DESCRIPTION = 256;
const MOST_PROMPTS = 4;
const LONGEST_PROMPT = 80;

/** Commands behind the slash, and the sentences offered before the first message. */
export function createConversationalAutomation() {
  let commands: readonly unknown[] = [];
  let prompts: readonly unknown[] = [];

  const routes: GraphRoutes = {
    'POST phone-number/conversational_automation': ({ body }) => {
      const wanted = { commands: listAt(body, 'commands'), prompts: listAt(body, 'prompts') };
      const fault = faultIn(wanted);
      if (fault !== null) return { refused: invalidParameter(fault) };
      ({ commands, prompts } = wanted);
      return DONE;
    },
  };
  return { routes, shown: (): JsonObject => ({ prompts, commands, enable_welcome_message: false }) };
}

function faultIn(wanted: { commands: readonly unknown[]; prompts: readonly unknown[] }): string | null {
  if (wanted.commands.length > MOST_COMMANDS) return `Param commands must hold at most ${MOST_COMMANDS}.`;
  for (const command of wanted.commands) {
    const name = textAt(command, 'command_name') ?? '';
    const description = textAt(command, 'command_description') ?? '';
    if (name === '' || name.length > LONGEST_COMMAND) {
      return `Param command_name must hold 1 to ${LONGEST_COMMAND} characters.`;
    }
    if (description === '' || description.length > LONGEST_COMMAND_DESCRIPTION) {
      return `Param command_description must hold 1 to ${LONGEST_COMMAND_DESCRIPTION} characters.`;
    }
  }
  if (wanted.prompts.length > MOST_PROMPTS) return `Param prompts must hold at most ${MOST_PROMPTS}.`;
  const right = wanted.prompts.every(
    (prompt) => typeof prompt === 'string' && prompt !== '' && prompt.length <= LONGEST_PROMPT,
  );
  return right ? null : `Param prompts must hold texts of 1 to ${LONGEST_PROMPT} characters.`;
}
