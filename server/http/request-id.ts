import type { IncomingMessage } from 'node:http';
import { withTrace } from '../trace.ts';
import type { HttpServer } from './server.ts';

/** The id a proxy or caller gave, when it is fit for a log, else a new one. */
export function requestIdOf(
  newRequestId: () => string,
): (request: Pick<IncomingMessage, 'headers'>) => string {
  return ({ headers }) => {
    const given = headers['x-request-id'];
    return typeof given === 'string' && FIT_FOR_A_LOG.test(given) ? given : newRequestId();
  };
}

/** The id goes back to the caller, refusals included, and along with every job that the request leaves. */
export function carryRequestId(app: HttpServer): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    withTrace(request.id, done);
  });
}

const FIT_FOR_A_LOG = /^[A-Za-z0-9._-]{8,64}$/;
