/** What goes wrong with a call to a model. The first six come with HTTP 200. */
export type ModelFault =
  | 'refusal'
  /** Cut off: the room for the answer, thinking included, was used up. */
  | 'incomplete'
  | 'content-filter'
  | 'failed'
  | 'wrong-shape'
  | 'no-json'
  | '400'
  | '401'
  | '404'
  /** Too fast; come back in a second. */
  | '429'
  /** Too fast; come back in two minutes, which is longer than any client library waits. */
  | '429-long'
  | 'insufficient-quota'
  | '500'
  | 'html-502'
  | 'hang'
  | 'reset';

/** An error as OpenAI's API writes it. */
export type ModelError = {
  readonly http: number;
  readonly type: string;
  readonly code: string | null;
  readonly param: string | null;
  readonly message: string;
  readonly retryAfterSeconds?: number;
};

export function badRequest(code: string, param: string | null, message: string): ModelError {
  return { http: 400, type: 'invalid_request_error', code, param, message };
}

export const WRONG_KEY: ModelError = {
  http: 401,
  type: 'invalid_request_error',
  code: 'invalid_api_key',
  param: null,
  message: 'Incorrect API key provided.',
};

export function unknownModel(model: string): ModelError {
  return {
    http: 404,
    type: 'invalid_request_error',
    code: 'model_not_found',
    param: 'model',
    message: `The model '${model}' does not exist or you do not have access to it.`,
  };
}

/** The faults that are HTTP errors, or null for those that are not. */
export function errorOf(fault: ModelFault, model: string): ModelError | null {
  switch (fault) {
    case '400':
      return badRequest(
        'unsupported_value',
        'reasoning.effort',
        'Unsupported value, demanded of the emulator.',
      );
    case '401':
      return WRONG_KEY;
    case '404':
      return unknownModel(model);
    case '429':
      return { ...TOO_FAST, retryAfterSeconds: 1 };
    case '429-long':
      return { ...TOO_FAST, retryAfterSeconds: 120 };
    case 'insufficient-quota':
      return NO_QUOTA;
    case '500':
      return SERVER_ERROR;
    case 'refusal':
    case 'incomplete':
    case 'content-filter':
    case 'failed':
    case 'wrong-shape':
    case 'no-json':
    case 'html-502':
    case 'hang':
    case 'reset':
      return null;
    default: {
      const impossible: never = fault;
      throw new Error(`no such fault: ${impossible}`);
    }
  }
}

export const SERVER_ERROR: ModelError = {
  http: 500,
  type: 'server_error',
  code: 'server_error',
  param: null,
  message: 'The server had an error while processing your request.',
};

const TOO_FAST: ModelError = {
  http: 429,
  type: 'requests',
  code: 'rate_limit_exceeded',
  param: null,
  message: 'Rate limit reached for requests.',
};

const NO_QUOTA: ModelError = {
  http: 429,
  type: 'insufficient_quota',
  code: 'insufficient_quota',
  param: null,
  message: 'You exceeded your current quota, please check your plan and billing details.',
};
