import type { Refusal } from './refusal.ts';

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** The same GET that Meta makes before it accepts an address for notifications. */
export async function shakeHands(
  callbackUrl: string,
  verifyToken: string,
  challenge: string,
): Promise<Refusal | null> {
  const url = new URL(callbackUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  try {
    const answer = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(HANDSHAKE_TIMEOUT_MS),
    });
    const body = await answer.text();
    if (answer.status === 200 && body === challenge) return null;
    return handshakeFailed(
      `HTTP Status Code = ${answer.status}; the body is ${body === challenge ? '' : 'not '}the challenge`,
    );
  } catch (error) {
    return handshakeFailed(error instanceof Error ? error.message : String(error));
  }
}

function handshakeFailed(why: string): Refusal {
  return {
    http: 400,
    code: 2200,
    type: 'OAuthException',
    message: `(#2200) Callback verification failed with the following errors: ${why}`,
  };
}
