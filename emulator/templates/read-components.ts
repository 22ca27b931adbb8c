import { invalidParameter, type Refusal } from '../graph/refusal.ts';
import { isJsonObject, type JsonObject, listAt, textAt } from '../json-object.ts';
import { checkBodyText } from './check-body-text.ts';
import { checkExamples, checkPlaceholders } from './check-placeholders.ts';
import { contentRefusal } from './content-refusal.ts';
import { placeholdersIn } from './placeholders.ts';
import type { TemplateButton, TemplateComponent } from './template.ts';

const LONGEST_HEADER = 60;
const LONGEST_FOOTER = 60;
const LONGEST_LABEL = 25;
const MOST_BUTTONS = 10;

type Refused = { refused: Refusal };

/** The parts of a template, each once, with the checks of its own. */
export function readComponents(submitted: readonly unknown[], format: string): TemplateComponent[] | Refused {
  const components: TemplateComponent[] = [];
  for (const item of submitted) {
    const type = textAt(item, 'type')?.toUpperCase() ?? '';
    if (!isJsonObject(item)) return bad('Param components must hold objects.');
    if (components.some((component) => component.type === type))
      return bad(`Param components has ${type} twice.`);
    const component = readComponent(type, item, format);
    if ('refused' in component) return component;
    components.push(component);
  }
  if (!components.some((component) => component.type === 'BODY')) {
    return contentRefusal(2388072, 'Message body format incorrect', 'The message template needs a body.');
  }
  return components;
}

function readComponent(type: string, item: JsonObject, format: string): TemplateComponent | Refused {
  const text = textAt(item, 'text') ?? '';
  switch (type) {
    case 'HEADER':
      return readHeader(item, text, format);
    case 'BODY':
      return readBody(item, text, format);
    case 'FOOTER':
      return readFooter(item, text);
    case 'BUTTONS':
      return readButtons(item);
    default:
      return bad(`Param components has an unknown type: ${type}`);
  }
}

function readHeader(item: JsonObject, text: string, format: string): TemplateComponent | Refused {
  const incorrect = (sentence: string) =>
    contentRefusal(2388047, 'Message header format incorrect', sentence);
  if (textAt(item, 'format')?.toUpperCase() !== 'TEXT')
    return incorrect('Only text headers are played here.');
  if (text === '' || text.length > LONGEST_HEADER)
    return incorrect(`A header holds 1 to ${LONGEST_HEADER} characters.`);
  if (/[\n*_~`]/.test(text)) return incorrect('A header holds no new lines and no formatting.');
  if (placeholdersIn(text).length > 1) return incorrect('A header holds at most one parameter.');
  const refused = checkPlaceholders(text, format) ?? checkExamples(item, 'header_text', text, format);
  return refused ?? { ...item, type: 'HEADER', format: 'TEXT', text };
}

function readBody(item: JsonObject, text: string, format: string): TemplateComponent | Refused {
  const refused =
    checkBodyText(text) ?? checkPlaceholders(text, format) ?? checkExamples(item, 'body_text', text, format);
  return refused ?? { ...item, type: 'BODY', text };
}

function readFooter(item: JsonObject, text: string): TemplateComponent | Refused {
  const incorrect = (sentence: string) =>
    contentRefusal(2388073, 'Message footer format incorrect', sentence);
  if (text === '' || text.length > LONGEST_FOOTER)
    return incorrect(`A footer holds 1 to ${LONGEST_FOOTER} characters.`);
  if (placeholdersIn(text).length > 0 || text.includes('\n')) {
    return incorrect('A footer holds no parameters and no new lines.');
  }
  return { ...item, type: 'FOOTER', text };
}

function readButtons(item: JsonObject): TemplateComponent | Refused {
  const buttons: TemplateButton[] = [];
  const submitted = listAt(item, 'buttons');
  if (submitted.length < 1 || submitted.length > MOST_BUTTONS)
    return bad(`Param buttons must hold 1 to ${MOST_BUTTONS}.`);
  for (const button of submitted) {
    const type = textAt(button, 'type')?.toUpperCase();
    const text = textAt(button, 'text') ?? '';
    if (type !== 'QUICK_REPLY' && type !== 'URL' && type !== 'PHONE_NUMBER') {
      return bad(`Param buttons has an unknown type: ${type}`);
    }
    if (
      text === '' ||
      text.length > LONGEST_LABEL ||
      placeholdersIn(text).length > 0 ||
      text.includes('\n')
    ) {
      return bad(
        `Param buttons text must hold 1 to ${LONGEST_LABEL} characters, without parameters or new lines.`,
      );
    }
    if (buttons.some((other) => other.text === text)) return bad('Param buttons must have different texts.');
    buttons.push({ ...(isJsonObject(button) ? button : {}), type, text });
  }
  const kinds = buttons.map((button) => button.type === 'QUICK_REPLY');
  if (
    kinds.some(
      (isQuickReply, at) => at > 1 && isQuickReply !== kinds[at - 1] && kinds.indexOf(isQuickReply) < at - 1,
    )
  ) {
    return bad('Param buttons must keep quick replies together.');
  }
  return { ...item, type: 'BUTTONS', buttons };
}

function bad(sentence: string): Refused {
  return { refused: invalidParameter(sentence) };
}
