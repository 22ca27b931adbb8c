import { type MetaMessage, WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook } from '@kapso/whatsapp-cloud-api/server';
import { TOKEN } from '../../emulator/testing/workbench.ts';
import type { Testimony, What } from './testimony.ts';

/** The client with nothing but what it is told of Meta: where, with which token, in which version. */
export function kapsoAt(url: string, changes: { accessToken?: string } = {}): WhatsAppClient {
  return new WhatsAppClient({ accessToken: TOKEN, baseUrl: url, graphVersion: 'v25.0', ...changes });
}

type KapsoTemplate = Omit<Parameters<WhatsAppClient['templates']['create']>[0], 'businessAccountId'> & {
  readonly messageSendTtlSeconds?: number;
};

/** A template as it is submitted to Meta, in this client's spelling: keys in camel case, and `NAMED` in capitals. */
export function asKapsoWrites(template: object): KapsoTemplate {
  const submitted: unknown = camelCased({ ...template, parameter_format: 'NAMED' });
  return submitted as KapsoTemplate;
}

/** What a service built on this client would know after `normalizeWebhook`. */
export function kapsoTestimony(body: unknown): Testimony {
  const { messages, statuses } = normalizeWebhook(body);
  return {
    messages: messages.map((message) => ({
      id: message.id,
      from: { phone: message.from ?? null, bsuid: message.fromUserId ?? null },
      at: Number(message.timestamp) * 1000,
      about: message.context?.id ?? null,
      what: whatIn(message),
    })),
    statuses: statuses.map(({ id, status, timestamp, recipientId, recipientUserId, ...more }) => ({
      id,
      status,
      to: { phone: recipientId ?? null, bsuid: recipientUserId ?? null },
      at: Number(timestamp) * 1000,
      callbackData: textAt(more, 'bizOpaqueCallbackData'),
      price:
        more.pricing === undefined
          ? null
          : { type: textAt(more.pricing, 'type'), category: textAt(more.pricing, 'category') },
      failedWith: typeof more.errors?.[0]?.code === 'number' ? more.errors[0].code : null,
    })),
  };
}

function whatIn(message: MetaMessage): What {
  const { type, text, audio, button, interactive, reaction, system } = message;
  switch (type) {
    case 'text':
      return { kind: 'text', text: text?.body ?? '' };
    case 'audio':
      return { kind: 'voice', mediaId: audio?.id ?? '', mimeType: textAt(audio, 'mimeType') };
    case 'button':
      return { kind: 'tap', payload: textAt(button, 'payload') ?? '', title: textAt(button, 'text') ?? '' };
    case 'interactive':
      return whatInInteractive(interactive);
    case 'reaction':
      return { kind: 'reaction', emoji: reaction?.emoji ?? null, to: reaction?.messageId ?? '' };
    case 'system':
      return { kind: 'moved', phone: textAt(system, 'waId'), bsuid: textAt(system, 'userId') };
    case 'image':
    case 'video':
    case 'document':
    case 'sticker':
    case 'location':
    case 'contacts':
      return { kind: 'media', type };
    case 'unsupported':
      return { kind: 'other', type: textAt(message.unsupported, 'type') ?? type };
    default:
      return { kind: 'other', type };
  }
}

function whatInInteractive(interactive: unknown): What {
  const type = textAt(interactive, 'type') ?? '';
  const reply = objectAt(interactive, 'buttonReply') ?? objectAt(interactive, 'listReply');
  if (reply !== null) {
    return { kind: 'tap', payload: textAt(reply, 'id') ?? '', title: textAt(reply, 'title') ?? '' };
  }
  const form = objectAt(interactive, 'nfmReply');
  if (form === null) return { kind: 'other', type };
  return { kind: 'tap', payload: textAt(form, 'responseJson') ?? '', title: textAt(form, 'body') ?? '' };
}

function objectAt(value: unknown, key: string): object | null {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : null;
  return typeof found === 'object' ? found : null;
}

function textAt(value: unknown, key: string): string | null {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : null;
  return typeof found === 'string' ? found : null;
}

function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  const camel = (key: string) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camel(key), camelCased(inner)]));
}
