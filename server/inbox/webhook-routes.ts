import type { WebhookReading } from '../channels/channel.ts';
import { refuse } from '../http/refuse.ts';
import type { HttpServer } from '../http/server.ts';

const MEGABYTES = 1024 * 1024;

/** Meta sends up to 3 MB, a thousand updates in one notification. */
const LARGEST_NOTIFICATION_BYTES = 3 * MEGABYTES;

/** What the channel's door knows about its own notifications. */
export type WebhookDoor = {
  handshake(
    query: URLSearchParams,
  ):
    | { readonly status: 200; readonly challenge: string }
    | { readonly status: 403 }
    | { readonly status: 400 };
  /** Over the raw bytes: parsing and writing the JSON again would give others. */
  isAuthentic(rawBody: Buffer, signature: string | undefined): boolean;
  read(body: unknown): WebhookReading;
};

/**
 * Where WhatsApp tells us what happened. The 200 goes out when everything is on disk and not before; when the store
 * is down the error tells Meta to try again, which it does for seven days.
 */
export function webhookRoutes(it: {
  door: WebhookDoor;
  receive: (reading: WebhookReading) => Promise<void>;
}) {
  const { door, receive } = it;

  return async (app: HttpServer): Promise<void> => {
    // Only in here: everywhere else a body arrives parsed.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));

    app.get('/webhooks/whatsapp', { schema: { hide: true } }, async (request, reply) => {
      // Some query parsers turn `hub.mode` into a nested object.
      const answer = door.handshake(new URL(request.url, 'http://localhost').searchParams);
      switch (answer.status) {
        case 200:
          return reply.type('text/plain; charset=utf-8').send(answer.challenge);
        case 403:
          return refuse(reply, {
            status: 403,
            error_code: 'wrong_verify_token',
            message:
              'The verify token is not ours: compare WHATSAPP_VERIFY_TOKEN with what was entered at Meta.',
          });
        case 400:
          return refuse(reply, {
            status: 400,
            error_code: 'not_a_handshake',
            message: 'hub.mode, hub.verify_token and hub.challenge are needed.',
          });
        default: {
          const impossible: never = answer;
          throw new Error(`Unknown answer to a handshake: ${JSON.stringify(impossible)}`);
        }
      }
    });

    app.post(
      '/webhooks/whatsapp',
      { schema: { hide: true }, bodyLimit: LARGEST_NOTIFICATION_BYTES },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const signature = request.headers['x-hub-signature-256'];
        if (!door.isAuthentic(body, typeof signature === 'string' ? signature : undefined)) {
          return refuse(reply, {
            status: 401,
            error_code: 'wrong_signature',
            message: 'The notification is not signed with our app secret.',
          });
        }
        const notification = parse(body);
        if (notification === undefined) {
          return refuse(reply, {
            status: 400,
            error_code: 'not_json',
            message: 'The notification is signed but is no JSON.',
          });
        }
        await receive(door.read(notification));
        return reply.send({ status: 'received' });
      },
    );
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
