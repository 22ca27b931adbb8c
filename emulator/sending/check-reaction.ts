import { type Refusal, refusal } from '../graph/refusal.ts';
import { type JsonObject, textAt } from '../json-object.ts';
import type { PhoneBook } from '../phones/phone-book.ts';

const LONGEST_REACHABLE_MS = 30 * 24 * 60 * 60 * 1000;

/** A reaction needs a message that is known and not older than 30 days. */
export function checkReaction(reaction: JsonObject, phones: PhoneBook, now: number): Refusal | null {
  if (typeof reaction.emoji !== 'string') return refusal(131008, 'reaction.emoji is required');
  return checkReachable(textAt(reaction, 'message_id'), 'reaction.message_id', phones, now);
}

/** Also what marking as read asks of a message. */
export function checkReachable(
  wamid: string | null,
  field: string,
  phones: PhoneBook,
  now: number,
): Refusal | null {
  if (wamid === null) return refusal(131008, `${field} is required`);
  const found = phones.findMessage(wamid);
  if (found === null) return refusal(131009, `${field} is not a message of this number`);
  return now - found.bubble.message.at > LONGEST_REACHABLE_MS
    ? refusal(131009, `${field} is older than 30 days`)
    : null;
}
