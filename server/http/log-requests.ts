import type { HttpServer } from './server.ts';

/**
 * One line per request. Never the address itself, which holds tokens and typed numbers: the pattern of its route.
 * A route that is asked every few seconds may set Fastify's `logLevel` to keep its lines out.
 */
export function logRequests(app: HttpServer): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'unmatched',
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
}
