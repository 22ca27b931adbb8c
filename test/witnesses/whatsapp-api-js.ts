import { WhatsAppAPI } from 'whatsapp-api-js';
import type { OnMessageArgs, OnStatusArgs } from 'whatsapp-api-js/emitters';
import type { PostData, ServerMessage } from 'whatsapp-api-js/types';
import { APP_SECRET, TOKEN, VERIFY_TOKEN } from '../../emulator/testing/workbench.ts';
import { type Address, NOTHING_SAID, type Testimony, type What } from './testimony.ts';

const META = 'https://graph.facebook.com/';

/** The client writes Meta's address into its code, so the origin is swapped on the way out, and nothing else. */
export function whatsAppApiJsAt(url: string, changes: { token?: string } = {}): WhatsAppAPI {
  return new WhatsAppAPI({
    token: TOKEN,
    appSecret: APP_SECRET,
    webhookVerifyToken: VERIFY_TOKEN,
    v: 'v25.0',
    ponyfill: { fetch: (input, init) => fetch(String(input).replace(META, `${url}/`), init) },
    ...changes,
  });
}

/** What a service built on this client would know after `post`, or the error that it would answer with. */
export async function whatsAppApiJsTestimony(
  raw: string,
  signature: string | undefined,
): Promise<Testimony | { readonly gaveUp: string }> {
  const client = whatsAppApiJsAt('http://nowhere.invalid');
  let testimony = NOTHING_SAID;
  client.on.message = (args) => {
    testimony = { messages: [said(args)], statuses: [] };
  };
  client.on.status = (args) => {
    testimony = { messages: [], statuses: [told(args)] };
  };
  try {
    await client.post(JSON.parse(raw) as PostData, raw, signature ?? '');
    return testimony;
  } catch (error) {
    return { gaveUp: error instanceof Error ? error.name : String(error) };
  }
}

function said({ recipient, message }: OnMessageArgs): Testimony['messages'][number] {
  return {
    id: message.id,
    from: addressOf(recipient),
    at: Number(message.timestamp) * 1000,
    about: message.context?.id ?? null,
    what: whatIn(message),
  };
}

function told(args: OnStatusArgs): Testimony['statuses'][number] {
  const { recipient, pricing, error } = args;
  return {
    id: args.id,
    status: args.status,
    to: addressOf(recipient),
    at: Number(args.timestamp) * 1000,
    callbackData: args.biz_opaque_callback_data ?? null,
    price: pricing === undefined ? null : { type: pricing.type ?? null, category: pricing.category },
    failedWith: error?.code ?? null,
  };
}

function addressOf(recipient: OnMessageArgs['recipient']): Address {
  if (!('phone' in recipient)) return { phone: null, bsuid: null };
  return { phone: recipient.phone ?? null, bsuid: recipient.bsuid ?? null };
}

function whatIn(message: ServerMessage): What {
  switch (message.type) {
    case 'text':
      return { kind: 'text', text: message.text.body };
    case 'audio':
      return { kind: 'voice', mediaId: message.audio.id, mimeType: message.audio.mime_type };
    case 'button':
      return { kind: 'tap', payload: message.button.payload, title: message.button.text };
    case 'interactive':
      return whatInInteractive(message.interactive);
    case 'reaction':
      return { kind: 'reaction', emoji: message.reaction.emoji ?? null, to: message.reaction.message_id };
    case 'system':
      return { kind: 'moved', phone: message.system.wa_id ?? null, bsuid: message.system.user_id };
    case 'image':
    case 'video':
    case 'document':
    case 'sticker':
    case 'location':
    case 'contacts':
      return { kind: 'media', type: message.type };
    case 'unsupported':
      return { kind: 'other', type: message.unsupported.type };
    default:
      return { kind: 'other', type: message.type };
  }
}

type Interactive = Extract<ServerMessage, { type: 'interactive' }>['interactive'];

function whatInInteractive(interactive: Interactive): What {
  switch (interactive.type) {
    case 'button_reply':
      return { kind: 'tap', payload: interactive.button_reply.id, title: interactive.button_reply.title };
    case 'list_reply':
      return { kind: 'tap', payload: interactive.list_reply.id, title: interactive.list_reply.title };
    case 'nfm_reply':
      return {
        kind: 'tap',
        payload: interactive.nfm_reply.response_json,
        title: interactive.nfm_reply.body ?? '',
      };
    default:
      return { kind: 'other', type: interactive.type };
  }
}
