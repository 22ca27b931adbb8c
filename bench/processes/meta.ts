import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { offer } from './offer.ts';

/** A message that arrived here. */
export type Arrival = { readonly at: number; readonly to: string };

/**
 * Meta's send endpoint and nothing else of Meta: it answers as Meta does, after so long, and notes who was written to
 * and when. The whole emulator checks every message, which costs more than sending one.
 */
export type MetaOffers = typeof offers;

let arrivals: Arrival[] = [];

const offers = offer({
  async start({ answersAfterMs }: { answersAfterMs: number }): Promise<{ url: string }> {
    const server = createServer((request, response) => {
      if (request.method === 'GET') return answer(response, { data: [] });
      const at = performance.timeOrigin + performance.now();
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as { to?: string; status?: string };
        if (body.status === 'read' || body.to === undefined) return answer(response, { success: true });
        const to = body.to.replace(/\D/g, '');
        arrivals.push({ at, to });
        const accepted = {
          messaging_product: 'whatsapp',
          contacts: [{ input: to, wa_id: to }],
          messages: [{ id: `wamid.${to}.${arrivals.length}`, message_status: 'accepted' }],
        };
        if (answersAfterMs === 0) answer(response, accepted);
        else setTimeout(answer, answersAfterMs, response, accepted);
      });
    }).listen(0, '127.0.0.1');
    // Longer than any pause between two rounds: a connection that closes in the moment of a send is another test.
    server.keepAliveTimeout = 600_000;
    await once(server, 'listening');
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  },
  /** What arrived since the last call. */
  arrivals(): Arrival[] {
    const seen = arrivals;
    arrivals = [];
    return seen;
  },
  arrived(): number {
    return arrivals.length;
  },
});

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
