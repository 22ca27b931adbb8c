import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { answerErrors } from './answer-errors.ts';
import { describeApi } from './api-docs.ts';
import { answerBrokenConnection } from './broken-request.ts';
import { logRequests } from './log-requests.ts';
import { CLOCK, refuse } from './refuse.ts';
import { carryRequestId, requestIdOf } from './request-id.ts';
import { securityHeaders } from './security-headers.ts';

/** The server that rooms add their routes to. Schemas of routes are zod's. */
export type HttpServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export type HttpServerNeeds = {
  readonly log: Logger;
  /** The API page then describes without offering to call: a try-out there would write to real people. */
  readonly production: boolean;
  /** Whose `X-Forwarded-For` is believed: nobody's, everybody's, or a list of proxies. Limits count by this address. */
  readonly trustProxy: boolean | string;
  readonly publicUrl: string;
  readonly newRequestId: () => string;
  readonly now?: () => number;
};

/**
 * An HTTP server with everything that must be the same everywhere: one shape of errors, request ids, security
 * headers, rate limits on request (`config.rateLimit` of a route), API pages, and logs without personal data.
 * Other origins get no CORS headers at all, so browsers keep them out.
 */
export async function createHttpServer(needs: HttpServerNeeds): Promise<HttpServer> {
  const { publicUrl, production, now = Date.now } = needs;
  const log: FastifyBaseLogger = needs.log;
  const app: HttpServer = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    trustProxy: needs.trustProxy,
    // Fastify's own reading of the header takes any text, and this id goes into logs.
    requestIdHeader: false,
    genReqId: requestIdOf(needs.newRequestId),
    // Its answer while closing has another shape than our errors.
    return503OnClosing: false,
    frameworkErrors: (_error, _request, reply) =>
      refuse(reply, { status: 400, error_code: 'bad_request', message: 'The address cannot be read.' }),
    clientErrorHandler: (error, socket) =>
      answerBrokenConnection(error, socket, { now, requestId: needs.newRequestId() }),
  }).withTypeProvider<ZodTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Other sites may post text/plain without asking; everything of ours is JSON or a form.
  app.removeContentTypeParser('text/plain');
  app.decorate(CLOCK, now);
  carryRequestId(app);
  logRequests(app);
  answerErrors(app);
  // Awaited, because their hooks only reach routes that are added after them.
  await app.register(helmet, securityHeaders({ publicUrl }));
  await app.register(formbody);
  await app.register(rateLimit, { global: false });
  await describeApi(app, { publicUrl, tryOut: !production });
  return app;
}
