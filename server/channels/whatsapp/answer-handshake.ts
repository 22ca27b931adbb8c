import { createHash, timingSafeEqual } from 'node:crypto';

type HandshakeAnswer =
  /** To be sent back verbatim, as `text/plain`. */
  { readonly status: 200; readonly challenge: string } | { readonly status: 403 } | { readonly status: 400 };

/**
 * Meta's GET when somebody enters our webhook's address in the dashboard.
 * Takes `URLSearchParams` because the names contain dots (`hub.mode`), which some query parsers turn into objects.
 */
export function answerHandshake(query: URLSearchParams, verifyToken: string): HandshakeAnswer {
  const mode = query.get('hub.mode');
  const token = query.get('hub.verify_token');
  const challenge = query.get('hub.challenge');
  if (!mode || !token || !challenge) return { status: 400 };
  return mode === 'subscribe' && isSame(token, verifyToken) ? { status: 200, challenge } : { status: 403 };
}

/** Digests have one length, so that the comparison tells nothing about the length of the secret either. */
function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
