import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { offer } from './offer.ts';

/** The least that anybody who takes WhatsApp's notifications must do: check the signature, parse, answer. */
export type BareReceiverOffers = typeof offers;

const offers = offer({
  async start({ appSecret }: { appSecret: string }): Promise<{ url: string }> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts);
        const claimed = String(request.headers['x-hub-signature-256'] ?? '').slice('sha256='.length);
        const signature = createHmac('sha256', appSecret).update(body).digest();
        const isOurs = timingSafeEqual(signature, Buffer.from(claimed, 'hex'));
        JSON.parse(body.toString('utf8'));
        response.writeHead(isOurs ? 200 : 401).end('{"status":"received"}');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  },
});
