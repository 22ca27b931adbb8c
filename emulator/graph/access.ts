import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AccountState } from './account-state.ts';
import type { Refusal } from './refusal.ts';

/** `business`: the system user's token. `app`: `{app id}|{app secret}`, for calls about the app itself. */
export type Bearer = 'business' | 'app';

const OLDEST_VERSION = 21;
const NEWEST_VERSION = 26;

/** The major number of a version in use, or null. */
export function majorVersionOf(version: string): number | null {
  const major = Number(/^v(\d{2})\.0$/.exec(version)?.[1]);
  return major >= OLDEST_VERSION && major <= NEWEST_VERSION ? major : null;
}

export function tokenIn(
  authorization: string | undefined,
  query: Readonly<Record<string, string>>,
): string | null {
  return /^(?:Bearer|OAuth) (.+)$/.exec(authorization ?? '')?.[1] ?? query.access_token ?? null;
}

export function checkToken(
  token: string | null,
  proof: string | undefined,
  right: { token: string; appId: string; appSecret: string; state: AccountState; now: () => number },
): Bearer | { refused: Refusal } {
  if (token === null) return { refused: notAuthorised('Authentication Error: an access token is required') };
  if (sameText(token, `${right.appId}|${right.appSecret}`)) return 'app';
  if (!sameText(token, right.token)) {
    return { refused: notAuthorised('Invalid OAuth access token - Cannot parse access token') };
  }
  const { expiresAt } = right.state.token;
  if (expiresAt !== null && right.now() >= expiresAt) {
    const message = `Error validating access token: Session has expired on ${new Date(expiresAt).toUTCString()}.`;
    return { refused: { ...notAuthorised(message), subcode: 463 } };
  }
  const rightProof = createHmac('sha256', right.appSecret).update(token).digest('hex');
  if (proof !== undefined && !sameText(proof, rightProof)) {
    const message = 'Invalid appsecret_proof provided in the API argument';
    return { refused: { http: 400, code: 100, type: 'GraphMethodException', message } };
  }
  return 'business';
}

/** The permission that a call needs and the token has not; null when all is well. Sending needs one, set-up the other. */
export function checkScope(
  kind: string | null,
  edge: string | undefined,
  state: AccountState,
): Refusal | null {
  const sends = kind === 'media' || (kind === 'phone-number' && (edge === 'messages' || edge === 'media'));
  const scope = sends ? 'whatsapp_business_messaging' : 'whatsapp_business_management';
  if (state.token.scopes.includes(scope)) return null;
  const message = '(#10) Application does not have permission for this action';
  return { http: 403, code: 10, type: 'OAuthException', message };
}

function notAuthorised(message: string): Refusal {
  return { http: 401, code: 190, type: 'OAuthException', message };
}

function sameText(one: string, other: string): boolean {
  const [oneBytes, otherBytes] = [Buffer.from(one), Buffer.from(other)];
  return oneBytes.length === otherBytes.length && timingSafeEqual(oneBytes, otherBytes);
}
