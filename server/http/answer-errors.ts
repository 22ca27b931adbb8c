import { type AllowedMethods, createAllowedMethods } from './allowed-methods.ts';
import { judgeError } from './judge-error.ts';
import { refuse } from './refuse.ts';
import type { HttpServer } from './server.ts';

/** Every error in the one shape, whoever threw it. A room with pages may set its own handler and throw on what it does not know. */
export function answerErrors(app: HttpServer): void {
  const allowed = rememberMethods(app);
  app.setErrorHandler((error, request, reply) => {
    const refusal = judgeError(error);
    if (refusal.status >= 500) request.log.error({ err: error }, 'request failed');
    return refuse(reply, refusal);
  });
  app.setNotFoundHandler((request, reply) => {
    const methods = allowed.at(request.url.split('?', 1)[0] ?? '');
    if (methods.length === 0) return refuse(reply, judgeError({ statusCode: 404 }));
    return refuse(reply.header('allow', methods.join(', ')), {
      status: 405,
      error_code: 'method_not_allowed',
      message: `This address answers to ${methods.join(', ')} only.`,
    });
  });
  refuseWhileClosing(app);
}

function rememberMethods(app: HttpServer): AllowedMethods {
  const allowed = createAllowedMethods();
  app.addHook('onRoute', ({ url, method }) => allowed.add(url, [method].flat()));
  return allowed;
}

/** Connections that are kept open still bring requests while the server drains; a balancer sends them elsewhere. */
function refuseWhileClosing(app: HttpServer): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onRequest', async (_request, reply) => {
    if (closing) return refuse(reply.header('connection', 'close'), judgeError({ statusCode: 503 }));
  });
}
