import { connect } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorBody } from '../../contract/error.ts';
import { currentTrace } from '../trace.ts';
import { createHttpServer, type HttpServer, type HttpServerNeeds } from './server.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const lines: string[] = [];
const open: HttpServer[] = [];

async function server(needs: Partial<HttpServerNeeds> = {}): Promise<HttpServer> {
  let ids = 0;
  const app = await createHttpServer({
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
    production: false,
    trustProxy: false,
    publicUrl: 'http://localhost:3000',
    newRequestId: () => `made-by-us-${++ids}`,
    now: () => NOON,
    ...needs,
  });
  open.push(app);
  app.get('/learners/:token', async () => ({ ok: true }));
  app.post(
    '/learners',
    { bodyLimit: 200, schema: { body: z.object({ name: z.string(), age: z.number() }) } },
    async () => ({ ok: true }),
  );
  app.get('/breaks', async () => {
    throw new Error('password=hunter2');
  });
  app.get('/lies', { schema: { response: { 200: z.object({ ok: z.literal(true) }) } } }, async () =>
    JSON.parse('{"ok":"no","secret":"hunter2"}'),
  );
  app.get('/twice', { config: { rateLimit: { max: 2, timeWindow: 60_000 } } }, async () => 'ok');
  return app;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()));
  lines.length = 0;
});

describe('Errors', () => {
  it.each([
    ['an unknown address', 'GET', '/nowhere', undefined, undefined, 404, 'not_found'],
    ['a wrong method', 'DELETE', '/learners/abc', undefined, undefined, 405, 'method_not_allowed'],
    ['a body that is not JSON', 'POST', '/learners', 'application/json', '{"name":', 400, 'bad_request'],
    ['no body at all', 'POST', '/learners', 'application/json', '', 400, 'bad_request'],
    [
      'a body that is too large',
      'POST',
      '/learners',
      'application/json',
      `"${'x'.repeat(300)}"`,
      413,
      'body_too_large',
    ],
    [
      'a body of another kind',
      'POST',
      '/learners',
      'text/plain',
      '{"name":"Ana","age":9}',
      415,
      'unsupported_media_type',
    ],
    ['an address that cannot be decoded', 'GET', '/%zz', undefined, undefined, 400, 'bad_request'],
    ['a crash', 'GET', '/breaks', undefined, undefined, 500, 'internal_error'],
    [
      'an answer of ours that breaks its own schema',
      'GET',
      '/lies',
      undefined,
      undefined,
      500,
      'internal_error',
    ],
  ] as const)('have the one shape for %s', async (_what, method, url, type, payload, status, code) => {
    const app = await server();
    const answer = await app.inject({
      method,
      url,
      ...(type === undefined ? {} : { headers: { 'content-type': type } }),
      ...(payload === undefined ? {} : { payload }),
    });

    expect(answer.statusCode).toBe(status);
    const body = errorBody.strict().parse(answer.json());
    expect(body).toMatchObject({
      error_code: code,
      timestamp: '2026-11-23T12:00:00.000Z',
      request_id: answer.headers['x-request-id'],
    });
    expect(answer.body).not.toContain('hunter2');
  });

  it('name each field that is wrong', async () => {
    const app = await server();
    const answer = await app.inject({ method: 'POST', url: '/learners', payload: { age: 'old' } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      error_code: 'validation_failed',
      details: { name: expect.stringContaining('string'), age: expect.stringContaining('number') },
    });
  });

  it('tell which methods an address answers to', async () => {
    const app = await server();
    const answer = await app.inject({ method: 'PUT', url: '/learners?x=1' });
    expect(answer.headers.allow).toBe('POST');
  });

  it('are logged with their cause when they are ours, and only then', async () => {
    const app = await server();
    await app.inject({ method: 'POST', url: '/learners', payload: { age: 'old' } });
    expect(lines.filter((line) => line.includes('request failed'))).toHaveLength(0);
    await app.inject('/breaks');
    expect(lines.filter((line) => line.includes('request failed'))).toHaveLength(1);
  });

  it('have the one shape even when the bytes were not HTTP', async () => {
    const app = await server();
    const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(address.port), address.hostname);
      socket.on('data', (data) => {
        text += String(data);
      });
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
      socket.write('hello there\r\n\r\n');
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(errorBody.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).error_code).toBe('bad_request');
  });
});

describe('A limited route', () => {
  it('refuses with 429 and says when to come back', async () => {
    const app = await server();
    await app.inject('/twice');
    await app.inject('/twice');
    const answer = await app.inject('/twice');
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(errorBody.parse(answer.json()).error_code).toBe('rate_limited');
  });

  it('counts by the address of the socket, whatever the caller claims', async () => {
    const app = await server();
    const statuses = [];
    for (const claimed of ['198.51.100.1', '198.51.100.2', '198.51.100.3']) {
      statuses.push(
        (await app.inject({ url: '/twice', headers: { 'x-forwarded-for': claimed } })).statusCode,
      );
    }
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('counts by the address that a trusted proxy reports', async () => {
    const app = await server({ trustProxy: '127.0.0.1' });
    const statuses = [];
    for (const reported of ['198.51.100.1', '198.51.100.2', '198.51.100.3']) {
      statuses.push(
        (await app.inject({ url: '/twice', headers: { 'x-forwarded-for': reported } })).statusCode,
      );
    }
    expect(statuses).toEqual([200, 200, 200]);
  });
});

describe('The request id', () => {
  it.each([
    ['is the given one when it is fit for a log', 'abc-DEF_12.3', 'abc-DEF_12.3'],
    ['is ours when the given one is too short', 'abc', 'made-by-us-1'],
    ['is ours when the given one would spoil a log', 'abcdefgh\u00e9"}', 'made-by-us-1'],
  ])('%s', async (_what, given, echoed) => {
    const app = await server();
    const answer = await app.inject({ url: '/learners/abc', headers: { 'x-request-id': given } });
    expect(answer.headers['x-request-id']).toBe(echoed);
  });

  it('goes along with what the request leaves to do, also when the body comes later', async () => {
    const app = await server();
    app.post('/trace', async () => ({ trace: currentTrace() }));
    const { hostname, port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    const begun = Promise.withResolvers<void>();
    app.server.once('request', () => begun.resolve());
    const socket = connect(Number(port), hostname);
    const answered = Promise.withResolvers<string>();
    socket.once('data', (data) => answered.resolve(String(data)));
    socket.write(
      'POST /trace HTTP/1.1\r\nHost: test\r\nX-Request-Id: trace-0001\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n',
    );
    await begun.promise;
    socket.write('{}');
    expect(await answered.promise).toContain('{"trace":"trace-0001"}');
    socket.destroy();
  });
});

describe('The log', () => {
  it('has one line per request, with the route and without the address', async () => {
    const app = await server();
    await app.inject({
      url: '/learners/s3cr3t-token?number=%2B5511955501234',
      headers: { 'x-request-id': 'trace-0001' },
    });
    const [line, ...more] = lines.map((text) => JSON.parse(text));
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      method: 'GET',
      route: '/learners/:token',
      status: 200,
      duration_ms: expect.any(Number),
      request_id: 'trace-0001',
      msg: 'request',
    });
    expect(lines.join('')).not.toMatch(/s3cr3t|5501234/);
  });

  it('does not repeat an address that leads nowhere', async () => {
    const app = await server();
    await app.inject('/learner/s3cr3t-token');
    expect(lines.join('')).toContain('unmatched');
    expect(lines.join('')).not.toContain('s3cr3t');
  });
});

describe('Security headers', () => {
  it('allow nothing inline and nothing from elsewhere', async () => {
    const app = await server();
    const { headers } = await app.inject('/learners/abc');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("form-action 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('insist on HTTPS only where the public address has it', async () => {
    const plain = (await (await server()).inject('/learners/abc')).headers;
    expect(plain['strict-transport-security']).toBeUndefined();
    expect(plain['content-security-policy']).not.toContain('upgrade-insecure-requests');
    const secure = (await (await server({ publicUrl: 'https://bot.example' })).inject('/learners/abc'))
      .headers;
    expect(secure['strict-transport-security']).toContain('max-age=');
    expect(secure['content-security-policy']).toContain('upgrade-insecure-requests');
  });

  it('stand on refusals too', async () => {
    const app = await server();
    expect((await app.inject('/nowhere')).headers['content-security-policy']).toContain("default-src 'self'");
  });
});

describe('The description of the API', () => {
  it('is made from the schemas of the routes', async () => {
    const app = await server();
    const document = (await app.inject('/api/openapi.json')).json();
    expect(document).toMatchObject({
      openapi: expect.stringMatching(/^3\.1/),
      servers: [{ url: 'http://localhost:3000' }],
    });
    expect(document.paths['/learners'].post.requestBody.content['application/json'].schema).toMatchObject({
      required: ['name', 'age'],
    });
  });

  it('offers to call the routes everywhere but in production', async () => {
    const initializer = '/api/docs/static/swagger-initializer.js';
    expect((await (await server()).inject(initializer)).body).not.toContain('supportedSubmitMethods');
    expect((await (await server({ production: true })).inject(initializer)).body).toContain(
      '"supportedSubmitMethods":[]',
    );
  });
});

describe('A server that is closing', () => {
  it('finishes what it began and refuses what still comes on open connections', async () => {
    const app = await server();
    const began = Promise.withResolvers<void>();
    const held = Promise.withResolvers<string>();
    const closing = Promise.withResolvers<void>();
    app.get('/held', () => {
      began.resolve();
      return held.promise;
    });
    app.addHook('preClose', async () => closing.resolve());
    const { hostname, port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    const socket = connect(Number(port), hostname);
    const received = Promise.withResolvers<string>();
    let text = '';
    socket.on('data', (data) => {
      text += String(data);
    });
    socket.on('end', () => received.resolve(text));

    socket.write('GET /held HTTP/1.1\r\nHost: test\r\n\r\n');
    await began.promise;
    const closed = app.close();
    await closing.promise;
    const late = Promise.withResolvers<void>();
    app.server.once('request', () => late.resolve());
    socket.write('GET /learners/abc HTTP/1.1\r\nHost: test\r\n\r\n');
    await late.promise;
    held.resolve('done');

    const answers = await received.promise;
    await closed;
    expect(answers).toMatch(/^HTTP\/1\.1 200 /);
    expect(answers).toMatch(/HTTP\/1\.1 503 /);
    expect(answers).toContain('"error_code":"unavailable"');
  });
});
