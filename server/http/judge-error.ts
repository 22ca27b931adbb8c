import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Refusal } from './error-shape.ts';

/** What to tell the caller about a thrown error. Never its own message: that may quote what was sent, or our insides. */
export function judgeError(error: unknown): Refusal {
  if (hasZodFastifySchemaValidationErrors(error)) {
    return { ...BY_STATUS[400], error_code: 'validation_failed', details: detailsOf(error.validation) };
  }
  const status = statusOf(error);
  const known = BY_STATUS[status];
  if (known !== undefined) return known;
  return status >= 400 && status < 500 ? { ...BY_STATUS[400], status } : BY_STATUS[500];
}

const BY_STATUS: Readonly<Record<number, Refusal>> & Readonly<Record<400 | 500, Refusal>> = {
  400: { status: 400, error_code: 'bad_request', message: 'The request cannot be read.' },
  401: { status: 401, error_code: 'unauthorized', message: 'Sign in, or send a valid token.' },
  403: { status: 403, error_code: 'forbidden', message: 'This is not allowed for you.' },
  404: { status: 404, error_code: 'not_found', message: 'There is nothing at this address.' },
  413: { status: 413, error_code: 'body_too_large', message: 'The request is too large.' },
  415: { status: 415, error_code: 'unsupported_media_type', message: 'Send the body as application/json.' },
  429: {
    status: 429,
    error_code: 'rate_limited',
    message: 'Too many requests. Wait a little and try again.',
  },
  500: {
    status: 500,
    error_code: 'internal_error',
    message: 'Something broke on our side. Try again later.',
  },
  503: { status: 503, error_code: 'unavailable', message: 'The service cannot answer now. Try again later.' },
};

function statusOf(error: unknown): number {
  const named = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  return typeof named === 'number' ? named : 500;
}

/** `/whatsapp_number` → `whatsapp_number`; a complaint about the whole body stands under `body`. */
function detailsOf(
  faults: readonly { instancePath: string; message?: string | undefined }[],
): Record<string, string> {
  const details: Record<string, string> = {};
  for (const { instancePath, message } of faults) {
    const field = instancePath.slice(1).replaceAll('/', '.') || 'body';
    details[field] ??= message ?? 'Invalid';
  }
  return details;
}
