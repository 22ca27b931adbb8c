import type { Heard } from '../../../interview/heard.ts';
import { readGraphError } from './graph-error.ts';
import { addressesIn } from './identifiers.ts';
import { IGNORED, type ItemReading, unreadable } from './item-reading.ts';
import type { WireMessage } from './webhook-schema.ts';

/** What the learner did, freed of Meta's shapes. Types that do not exist yet are heard as unsupported. */
export function heardIn(message: WireMessage): ItemReading<Heard> {
  if (isLostFile(message)) return heard({ kind: 'media-lost', what: message.type });
  switch (message.type) {
    case 'text':
      return message.text ? heard({ kind: 'text', text: message.text.body }) : withoutContent(message);
    case 'audio':
    // An old spelling, still sent by some accounts.
    case 'voice':
      return heardAudio(message);
    case 'button':
      return heardTemplateButton(message);
    case 'interactive':
      return heardInteractive(message);
    case 'reaction':
      return message.reaction
        ? heard({ kind: 'reaction', emoji: message.reaction.emoji || null, to: message.reaction.message_id })
        : withoutContent(message);
    case 'system':
      return heardSystem(message);
    case 'image':
    case 'video':
    case 'document':
    case 'sticker':
    case 'location':
    case 'contacts':
      return heard({ kind: 'media', what: message.type });
    default:
      return heard({ kind: 'unsupported', what: message.unsupported?.type ?? message.type });
  }
}

function heard(value: Heard): ItemReading<Heard> {
  return { kind: 'read', value };
}

/** A file that Meta could not download for us, or that is too large for it (131052). */
function isLostFile({ type, errors }: WireMessage): boolean {
  return (
    FILES.has(type) && (errors ?? []).some((error) => readGraphError(error)?.code === MEDIA_DOWNLOAD_ERROR)
  );
}

const FILES: ReadonlySet<string> = new Set(['audio', 'voice', 'image', 'video', 'document', 'sticker']);
const MEDIA_DOWNLOAD_ERROR = 131052;

/** Meta sends a type without its content when it could not fetch or convert it, and says so in `errors`. */
function withoutContent(message: WireMessage): ItemReading<Heard> {
  if (message.errors?.length) return heard({ kind: 'unsupported', what: message.type });
  return unreadable(`a message of type ${message.type} without its content`);
}

/** Shared audio files count too: a learner who recorded the answer elsewhere has answered all the same. */
function heardAudio(message: WireMessage): ItemReading<Heard> {
  const audio = message.audio ?? message.voice;
  if (!audio?.id) return withoutContent(message);
  return heard({
    kind: 'voice',
    media: {
      mediaId: audio.id,
      url: audio.url ?? null,
      // What WhatsApp's own recorder makes.
      mimeType: audio.mime_type ?? 'audio/ogg; codecs=opus',
      sha256: audio.sha256 ?? null,
    },
  });
}

/** The quick reply of a template. One sent without a payload comes back with its label as the payload. */
function heardTemplateButton(message: WireMessage): ItemReading<Heard> {
  const payload = message.button?.payload ?? message.button?.text;
  if (!payload) return withoutContent(message);
  return heard({ kind: 'tap', payload, title: message.button?.text ?? payload });
}

function heardInteractive(message: WireMessage): ItemReading<Heard> {
  if (!message.interactive) return withoutContent(message);
  const { type, button_reply, list_reply, nfm_reply } = message.interactive;
  const reply = button_reply ?? list_reply;
  if (reply) return heard({ kind: 'tap', payload: reply.id, title: reply.title ?? reply.id });
  if (nfm_reply) {
    return heard({
      kind: 'tap',
      payload: nfm_reply.response_json,
      title: nfm_reply.body ?? nfm_reply.name ?? '',
    });
  }
  return heard({ kind: 'unsupported', what: type });
}

/** Said by WhatsApp, not by the learner. A new phone's identity key does not concern us. */
function heardSystem(message: WireMessage): ItemReading<Heard> {
  const system = message.system;
  if (system?.type !== 'user_changed_number' && system?.type !== 'user_changed_user_id') return IGNORED;
  const { phone, bsuid } = addressesIn([system.wa_id, system.user_id, system.parent_user_id]);
  const previousBsuid = addressesIn([system.previous_user_id, system.previous_parent_user_id]).bsuid;
  return heard({ kind: 'address-changed', phone, bsuid, previousBsuid });
}
