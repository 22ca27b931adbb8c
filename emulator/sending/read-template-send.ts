import { invalidParameter, type Refusal, refusal } from '../graph/refusal.ts';
import { type JsonObject, listAt, objectAt, textAt } from '../json-object.ts';
import { headerOf, type Template } from '../templates/template.ts';
import type { TemplateBook } from '../templates/template-book.ts';
import { readTemplateButtons, type TemplateChoice } from './read-template-buttons.ts';
import { readTemplateText } from './read-template-text.ts';

const LONGEST_HEADER = 60;
const LONGEST_FILLED = 1024;
const LONGEST_FILLED_BODY_ONLY = 32_768;

/** What a template send asks for, once it is known to be right. */
export type FilledTemplate = {
  readonly template: Template;
  readonly header: string | null;
  readonly body: string;
  readonly buttons: readonly TemplateChoice[];
};

/** A template with its parameters, checked against what was approved. Codes changed with version 23 of the API. */
export function readTemplateSend(
  send: JsonObject,
  book: TemplateBook,
  majorVersion: number,
): FilledTemplate | { refused: Refusal } {
  const template = findTemplate(send, book);
  if ('refused' in template) return template;
  const components = listAt(send, 'components');
  const misplaced = checkComponents(components, template);
  if (misplaced !== null) return { refused: misplaced };

  const header = readTemplateText('header', template, components, majorVersion);
  if ('refused' in header) return header;
  const body = readTemplateText('body', template, components, majorVersion);
  if ('refused' in body) return body;
  const tooLong = checkFilledLength(header.text, body.text, template);
  if (tooLong !== null) return { refused: tooLong };
  const buttons = readTemplateButtons(components, template);
  if ('refused' in buttons) return buttons;
  return { template, header: headerOf(template) === null ? null : header.text, body: body.text, buttons };
}

function findTemplate(send: JsonObject, book: TemplateBook): Template | { refused: Refusal } {
  const name = textAt(send, 'name');
  const language = textAt(objectAt(send, 'language'), 'code');
  if (name === null) return { refused: refusal(131008, 'template.name is required') };
  if (language === null) return { refused: refusal(131008, 'template.language.code is required') };
  const policy = objectAt(send, 'language').policy;
  if (policy !== undefined && policy !== 'deterministic') {
    return { refused: refusal(131009, 'template.language.policy must be deterministic') };
  }
  const template = book.find(name, language);
  if (template?.status === 'PAUSED') return { refused: refusal(132015, `template ${name} is paused`) };
  if (template?.status === 'DISABLED') return { refused: refusal(132016, `template ${name} is disabled`) };
  if (template?.status !== 'APPROVED') {
    return { refused: refusal(132001, `template name (${name}) does not exist in ${language}`) };
  }
  return template;
}

function checkComponents(components: readonly unknown[], template: Template): Refusal | null {
  const once = new Set<string>();
  for (const component of components) {
    const type = textAt(component, 'type')?.toLowerCase() ?? '';
    if (!['header', 'body', 'button'].includes(type)) {
      return invalidParameter(`Param template['components'] has an unknown type: ${type}`);
    }
    if (type === 'button') continue;
    if (once.has(type)) return invalidParameter(`Param template['components'] has ${type} twice`);
    once.add(type);
    if (type === 'header' && headerOf(template) === null && listAt(component, 'parameters').length > 0) {
      return refusal(132000, 'header: the template has no header that takes parameters');
    }
  }
  return null;
}

function checkFilledLength(header: string, body: string, template: Template): Refusal | null {
  if (header.length > LONGEST_HEADER)
    return refusal(132005, `header is longer than ${LONGEST_HEADER} characters`);
  const longest = template.components.length > 1 ? LONGEST_FILLED : LONGEST_FILLED_BODY_ONLY;
  return body.length > longest
    ? refusal(132005, `body is longer than ${longest} characters once filled in`)
    : null;
}
