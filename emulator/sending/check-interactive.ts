import { type Refusal, refusal } from '../graph/refusal.ts';
import { isJsonObject, type JsonObject, listAt, objectAt, textAt } from '../json-object.ts';
import { checkLength, checkOptionalLength } from './check-length.ts';

const LONGEST_BODY = 1024;
const LONGEST_HEADER = 60;
const LONGEST_FOOTER = 60;
const MOST_BUTTONS = 3;
const LONGEST_BUTTON_TITLE = 20;
const LONGEST_BUTTON_ID = 256;
const MOST_SECTIONS = 10;
const MOST_ROWS = 10;
const LONGEST_SECTION_TITLE = 24;
const LONGEST_ROW_ID = 200;
const LONGEST_ROW_TITLE = 24;
const LONGEST_ROW_DESCRIPTION = 72;

export function checkInteractive(interactive: JsonObject): Refusal | null {
  const kind = interactive.type;
  if (kind === undefined) return refusal(131008, 'interactive.type is required');
  return (
    checkFrame(interactive) ??
    checkLength(objectAt(interactive, 'body').text, 'interactive.body.text', LONGEST_BODY) ??
    checkAction(kind, interactive)
  );
}

function checkFrame(interactive: JsonObject): Refusal | null {
  const { header, footer } = interactive;
  if (footer !== undefined) {
    const refused = checkLength(
      objectAt(interactive, 'footer').text,
      'interactive.footer.text',
      LONGEST_FOOTER,
    );
    if (refused !== null) return refused;
  }
  if (header === undefined) return null;
  const headerKind = textAt(header, 'type');
  if (headerKind === 'text') {
    return checkLength(objectAt(interactive, 'header').text, 'interactive.header.text', LONGEST_HEADER);
  }
  if (interactive.type === 'list') return refusal(131009, 'interactive.header of a list must be a text');
  if (['image', 'video', 'document'].includes(headerKind ?? '')) return null;
  return refusal(131009, 'interactive.header.type must be one of text, image, video, document');
}

function checkAction(kind: unknown, interactive: JsonObject): Refusal | null {
  const action = interactive.action;
  if (!isJsonObject(action)) return refusal(131008, 'interactive.action is required');
  switch (kind) {
    case 'button':
      return checkButtons(action);
    case 'list':
      return checkList(action);
    case 'cta_url':
      return checkLink(action);
    case 'request_contact_info':
      return action.name === 'request_contact_info'
        ? null
        : refusal(131009, 'interactive.action.name must be request_contact_info');
    default:
      return refusal(131009, 'interactive.type must be one of button, list, cta_url, request_contact_info');
  }
}

function checkButtons(action: JsonObject): Refusal | null {
  const buttons = listAt(action, 'buttons');
  const field = 'interactive.action.buttons';
  if (buttons.length < 1 || buttons.length > MOST_BUTTONS) {
    return refusal(131009, `${field} must hold 1 to ${MOST_BUTTONS} buttons`);
  }
  for (const [index, button] of buttons.entries()) {
    if (textAt(button, 'type') !== 'reply') return refusal(131009, `${field}[${index}].type must be reply`);
    const reply = objectAt(button, 'reply');
    const refused =
      checkLength(reply.title, `${field}[${index}].reply.title`, LONGEST_BUTTON_TITLE) ??
      checkLength(reply.id, `${field}[${index}].reply.id`, LONGEST_BUTTON_ID);
    if (refused !== null) return refused;
  }
  const replies = buttons.map((button) => objectAt(button, 'reply'));
  return (
    checkAllDifferent(
      replies.map((reply) => reply.title),
      `${field} titles`,
    ) ??
    checkAllDifferent(
      replies.map((reply) => reply.id),
      `${field} ids`,
    )
  );
}

function checkList(action: JsonObject): Refusal | null {
  const sections = listAt(action, 'sections');
  const refused = checkLength(action.button, 'interactive.action.button', LONGEST_BUTTON_TITLE);
  if (refused !== null) return refused;
  if (sections.length < 1 || sections.length > MOST_SECTIONS) {
    return refusal(131009, `interactive.action.sections must hold 1 to ${MOST_SECTIONS} sections`);
  }
  const rows = sections.flatMap((section) => listAt(section, 'rows'));
  if (rows.length > MOST_ROWS)
    return refusal(131009, `Total row count exceed max allowed count: ${MOST_ROWS}`);
  return (
    sections
      .map((section, index) => checkSection(section, index, sections.length))
      .find((it) => it !== null) ??
    checkAllDifferent(
      rows.map((row) => textAt(row, 'id')),
      'row ids',
    )
  );
}

function checkSection(section: unknown, index: number, sectionCount: number): Refusal | null {
  const field = `interactive.action.sections[${index}]`;
  const rows = listAt(section, 'rows');
  const title = isJsonObject(section) ? section.title : undefined;
  if (rows.length === 0) return refusal(131009, `${field}.rows must hold at least one row`);
  const refused =
    sectionCount > 1
      ? checkLength(title, `${field}.title`, LONGEST_SECTION_TITLE)
      : checkOptionalLength(title, `${field}.title`, LONGEST_SECTION_TITLE);
  return (
    refused ?? rows.map((row, at) => checkRow(row, `${field}.rows[${at}]`)).find((it) => it !== null) ?? null
  );
}

function checkRow(row: unknown, field: string): Refusal | null {
  if (!isJsonObject(row)) return refusal(131009, `${field} must be an object`);
  return (
    checkLength(row.id, `${field}.id`, LONGEST_ROW_ID) ??
    checkLength(row.title, `${field}.title`, LONGEST_ROW_TITLE) ??
    checkOptionalLength(row.description, `${field}.description`, LONGEST_ROW_DESCRIPTION)
  );
}

function checkLink(action: JsonObject): Refusal | null {
  const parameters = objectAt(action, 'parameters');
  const url = textAt(parameters, 'url') ?? '';
  if (action.name !== 'cta_url') return refusal(131009, 'interactive.action.name must be cta_url');
  if (!/^https?:\/\//.test(url))
    return refusal(131009, 'interactive.action.parameters.url is not a valid URL');
  return checkLength(
    parameters.display_text,
    'interactive.action.parameters.display_text',
    LONGEST_BUTTON_TITLE,
  );
}

function checkAllDifferent(values: readonly unknown[], what: string): Refusal | null {
  return new Set(values).size === values.length ? null : refusal(131009, `${what} must be unique`);
}
