import { z } from 'zod';
import type { HttpServer } from './server.ts';

/** What the operator's page and the load balancer want to know. `troubles` do not stop this process from doing its work. */
export type Health = { readonly ready: boolean; readonly troubles: readonly string[] };

/**
 * `live`: the process answers. `ready`: it can do its work; 503 takes it out of the balancer's rotation, which is why
 * a trouble elsewhere (a token, a template) only makes it `degraded`.
 */
export function healthRoutes(it: { health: () => Promise<Health> }) {
  return async (app: HttpServer): Promise<void> => {
    app.get(
      '/health/live',
      { schema: { tags: ['health'], response: { 200: z.object({ status: z.literal('alive') }) } } },
      async () => ({ status: 'alive' as const }),
    );
    app.get(
      '/health/ready',
      { schema: { tags: ['health'], response: { 200: readiness, 503: readiness } } },
      async (_request, reply) => {
        const { ready, troubles } = await it.health();
        const status = !ready ? 'unready' : troubles.length > 0 ? 'degraded' : 'ready';
        return reply.code(ready ? 200 : 503).send({ status, troubles: [...troubles] });
      },
    );
  };
}

const readiness = z.object({
  status: z.enum(['ready', 'degraded', 'unready']),
  troubles: z.array(z.string()),
});
