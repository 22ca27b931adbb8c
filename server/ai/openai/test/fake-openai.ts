import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';

/** A server on the loopback that answers as OpenAI does, in both of its ways, with whatever a test prepares. */
export type FakeOpenAI = {
  readonly baseUrl: string;
  readonly requests: readonly RecordedRequest[];
  /** One per request, in order; the last one stays for all that follow. */
  willReply(...replies: readonly Reply[]): void;
  /** Carries what is meant for api.openai.com to this server. */
  readonly fetchInsteadOfOpenAI: typeof globalThis.fetch;
  close(): Promise<void>;
};

export type RecordedRequest = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** The body as it came. */
  readonly raw: string;
};

export type Reply = (response: ServerResponse, request: RecordedRequest) => void;

export async function startFakeOpenAI(): Promise<FakeOpenAI> {
  const requests: RecordedRequest[] = [];
  let prepared: Reply[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const request = { path: message.url ?? '', headers: message.headers, body: JSON.parse(raw), raw };
      requests.push(request);
      const reply = prepared.length > 1 ? prepared.shift() : prepared[0];
      reply?.(response, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    baseUrl: `${origin}/v1`,
    requests,
    willReply: (...replies) => {
      prepared = [...replies];
    },
    fetchInsteadOfOpenAI: (input, init) =>
      fetch(String(input).replace('https://api.openai.com', origin), init),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The usage that `says` reports, in numbers that tell the fields apart. */
export const USAGE = { input: 1_200, cached: 1_000, cacheWrites: 100, output: 600 };

/** A good reply holding this text, in the shape of the API that was asked. */
export function says(text: string): Reply {
  return (response, request) => json(200, completed(request, text))(response, request);
}

export function saysGrading(grading: unknown): Reply {
  return says(JSON.stringify(grading));
}

export function refuses(): Reply {
  return (response, request) => {
    const refusal = 'I cannot help with that.';
    const body = isChat(request)
      ? chatBody(request, { content: null, refusal }, 'stop')
      : responseBody(request, { content: [{ type: 'refusal', refusal }] });
    json(200, body)(response, request);
  };
}

/** Stopped before the end: `max_output_tokens` or `content_filter`. */
export function stopsShort(reason: 'max_output_tokens' | 'content_filter'): Reply {
  return (response, request) => {
    const finish = reason === 'content_filter' ? 'content_filter' : 'length';
    const body = isChat(request)
      ? chatBody(request, { content: '{"verdicts":[' }, finish)
      : { ...responseBody(request, null), status: 'incomplete', incomplete_details: { reason } };
    json(200, body)(response, request);
  };
}

/** HTTP 200 around a failure; only the Responses API does this. */
export function failsInside(code: string): Reply {
  return (response, request) =>
    json(200, {
      ...responseBody(request, null),
      status: 'failed',
      error: { code, message: 'It failed.' },
    })(response, request);
}

export function refusesWith(
  status: number,
  error: { code?: string | null; param?: string | null; type?: string; message?: string },
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = {
    error: { message: 'Something about it.', type: 'error', param: null, code: null, ...error },
  };
  return json(status, body, headers);
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_42', ...headers });
    response.end(JSON.stringify(body));
  };
}

export function html(status: number): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end('<html><body><h1>Bad gateway</h1></body></html>');
  };
}

export const hangs: Reply = () => {};

/** Sends headers and half a body, and never the rest. */
export const hangsHalfway: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"object":"response","output":[');
};

export const resets: Reply = (response) => {
  response.socket?.destroy();
};

function isChat(request: RecordedRequest): boolean {
  return request.path.endsWith('/chat/completions');
}

function completed(request: RecordedRequest, text: string): unknown {
  return isChat(request)
    ? chatBody(request, { content: text, refusal: null }, 'stop')
    : responseBody(request, { content: [{ type: 'output_text', text, annotations: [] }] });
}

function responseBody(
  request: RecordedRequest,
  message: Record<string, unknown> | null,
): Record<string, unknown> {
  return {
    id: 'resp_1',
    object: 'response',
    status: 'completed',
    error: null,
    incomplete_details: null,
    model: request.body.model,
    output: [
      { id: 'rs_1', type: 'reasoning', summary: [] },
      ...(message === null
        ? []
        : [{ id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', ...message }]),
    ],
    usage: {
      input_tokens: USAGE.input,
      input_tokens_details: { cached_tokens: USAGE.cached, cache_write_tokens: USAGE.cacheWrites },
      output_tokens: USAGE.output,
      output_tokens_details: { reasoning_tokens: 400 },
      total_tokens: USAGE.input + USAGE.output,
    },
  };
}

function chatBody(request: RecordedRequest, message: Record<string, unknown>, finish: string): unknown {
  return {
    id: 'chatcmpl_1',
    object: 'chat.completion',
    model: request.body.model,
    choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', ...message } }],
    usage: {
      prompt_tokens: USAGE.input,
      prompt_tokens_details: { cached_tokens: USAGE.cached, cache_write_tokens: USAGE.cacheWrites },
      completion_tokens: USAGE.output,
      total_tokens: USAGE.input + USAGE.output,
    },
  };
}
