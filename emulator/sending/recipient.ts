import { invalidParameter, type Refusal, refusal } from '../graph/refusal.ts';
import type { JsonObject } from '../json-object.ts';
import type { PhoneBook } from '../phones/phone-book.ts';
import type { PretendPhone } from '../phones/pretend-phone.ts';

const PHONE = /^\d{6,15}$/;
const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Whom a message is for. With both in the request, the phone wins. */
export type Recipient =
  /** `input` is what the caller wrote: the answer repeats it unchanged. */
  | { readonly kind: 'phone'; readonly input: string; readonly number: string }
  | { readonly kind: 'bsuid'; readonly input: string; readonly bsuid: string };

export function readRecipient(message: JsonObject, businessNumber: string): Recipient | { refused: Refusal } {
  const { to, recipient } = message;
  if (message.recipient_type !== undefined && message.recipient_type !== 'individual') {
    return { refused: invalidParameter("Param recipient_type must be one of {'individual'}") };
  }
  if (to !== undefined) return readPhone(to, businessNumber);
  if (recipient === undefined) return { refused: invalidParameter('The parameter to is required.') };
  if (typeof recipient !== 'string' || !BSUID.test(recipient)) {
    return { refused: refusal(131009, 'recipient is not a business-scoped user id') };
  }
  return { kind: 'bsuid', input: recipient, bsuid: recipient };
}

export function phoneOf(recipient: Recipient, phones: PhoneBook): PretendPhone | null {
  return recipient.kind === 'phone' ? phones.find(recipient.number) : phones.findByBsuid(recipient.bsuid);
}

/** Everything this recipient may be called by: as the caller wrote it, and as the phone knows itself. */
export function namesOf(recipient: Recipient, phone: PretendPhone | null): string[] {
  const written = recipient.kind === 'phone' ? recipient.number : recipient.bsuid;
  return phone === null ? [written] : [written, phone.number, phone.bsuid];
}

function readPhone(to: unknown, businessNumber: string): Recipient | { refused: Refusal } {
  if (typeof to !== 'string') return { refused: invalidParameter('Param to must be a string.') };
  const number = to.replace(/^\+/, '').replace(/[\s()-]/g, '');
  if (!PHONE.test(number)) return { refused: refusal(131009, 'to is not a phone number') };
  if (number === businessNumber) {
    return { refused: refusal(131021, 'The recipient is the number that sends the message') };
  }
  return { kind: 'phone', input: to, number };
}
