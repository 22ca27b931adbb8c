import { invalidParameter, type Refusal, refusal } from '../graph/refusal.ts';
import { isJsonObject, type JsonObject, objectAt, textAt } from '../json-object.ts';
import type { MediaShelf } from '../media/media-shelf.ts';
import type { TemplateBook } from '../templates/template-book.ts';
import { checkInteractive } from './check-interactive.ts';
import { checkMedia, isMediaType } from './check-media.ts';
import { checkText } from './check-text.ts';
import { type FilledTemplate, readTemplateSend } from './read-template-send.ts';
import { type Recipient, readRecipient } from './recipient.ts';

const LONGEST_CALLBACK_DATA = 512;

/** A request that passed every check. */
export type ReadMessage = {
  readonly recipient: Recipient;
  readonly type: string;
  /** The object under the type's own name. */
  readonly content: JsonObject;
  readonly filled: FilledTemplate | null;
  readonly quoting: string | null;
  readonly callbackData: string | null;
  readonly unknownKeys: readonly string[];
  readonly body: JsonObject;
};

const FRAME_KEYS = new Set([
  'messaging_product',
  'recipient_type',
  'to',
  'recipient',
  'type',
  'context',
  'biz_opaque_callback_data',
  'recipient_identity_key_hash',
]);
const OTHER_TYPES = ['text', 'template', 'interactive', 'reaction', 'location', 'contacts'];

/** The checks of a send, in Meta's order. Unknown top-level keys pass, as they do there. */
export function readMessage(
  body: JsonObject,
  needs: {
    businessNumber: string;
    templates: TemplateBook;
    media: MediaShelf;
    majorVersion: number;
    checkReaction: (reaction: JsonObject) => Refusal | null;
  },
): ReadMessage | { refused: Refusal } {
  const recipient = readRecipient(body, needs.businessNumber);
  if ('refused' in recipient) return recipient;
  const refused = checkFrame(body);
  if (refused !== null) return { refused };

  const type = textAt(body, 'type') ?? '';
  const content = type === 'contacts' ? body : objectAt(body, type);
  const message = {
    recipient,
    type,
    content,
    filled: null,
    quoting: textAt(objectAt(body, 'context'), 'message_id'),
    callbackData: textAt(body, 'biz_opaque_callback_data'),
    unknownKeys: Object.keys(body).filter((key) => key !== type && !FRAME_KEYS.has(key)),
    body,
  };
  if (type === 'template') {
    const filled = readTemplateSend(content, needs.templates, needs.majorVersion);
    if ('refused' in filled) return filled;
    if (filled.template.category === 'AUTHENTICATION' && recipient.kind === 'bsuid') {
      return { refused: refusal(131062, 'authentication templates need a phone number in to') };
    }
    return { ...message, filled };
  }
  const contentRefused = checkContent(type, content, needs);
  return contentRefused === null ? message : { refused: contentRefused };
}

function checkFrame(body: JsonObject): Refusal | null {
  const { type, context, biz_opaque_callback_data: callbackData } = body;
  if (type === undefined) return invalidParameter('The parameter type is required.');
  if (typeof type !== 'string' || !(isMediaType(type) || OTHER_TYPES.includes(type))) {
    return refusal(
      131009,
      `type must be one of ${[...OTHER_TYPES, 'image, audio, video, document, sticker'].join(', ')}`,
    );
  }
  const content = body[type];
  if (type === 'contacts' ? !Array.isArray(content) : !isJsonObject(content)) {
    return refusal(131008, `${type} is required`);
  }
  if (body.category !== undefined && (type === 'text' || type === 'interactive'))
    return invalidParameter('Direct Send is not enabled for this account.');
  if (context !== undefined && (!isJsonObject(context) || typeof context.message_id !== 'string')) {
    return refusal(131009, 'context.message_id must be a string');
  }
  if (context !== undefined && type === 'reaction')
    return refusal(131009, 'context is not allowed with a reaction');
  if (callbackData === undefined) return null;
  if (typeof callbackData !== 'string' || callbackData.length > LONGEST_CALLBACK_DATA) {
    return refusal(
      131009,
      `biz_opaque_callback_data must be a string of at most ${LONGEST_CALLBACK_DATA} characters`,
    );
  }
  return null;
}

function checkContent(
  type: string,
  content: JsonObject,
  needs: { media: MediaShelf; checkReaction: (reaction: JsonObject) => Refusal | null },
): Refusal | null {
  if (type === 'text') return checkText(content);
  if (type === 'interactive') return checkInteractive(content);
  if (type === 'reaction') return needs.checkReaction(content);
  if (isMediaType(type)) return checkMedia(type, content, needs.media);
  if (
    type === 'location' &&
    !(typeof content.latitude === 'number' && typeof content.longitude === 'number')
  ) {
    return refusal(131008, 'location.latitude and location.longitude are required');
  }
  return null;
}
