import { createHmac, timingSafeEqual } from 'node:crypto';
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
  right: { token: string; appId: string; appSecret: string },
): Bearer | { refused: Refusal } {
  if (token === null) return { refused: notAuthorised('Authentication Error: an access token is required') };
  if (sameText(token, `${right.appId}|${right.appSecret}`)) return 'app';
  if (!sameText(token, right.token)) {
    return { refused: notAuthorised('Invalid OAuth access token - Cannot parse access token') };
  }
  const rightProof = createHmac('sha256', right.appSecret).update(token).digest('hex');
  if (proof !== undefined && !sameText(proof, rightProof)) {
    const message = 'Invalid appsecret_proof provided in the API argument';
    return { refused: { http: 400, code: 100, type: 'GraphMethodException', message } };
  }
  return 'business';
}

function notAuthorised(message: string): Refusal {
  return { http: 401, code: 190, type: 'OAuthException', message };
}

function sameText(one: string, other: string): boolean {
  const [oneBytes, otherBytes] = [Buffer.from(one), Buffer.from(other)];
  return oneBytes.length === otherBytes.length && timingSafeEqual(oneBytes, otherBytes);
}
