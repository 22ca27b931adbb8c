import type { ServerResponse } from 'node:http';
import type { PhoneEvent } from '../../contract/phone.ts';

/** Proxies and browsers give up on a connection that says nothing. */
const HEARTBEAT_MS = 15_000;

export type EventStream = ReturnType<typeof createEventStream>;

/** Server-sent events to every page that listens. */
export function createEventStream() {
  const listeners = new Set<ServerResponse>();
  const heartbeat = setInterval(() => {
    for (const listener of listeners) listener.write(': still here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    tell(event: PhoneEvent): void {
      if (listeners.size === 0) return;
      const text = `data: ${JSON.stringify(event)}\n\n`;
      for (const listener of listeners) listener.write(text);
    },
    /** Takes over an answer that was hijacked from the server. */
    attach(response: ServerResponse): void {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      });
      // A page that lost us asks again soon: the demo restarts while somebody edits.
      response.write('retry: 1000\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    },
    close(): void {
      clearInterval(heartbeat);
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
}
