import type { FastifyReply } from 'fastify';
import { errorShape, type Refusal } from './error-shape.ts';

/** The name of the decorator that holds the server's clock. */
export const CLOCK = 'clock';

/** Ends a request with an error. `return refuse(reply, { … })` in a handler. */
export function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { request, server } = reply;
  const at = server.getDecorator<() => number>(CLOCK)();
  // As text, so that the schema of the route's good answer does not apply to it.
  return reply
    .code(refusal.status)
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(errorShape(refusal, { at, requestId: request.id }));
}
