/** What the bot obeys. A command is a line here, a file beside this one and its words in each language. */
export const COMMAND_NAMES = ['stop', 'start', 'help', 'hint', 'skip', 'answer', 'more'] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];
