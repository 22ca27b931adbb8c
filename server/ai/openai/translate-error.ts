import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import type { ModelReply } from './model-port.ts';
import { plainWord } from './plain-word.ts';
import { retryAfterMs } from './retry-after.ts';
import { NO_USAGE } from './token-usage.ts';

const SECONDS = 1_000;
const MINUTES = 60 * SECONDS;

/** What somebody has to mend stays broken for a while: asking at once again only adds refused requests. */
const OPERATOR_PAUSE_MS = 60 * SECONDS;
/** A wait that fits between two attempts within the deadline of one assessment. */
const LONGEST_WAIT_MS = 5 * SECONDS;
/** A server that asks for hours is asked again earlier: limits are often raised, and one request costs nothing. */
const LONGEST_PAUSE_MS = 10 * MINUTES;

/**
 * What the client library threw, in our words. The provider's own sentences stay out of `why`: they may repeat the
 * prompt, part of the key, or a proxy's whole HTML page.
 */
export function translateError(
  error: unknown,
  asked: { model: string; now: number; signal: AbortSignal },
): ModelReply {
  if (!(error instanceof APIError)) {
    // The library parses the body itself and throws what JSON.parse throws, or stumbles over a page of HTML.
    return { kind: 'unreadable', why: 'the body could not be read', usage: NO_USAGE };
  }
  if (error instanceof APIUserAbortError) return aborted(asked.signal);
  if (error instanceof APIConnectionTimeoutError) return passing('no answer in time', null);
  if (error instanceof APIConnectionError) return passing('no connection', null);
  const why = describe(error);
  if (isUnpaid(error)) {
    return closed(
      why,
      'The OpenAI account has no credit left: pay, or raise its limit, for the account of OPENAI_API_KEY.',
    );
  }
  if (isAboutTheAnswer(error)) return { kind: 'refused', why, usage: NO_USAGE };
  switch (error.status) {
    case 401:
      return closed(why, 'OpenAI does not accept the key: set a valid OPENAI_API_KEY.');
    case 403:
      return closed(
        why,
        `OpenAI does not let this key use "${asked.model}": change OPENAI_MODEL, or allow the model in the project of OPENAI_API_KEY.`,
      );
    case 404:
      return closed(
        why,
        `OpenAI does not know "${asked.model}", or the address is wrong: check OPENAI_MODEL, OPENAI_BASE_URL and OPENAI_API.`,
      );
    case 408:
    case 409:
    case 429:
      return passing(why, retryAfterMs(error.headers, asked.now));
    case undefined:
      return passing(why, null);
    default:
      if (error.status >= 500) return passing(why, retryAfterMs(error.headers, asked.now));
      return {
        kind: 'rejected',
        why,
        sentence: `OpenAI refused a grading request as malformed (${why}): check that "${asked.model}" (OPENAI_MODEL) supports structured output over OPENAI_API.`,
      };
  }
}

/** The library says "aborted" to our deadlines and to the caller's change of mind alike; only the reason differs. */
function aborted(signal: AbortSignal): ModelReply {
  const reason: unknown = signal.reason;
  const ranOut = reason instanceof DOMException && reason.name === 'TimeoutError';
  return ranOut ? passing('no answer in time', null) : { kind: 'cancelled', why: 'cancelled by the caller' };
}

function passing(why: string, waitMs: number | null): ModelReply {
  if (waitMs === null || waitMs <= LONGEST_WAIT_MS) return { kind: 'passing', why, waitMs };
  return { kind: 'closed', why, closeForMs: Math.min(waitMs, LONGEST_PAUSE_MS), sentence: null };
}

function closed(why: string, sentence: string): ModelReply {
  return { kind: 'closed', why, closeForMs: OPERATOR_PAUSE_MS, sentence };
}

function describe(error: APIError): string {
  const code = plainWord(error.code);
  const parameter = plainWord(error.param);
  const request = plainWord(error.requestID);
  return [
    `HTTP ${error.status ?? 'none'}`,
    ...(code === null ? [] : [code]),
    ...(parameter === null ? [] : [`about ${parameter}`]),
    ...(request === null ? [] : [`request ${request}`]),
  ].join(', ');
}

/** Comes as 429 like any rate limit, and waiting does not help. */
function isUnpaid(error: APIError): boolean {
  const codes = ['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active'];
  return error.status === 402 || codes.some((code) => error.code === code || error.type === code);
}

/** Some servers filter what comes in with a 400 instead of a refusal. */
function isAboutTheAnswer(error: APIError): boolean {
  const codes = ['content_filter', 'content_policy_violation', 'invalid_prompt'];
  return error.status === 400 && codes.some((code) => error.code === code);
}
