import type { Socket } from 'node:net';
import { errorShape } from './error-shape.ts';

/** Answers what was not even HTTP, or came too slowly: no request exists yet, so the answer is written by hand. */
export function answerBrokenConnection(
  error: Error & { code?: string },
  socket: Socket,
  { now, requestId }: { now: () => number; requestId: string },
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason, message] = ANSWERS[error.code ?? ''] ?? UNREADABLE;
  const refusal = { status, error_code: 'bad_request', message };
  const body = JSON.stringify(errorShape(refusal, { at: now(), requestId }));
  socket.end(
    [
      `HTTP/1.1 ${status} ${reason}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      '',
      body,
    ].join('\r\n'),
  );
}

type Answer = readonly [status: number, reason: string, message: string];

const UNREADABLE: Answer = [400, 'Bad Request', 'The request is not HTTP.'];

/** By the codes of Node's HTTP parser. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request took too long to arrive.'],
};
