import { Agent } from 'undici';
import { signatureOf } from './signature.ts';

const ANSWER_TIMEOUT_MS = 10_000;

export type Attempt = {
  /** Null when no answer came. */
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
};

/** Posts signed bodies, and tells what came back; it never throws. */
export function createWebhookClient(options: { connections: number; appSecret: string }) {
  const agent = new Agent({
    connections: options.connections,
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
  });

  async function post(url: string, body: string, signing: 'right' | 'wrong' | 'missing'): Promise<Attempt> {
    const startedAt = performance.now();
    const ended = (status: number | null, error: string | null): Attempt => ({
      status,
      error,
      durationMs: Math.round(performance.now() - startedAt),
    });
    try {
      const { origin, pathname, search } = new URL(url);
      const answer = await agent.request({
        origin,
        path: pathname + search,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'facebookexternalua',
          ...signatureHeader(body, signing),
        },
        body,
      });
      await answer.body.dump();
      return ended(answer.statusCode, null);
    } catch (error) {
      return ended(null, error instanceof Error ? error.message : String(error));
    }
  }

  function signatureHeader(body: string, signing: 'right' | 'wrong' | 'missing'): Record<string, string> {
    if (signing === 'missing') return {};
    const key = signing === 'right' ? options.appSecret : `not-${options.appSecret}`;
    return { 'x-hub-signature-256': signatureOf(body, key) };
  }

  return { post, close: () => agent.destroy() };
}
