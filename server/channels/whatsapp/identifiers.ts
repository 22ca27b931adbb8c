import type { Sender } from '../channel.ts';
import type { Contact } from './webhook-schema.ts';

const PHONE = /^\d{6,15}$/;
/** `CC.` and letters or digits; with `ENT.` between them it belongs to a group of businesses. */
const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

type Identifier = string | null | undefined;

/**
 * The first phone number and the first business-scoped id among identifiers, whichever field they came in:
 * Meta documents that the number of a person with a username is left out, others have seen the id in its place.
 */
export function addressesIn(identifiers: readonly Identifier[]): {
  phone: string | null;
  bsuid: string | null;
} {
  const given = identifiers.map((identifier) => (identifier ?? '').replace(/^\+/, ''));
  return {
    phone: given.find((identifier) => PHONE.test(identifier)) ?? null,
    bsuid: given.find((identifier) => BSUID.test(identifier)) ?? null,
  };
}

/**
 * Who one item is about. The contact is found by its ids, never by its place in the list: a batch holds several,
 * in any order, and some items have none.
 */
export function senderOf(identifiers: readonly Identifier[], contacts: readonly Contact[]): Sender {
  const own = new Set(identifiers.filter(isGiven));
  const contact = contacts.find((it) => own.has(it.user_id ?? '') || own.has(it.wa_id ?? ''));
  const { phone, bsuid } = addressesIn([
    ...identifiers,
    contact?.user_id,
    contact?.parent_user_id,
    contact?.wa_id,
  ]);
  const waId = addressesIn([contact?.wa_id]).phone;
  return { phone, bsuid, waId: waId === phone ? null : waId };
}

function isGiven(identifier: Identifier): identifier is string {
  return typeof identifier === 'string' && identifier !== '';
}
