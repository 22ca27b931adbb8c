import type { ChannelMessage, Recipient, ReplyButton, SendOptions } from '../channel.ts';

/** Meta does not say how it counts; UTF-16 units are never fewer than its characters, so these are safe. */
const LONGEST_TEXT = 4096;
const LONGEST_TEXT_WITH_BUTTONS = 1024;
const LONGEST_BUTTON_TITLE = 20;
const LONGEST_BUTTON_ID = 256;
const MOST_BUTTONS = 3;
const LONGEST_CALLBACK_DATA = 512;

/**
 * What Meta would refuse about a message, in words without the message's own; null when nothing.
 * Nothing is cut or cleaned here: whoever wrote the message knows what may be left out, the door does not.
 */
export function findFault(to: Recipient, message: ChannelMessage, options: SendOptions): string | null {
  if (to.phone === null && to.bsuid === null) return 'the recipient has neither a number nor an id';
  if (options.callbackData === '') return 'the callback data is empty';
  if (options.callbackData.length > LONGEST_CALLBACK_DATA) {
    return `the callback data is longer than ${LONGEST_CALLBACK_DATA} characters`;
  }
  switch (message.form) {
    case 'text':
      return faultInText(message.text, LONGEST_TEXT);
    case 'buttons':
      return faultInText(message.text, LONGEST_TEXT_WITH_BUTTONS) ?? faultInButtons(message.buttons);
    case 'template':
      return faultInTemplate(message);
    default: {
      const impossible: never = message;
      throw new Error(`no limits are known for ${JSON.stringify(impossible)}`);
    }
  }
}

function faultInText(text: string, longest: number): string | null {
  if (text.trim() === '') return 'the text is empty';
  return text.length > longest ? `the text is longer than ${longest} characters` : null;
}

function faultInButtons(buttons: readonly ReplyButton[]): string | null {
  if (buttons.length < 1 || buttons.length > MOST_BUTTONS) {
    return `there are ${buttons.length} buttons, not 1 to ${MOST_BUTTONS}`;
  }
  if (buttons.some(({ title }) => title.trim() === '')) return 'a button has no title';
  if (buttons.some(({ title }) => title.length > LONGEST_BUTTON_TITLE)) {
    return `a button title is longer than ${LONGEST_BUTTON_TITLE} characters`;
  }
  if (new Set(buttons.map(({ title }) => title)).size < buttons.length)
    return 'two buttons have the same title';
  if (buttons.some(({ id }) => id === '')) return 'a button has no id';
  if (buttons.some(({ id }) => id.length > LONGEST_BUTTON_ID)) {
    return `a button id is longer than ${LONGEST_BUTTON_ID} characters`;
  }
  return null;
}

function faultInTemplate(template: ChannelMessage & { form: 'template' }): string | null {
  if (template.name === '' || template.languageCode === '') return 'the template has no name or no language';
  for (const { name, text } of template.parameters) {
    if (name === '') return 'a template parameter has no name';
    if (text.trim() === '') return `the template parameter ${name} is empty`;
    if (/[\n\r\t]/.test(text)) return `the template parameter ${name} holds a line break or a tab`;
    if (/ {5}/.test(text)) return `the template parameter ${name} holds five spaces in a row`;
  }
  return template.payloads.includes('') ? 'a quick reply has an empty payload' : null;
}
