import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identifiers } from '../identifiers.ts';
import { isJsonObject } from '../json-object.ts';
import { BYTES_PATH, type MediaShelf } from '../media/media-shelf.ts';
import type { TemplateBook } from '../templates/template-book.ts';
import { checkScope, checkToken, majorVersionOf, tokenIn } from './access.ts';
import type { AccountState } from './account-state.ts';
import type { GraphAnswer, GraphCall, GraphHandler, GraphRoutes, NodeKind } from './graph-call.ts';
import { envelopeOf, type Refusal, unknownObject, unknownPath } from './refusal.ts';
import type { Usage } from './usage.ts';

const LARGEST_UPLOAD_BYTES = 101 * 1024 * 1024;

type GraphNeeds = {
  token: string;
  appSecret: string;
  appId: string;
  phoneNumberId: string;
  businessAccountId: string;
  identifiers: Identifiers;
  templates: TemplateBook;
  media: MediaShelf;
  state: AccountState;
  now: () => number;
  routes: GraphRoutes;
  usage: Usage;
  /** Called after every answer: something may have become due. */
  poke: () => void;
};

/** The Graph paths: version, token, id, then the call itself, each with Graph's own refusals. */
export function registerGraphApi(server: FastifyInstance, needs: GraphNeeds): void {
  readBodiesAsGraphDoes(server);
  server.setErrorHandler((error, _request, reply) => {
    const message = error instanceof Error ? error.message : 'An unknown error occurred';
    return refuse(reply, { http: 500, code: 1, type: 'OAuthException', message }, needs);
  });
  const handle = (request: FastifyRequest, reply: FastifyReply) => handleCall(request, reply, needs);
  for (const method of ['GET', 'POST', 'DELETE'] as const) {
    // The version is part of the pattern, so that the phone page's own files never look like Graph's.
    server.route({ method, url: '/:version(^v\\d[^/]*$)/:id', handler: handle });
    server.route({ method, url: '/:version(^v\\d[^/]*$)/:id/:edge', handler: handle });
  }
  server.get(BYTES_PATH, (request, reply) => sendBytes(request, reply, needs));
}

function readBodiesAsGraphDoes(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    done(null, parsedOrNull(String(body)));
  });
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
  server.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: LARGEST_UPLOAD_BYTES },
    (_request, body, done) => done(null, body),
  );
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, null));
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function handleCall(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: GraphNeeds,
): Promise<FastifyReply> {
  const found = findHandler(request, needs);
  if (strings(request.params).edge !== 'messages') needs.usage.count();
  reply.headers(needs.usage.headers());
  const outcome = 'refused' in found ? found : await found.handler(found.call);
  needs.poke();
  return answer(reply, outcome, needs);
}

function findHandler(
  request: FastifyRequest,
  needs: GraphNeeds,
): { handler: GraphHandler; call: GraphCall } | { refused: Refusal } {
  const { version = '', id = '', edge } = strings(request.params);
  const query = strings(request.query);
  const majorVersion = majorVersionOf(version);
  if (majorVersion === null) return { refused: unknownPath(request.url.split('?')[0] ?? '') };
  const token = tokenIn(request.headers.authorization, query);
  if (id === 'me' && token === null) return { refused: NO_TOKEN_FOR_ME };
  const bearer = checkToken(token, query.appsecret_proof, needs);
  if (typeof bearer === 'object') return bearer;

  const method = methodOf(request);
  const kind = kindOf(id, needs);
  const handler =
    kind === null ? undefined : needs.routes[`${method} ${kind}${edge === undefined ? '' : `/${edge}`}`];
  const aboutTheApp = kind === 'app' || kind === 'debug_token';
  if (handler === undefined || (bearer === 'app' && !aboutTheApp)) {
    return { refused: unknownObject(id, lowerCase(method)) };
  }
  if (kind === 'app' && bearer !== 'app') return { refused: APP_TOKEN_NEEDED };
  const unscoped = bearer === 'app' ? null : checkScope(kind, edge, needs.state);
  if (unscoped !== null) return { refused: unscoped };
  const body = isJsonObject(request.body) && !Buffer.isBuffer(request.body) ? request.body : null;
  const form = Buffer.isBuffer(request.body)
    ? { bytes: request.body, contentType: request.headers['content-type'] ?? '' }
    : null;
  return { handler, call: { method, id, query, body, form, majorVersion } };
}

/** What a version probe gets, and what tells a living version from a dead one. */
const NO_TOKEN_FOR_ME: Refusal = {
  http: 400,
  code: 2500,
  type: 'OAuthException',
  message: 'An active access token must be used to query information about the current user.',
};

const APP_TOKEN_NEEDED: Refusal = {
  http: 400,
  code: 15,
  type: 'OAuthException',
  message: '(#15) This method must be called with an app access_token.',
};

function kindOf(id: string, needs: GraphNeeds): NodeKind | null {
  if (id === needs.phoneNumberId) return 'phone-number';
  if (id === needs.businessAccountId) return 'account';
  if (id === needs.appId) return 'app';
  if (id === 'debug_token') return 'debug_token';
  if (needs.templates.byId(id) !== null) return 'template';
  return needs.media.find(id) === null ? null : 'media';
}

function answer(reply: FastifyReply, outcome: GraphAnswer, needs: GraphNeeds): FastifyReply {
  if ('refused' in outcome) return refuse(reply, outcome.refused, needs);
  if ('answer' in outcome) return reply.header('facebook-api-version', 'v25.0').send(outcome.answer);
  switch (outcome.trouble) {
    case 'drop':
      reply.hijack();
      reply.raw.socket?.destroy();
      return reply;
    case 'hang':
      return reply.hijack();
    case 'html-502':
      return reply.code(502).type('text/html').send('<html><body><h1>502 Bad Gateway</h1></body></html>');
    default: {
      const impossible: never = outcome.trouble;
      throw new Error(`no such trouble: ${impossible}`);
    }
  }
}

function refuse(reply: FastifyReply, refused: Refusal, needs: { identifiers: Identifiers }): FastifyReply {
  return reply.code(refused.http).send(envelopeOf(refused, needs.identifiers.trace()));
}

/** The bytes live on another host at Meta, yet want the same token. A stale address is not found. */
function sendBytes(request: FastifyRequest, reply: FastifyReply, needs: GraphNeeds): FastifyReply {
  const { mid = '', hash = '' } = strings(request.query);
  if (tokenIn(request.headers.authorization, {}) !== needs.token) return reply.code(401).send('');
  const media = needs.media.byHash(mid, hash);
  return media === null ? reply.code(404).send('') : reply.type(media.mimeType).send(media.bytes);
}

function methodOf(request: FastifyRequest): GraphCall['method'] {
  return request.method === 'POST' ? 'POST' : request.method === 'DELETE' ? 'DELETE' : 'GET';
}

function lowerCase(method: GraphCall['method']): 'get' | 'post' | 'delete' {
  return method === 'POST' ? 'post' : method === 'DELETE' ? 'delete' : 'get';
}

function strings(record: unknown): Record<string, string> {
  const texts: Record<string, string> = {};
  if (!isJsonObject(record)) return texts;
  for (const [key, value] of Object.entries(record)) if (typeof value === 'string') texts[key] = value;
  return texts;
}
