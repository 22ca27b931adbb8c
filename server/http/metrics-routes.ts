import { createHash, timingSafeEqual } from 'node:crypto';
import type { Registry } from 'prom-client';
import { refuse } from './refuse.ts';
import type { HttpServer } from './server.ts';

/** Prometheus metrics, for this machine or for who holds the token: they tell how many learners there are. */
export function metricsRoutes(it: { registry: Registry; token: string | null }) {
  const { registry, token } = it;
  return async (app: HttpServer): Promise<void> => {
    app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
      const mayRead =
        token === null
          ? isLoopback(request.socket.remoteAddress)
          : isBearer(request.headers.authorization, token);
      if (!mayRead) {
        return refuse(reply, {
          status: 403,
          error_code: 'forbidden',
          message: 'Metrics are for this machine, or for who sends METRICS_TOKEN as a bearer token.',
        });
      }
      return reply.type(registry.contentType).send(await registry.metrics());
    });
  };
}

/** The socket's own address: a header could claim any. A proxy on this machine must not pass `/metrics` on. */
function isLoopback(address: string | undefined): boolean {
  return address === '::1' || address === '127.0.0.1' || address?.startsWith('::ffff:127.') === true;
}

function isBearer(header: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
