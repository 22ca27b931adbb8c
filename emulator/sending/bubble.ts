import type { ChatButton, ChatMessage } from '../../contract/phone.ts';
import { type JsonObject, listAt, objectAt, textAt } from '../json-object.ts';
import type { Bubble } from '../phones/pretend-phone.ts';
import { footerOf } from '../templates/template.ts';
import type { ReadMessage } from './read-message.ts';

/** What the learner sees of a message. */
export function bubbleOf(message: ReadMessage, wamid: string, at: number): Bubble {
  const { content, filled } = message;
  const base = { wamid, from: 'bot' as const, at, status: 'accepted' as const, failure: null };
  if (filled !== null) {
    return {
      taps: 'template-button',
      message: {
        ...base,
        text: filled.body,
        header: filled.header,
        footer: footerOf(filled.template),
        buttons: filled.buttons.map(untapped),
        // WhatsApp shows no quoted bubble above a template.
        quoting: null,
        template: filled.template.name,
      },
    };
  }
  const interactive = message.type === 'interactive';
  const shown: ChatMessage = {
    ...base,
    text: interactive ? (textAt(objectAt(content, 'body'), 'text') ?? '') : wordsOf(message),
    header: interactive ? textAt(objectAt(content, 'header'), 'text') : null,
    footer: interactive ? textAt(objectAt(content, 'footer'), 'text') : null,
    buttons: interactive ? choicesOf(message).map(untapped) : [],
    quoting: message.quoting,
    template: null,
  };
  if (textAt(content, 'type') !== 'list') return { taps: 'button_reply', message: shown };
  return { taps: 'list_reply', message: shown, descriptions: descriptionsIn(message) };
}

function untapped(button: { id: string; title: string }): ChatButton {
  return { ...button, tapped: false };
}

function choicesOf({ content }: ReadMessage): { id: string; title: string }[] {
  const action = objectAt(content, 'action');
  const replies = listAt(action, 'buttons').map((button) => objectAt(button, 'reply'));
  return [...replies, ...rowsIn(content)].map((choice) => ({
    id: textAt(choice, 'id') ?? '',
    title: textAt(choice, 'title') ?? '',
  }));
}

function descriptionsIn({ content }: ReadMessage): Map<string, string> {
  const described = rowsIn(content).map(
    (row) => [textAt(row, 'id') ?? '', textAt(row, 'description')] as const,
  );
  return new Map(described.flatMap(([id, text]) => (text === null ? [] : [[id, text] as const])));
}

function rowsIn(content: JsonObject): readonly unknown[] {
  return listAt(objectAt(content, 'action'), 'sections').flatMap((section) => listAt(section, 'rows'));
}

function wordsOf({ type, content }: ReadMessage): string {
  if (type === 'text') return textAt(content, 'body') ?? '';
  const caption = textAt(content, 'caption');
  return caption === null ? `[${type}]` : `[${type}] ${caption}`;
}
