import { type Check, failed, ok } from './check.ts';

const TIMEOUT_MS = 15_000;
type Fetch = typeof globalThis.fetch;

/** Shakes hands with ourselves the way Meta does, from outside, and once with a token that is not ours. */
export async function checkHandshake(it: {
  callbackUrl: string;
  verifyToken: string;
  fetch: Fetch;
}): Promise<Check> {
  const name = 'handshake';
  const right = await visit(it.fetch, handshakeUrl(it.callbackUrl, it.verifyToken));
  if (right.kind === 'unreachable') {
    return failed(
      name,
      `Nobody answers at ${it.callbackUrl}: ${right.why}.`,
      'Start the service (npm start), and see that PUBLIC_URL leads to it.',
    );
  }
  if (right.status === 403) {
    return failed(
      name,
      'The service that runs there has another verify token.',
      'Start the service again, so that it takes WHATSAPP_VERIFY_TOKEN from .env.',
    );
  }
  if (right.status !== 200 || right.body !== CHALLENGE) {
    return failed(
      name,
      `Something else than the service answers at ${it.callbackUrl} (HTTP ${right.status}).`,
      'Lead the path /webhooks/whatsapp of PUBLIC_URL to the service in your proxy or tunnel.',
    );
  }
  const wrong = await visit(it.fetch, handshakeUrl(it.callbackUrl, `not-${it.verifyToken}`));
  if (wrong.kind === 'answered' && wrong.status === 403) {
    return ok(name, `${it.callbackUrl} shakes hands, and with nobody else's token.`);
  }
  return failed(
    name,
    'A wrong verify token is not refused: whatever answers there says yes to everybody.',
    'Lead the path /webhooks/whatsapp of PUBLIC_URL to the service in your proxy or tunnel.',
  );
}

/** Whether somebody who does not know the app secret is turned away. */
export async function checkSignature(it: { callbackUrl: string; fetch: Fetch }): Promise<Check> {
  const name = 'signature';
  const answer = await visit(it.fetch, it.callbackUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"object":"whatsapp_business_account","entry":[]}',
  });
  if (answer.kind === 'answered' && (answer.status === 401 || answer.status === 403)) {
    return ok(name, 'A notification without a signature is refused.');
  }
  const what = answer.kind === 'answered' ? `is answered with HTTP ${answer.status}` : `meets ${answer.why}`;
  return failed(
    name,
    `A notification without a signature ${what}, not refused.`,
    'Lead POST requests to /webhooks/whatsapp of PUBLIC_URL to the service, unchanged, in your proxy or tunnel.',
  );
}

const CHALLENGE = '1158201444';

function handshakeUrl(callbackUrl: string, verifyToken: string): string {
  const url = new URL(callbackUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.verify_token', verifyToken);
  url.searchParams.set('hub.challenge', CHALLENGE);
  return url.href;
}

type Visit =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'unreachable'; readonly why: string };

async function visit(fetch: Fetch, url: string, request: RequestInit = {}): Promise<Visit> {
  try {
    // Meta follows no redirect either.
    const answer = await fetch(url, {
      ...request,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { kind: 'answered', status: answer.status, body: await answer.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message || cause.name : String(cause);
    return { kind: 'unreachable', why };
  }
}
