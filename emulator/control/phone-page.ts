import { existsSync } from 'node:fs';
import { join } from 'node:path';
import serveStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The built phone page at `/`, or a line that says what is here instead. */
export function registerPhonePage(server: FastifyInstance, pageRoot: string | null): void {
  // What `wa.me/{number}?text=…` is on a real phone: opens a chat with the message typed in.
  server.get<{ Params: { number: string }; Querystring: { text?: string } }>(
    '/chat/:number',
    (request, reply) => {
      const link = new URLSearchParams({ to: request.params.number, text: request.query.text ?? '' });
      return reply.redirect(`/?${link}`);
    },
  );
  if (pageRoot !== null && existsSync(join(pageRoot, 'index.html'))) {
    server.register(serveStatic, { root: pageRoot });
    return;
  }
  server.get('/', (_request, reply) =>
    reply.type('text/plain').send('The Cloud API emulator runs here. The phone page is not built.\n'),
  );
}
