import type { SendingTroubles } from '../../contract/switches.ts';
import { type JsonObject, textAt } from '../json-object.ts';
import type { Luck } from '../luck.ts';
import type { MediaShelf } from '../media/media-shelf.ts';
import type { PhoneBook } from '../phones/phone-book.ts';
import { checkReachable, checkReaction } from '../sending/check-reaction.ts';
import { drawFault } from '../sending/draw-fault.ts';
import type { Exchange } from '../sending/exchange.ts';
import type { Fault, Faults } from '../sending/faults.ts';
import type { LimitKeeper } from '../sending/limits.ts';
import { type ReadMessage, readMessage } from '../sending/read-message.ts';
import { phoneOf } from '../sending/recipient.ts';
import type { SendRecord } from '../sending/send-record.ts';
import type { TemplateBook } from '../templates/template-book.ts';
import { DONE, type GraphAnswer, type GraphRoutes } from './graph-call.ts';
import { invalidParameter, refusal } from './refusal.ts';

const TYPING_MS = 25_000;

const TOO_MANY = {
  130429: 'Cloud API message throughput has been reached.',
  131056: 'Too many messages sent from this phone number to the same phone number in a short period of time.',
};

/** `POST /{phone number}/messages`: sends, or marks as read with or without the typing indicator. */
export function messageRoutes(needs: {
  now: () => number;
  businessNumber: string;
  phones: PhoneBook;
  templates: TemplateBook;
  media: MediaShelf;
  exchange: Exchange;
  faults: Faults;
  limitKeeper: LimitKeeper;
  sending: Readonly<SendingTroubles>;
  /** Decides which sends meet a trouble. */
  luck: Luck;
}): GraphRoutes {
  const { now, phones, faults } = needs;

  function send(body: JsonObject, majorVersion: number): GraphAnswer {
    const drawn = drawFault(needs.luck, needs.sending);
    const fault = faults.take() ?? drawn;
    const before = fault === null ? null : troubleBefore(fault);
    if (before !== null) return before;

    const message = readMessage(body, {
      ...needs,
      majorVersion,
      checkReaction: (reaction) => checkReaction(reaction, phones, now()),
    });
    if ('refused' in message) return message;
    const limit = needs.limitKeeper.codeFor(
      phoneOf(message.recipient, phones)?.number ?? message.recipient.input,
    );
    if (limit !== null) return { refused: refusal(limit, TOO_MANY[limit]) };

    const record = needs.exchange.accept(message);
    if ('refused' in record) return record;
    if (fault === 'accept-then-drop-answer') return { trouble: 'drop' };
    if (fault === 'timeout-after-accept') return { trouble: 'hang' };
    return { answer: acceptedAnswer(message, record) };
  }

  function markRead(body: JsonObject): GraphAnswer {
    if (body.status !== 'read') return { refused: refusal(131009, 'status must be read') };
    const indicator = body.typing_indicator;
    if (indicator !== undefined && textAt(indicator, 'type') !== 'text') {
      return { refused: refusal(131009, 'typing_indicator.type must be text') };
    }
    const wamid = textAt(body, 'message_id');
    const refused = checkReachable(wamid, 'message_id', phones, now());
    const found = wamid === null ? null : phones.findMessage(wamid);
    if (refused !== null) return { refused };
    if (found === null || found.bubble.message.from !== 'learner') {
      return { refused: refusal(131009, 'message_id is not a message to this number') };
    }
    const { phone, bubble } = found;
    // Marking one message also marks the earlier ones, back to the last that was marked.
    for (let at = phone.bubbles.lastIndexOf(bubble); at >= 0; at--) {
      const message = phone.bubbles[at]?.message;
      if (message === undefined || message.from !== 'learner') continue;
      if (message.status === 'read') break;
      phones.change(message.wamid, (shown) => {
        shown.status = 'read';
      });
    }
    if (indicator !== undefined) phones.setTyping(phone, now() + TYPING_MS);
    return DONE;
  }

  return {
    'POST phone-number/messages': ({ body, majorVersion }) => {
      if (body === null) return { refused: invalidParameter('The request body is not a JSON object.') };
      if (body.messaging_product !== 'whatsapp') {
        return { refused: invalidParameter('The parameter messaging_product is required.') };
      }
      return 'status' in body ? markRead(body) : send(body, majorVersion);
    },
  };
}

/** The faults that keep a message from being sent. */
function troubleBefore(fault: Fault): GraphAnswer | null {
  switch (fault) {
    case 'accept-then-drop-answer':
    case 'timeout-after-accept':
      return null;
    case 'reset':
      return { trouble: 'drop' };
    case 'html-502':
      return { trouble: 'html-502' };
    case '500':
      return { refused: refusal(131000, 'demanded of the emulator') };
    case '503':
      return {
        refused: {
          http: 503,
          code: 2,
          type: 'OAuthException',
          message: '(#2) Service temporarily unavailable',
        },
      };
    default:
      return { refused: refusal(fault.code, 'demanded of the emulator') };
  }
}

function acceptedAnswer(message: ReadMessage, record: SendRecord): object {
  const { recipient } = message;
  const contact =
    recipient.kind === 'phone'
      ? { input: recipient.input, wa_id: record.to }
      : { input: recipient.input, user_id: recipient.bsuid };
  const accepted = record.heldForQuality ? 'held_for_quality_assessment' : 'accepted';
  const status = message.filled === null ? {} : { message_status: accepted };
  return { messaging_product: 'whatsapp', contacts: [contact], messages: [{ id: record.wamid, ...status }] };
}
