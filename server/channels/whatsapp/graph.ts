import { buildConnector, Pool } from 'undici';

const CONNECTIONS = 128;

/** Closing lets everything that is under way finish, so these only meet calls that had not begun. */
const CAME_TOO_LATE: readonly (string | null)[] = ['UND_ERR_CLOSED', 'UND_ERR_DESTROYED'];

/** What came of one call, told apart by the question that matters: may it have been carried out? */
export type GraphAnswer =
  /** `body` is undefined when it was not JSON. `date` is the clock of whoever answered, as HTTP writes it. */
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: unknown;
      readonly date: string | null;
    }
  /** Nothing left this machine. */
  | { readonly kind: 'not-sent'; readonly why: string }
  /** It left, and no whole answer came back. */
  | { readonly kind: 'no-answer'; readonly why: string };

type GraphOptions = {
  readonly apiBaseUrl: string;
  readonly apiVersion: string;
  /** Null: calls that need none, such as asking whether a version lives. */
  readonly token: string | null;
  readonly connectTimeoutMs: number;
  /** Counts from when the request has left. */
  readonly requestTimeoutMs: number;
};

type Graph = {
  /** `path` begins with a slash and comes after the version. */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<GraphAnswer>;
  close(): Promise<void>;
};

/** Meta's Graph API over one pool of kept-alive connections. */
export function createGraph(options: GraphOptions): Graph {
  const base = new URL(options.apiBaseUrl);
  const pathStart = `${base.pathname.replace(/\/+$/, '')}/${options.apiVersion}`;
  const connecting = createConnector(options.connectTimeoutMs);
  const pool = new Pool(base.origin, {
    connections: CONNECTIONS,
    connect: connecting.connect,
    // One request per connection at a time: a connection that breaks leaves a single message in doubt.
    allowH2: false,
    pipelining: 1,
    headersTimeout: options.requestTimeoutMs,
    bodyTimeout: options.requestTimeoutMs,
  });
  const headers = {
    ...(options.token === null ? {} : { authorization: `Bearer ${options.token}` }),
    accept: 'application/json',
  };
  const headersWithBody = { ...headers, 'content-type': 'application/json' };

  return {
    async call(method, path, body) {
      try {
        const response = await pool.request({
          method,
          path: pathStart + path,
          headers: body === undefined ? headers : headersWithBody,
          body: body === undefined ? null : JSON.stringify(body),
        });
        const { date } = response.headers;
        return {
          kind: 'answered',
          status: response.statusCode,
          body: jsonIn(await response.body.text()),
          date: typeof date === 'string' ? date : null,
        };
      } catch (error) {
        if (!(error instanceof Error) || codeOf(error) === 'UND_ERR_INVALID_ARG') throw error;
        const why = `${codeOf(error) ?? error.name}: ${error.message}`;
        const nothingLeft = connecting.hasFailedWith(error) || CAME_TOO_LATE.includes(codeOf(error));
        return { kind: nothingLeft ? 'not-sent' : 'no-answer', why };
      }
    },
    async close() {
      if (!pool.closed) await pool.close();
    },
  };
}

/**
 * Remembers which errors arose before a connection stood: a refused port, a name that does not resolve, a
 * certificate that does not fit. Where an error arose says for certain that nothing was sent; a list of error
 * codes would not, ECONNRESET for one comes from both sides of that line.
 */
function createConnector(timeoutMs: number): {
  connect: buildConnector.connector;
  hasFailedWith(error: Error): boolean;
} {
  const failures = new WeakSet<Error>();
  const connect = buildConnector({ allowH2: false, timeout: timeoutMs });
  return {
    connect: (options, callback) =>
      connect(options, (...outcome) => {
        if (outcome[0] !== null) failures.add(outcome[0]);
        callback(...outcome);
      }),
    hasFailedWith: (error) => failures.has(error),
  };
}

function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
