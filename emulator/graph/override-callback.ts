import type { Identifiers } from '../identifiers.ts';
import { type JsonObject, textAt } from '../json-object.ts';
import { shakeHands } from './handshake.ts';
import { invalidParameter, type Refusal } from './refusal.ts';

const LONGEST_CALLBACK = 200;

/**
 * The address that the account or the number wants instead of the app's. Null in `url`: none is wanted (any more).
 * It has to answer the handshake like the app's own.
 */
export async function readOverride(
  wish: JsonObject,
  identifiers: Identifiers,
): Promise<{ url: string | null } | { refused: Refusal }> {
  const callbackUrl = textAt(wish, 'override_callback_uri');
  if (callbackUrl === null || callbackUrl === '') return { url: null };
  if (callbackUrl.length > LONGEST_CALLBACK || !URL.canParse(callbackUrl)) {
    const sentence = `Param override_callback_uri must be a valid URI of at most ${LONGEST_CALLBACK} characters.`;
    return { refused: invalidParameter(sentence) };
  }
  const verifyToken = textAt(wish, 'verify_token');
  if (verifyToken === null) return { refused: invalidParameter('The parameter verify_token is required.') };
  const refused = await shakeHands(callbackUrl, verifyToken, identifiers.challenge());
  return refused === null ? { url: callbackUrl } : { refused };
}
