import type { ErrorBody } from '../../contract/error.ts';

/** Why a request was not done, as its caller reads it. `details` names fields, each with a sentence. */
export type Refusal = {
  readonly status: number;
  readonly error_code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, string>>;
};

/** The one shape in which every error leaves, whoever noticed it. */
export function errorShape(refusal: Refusal, made: { at: number; requestId: string }): ErrorBody {
  return {
    error_code: refusal.error_code,
    message: refusal.message,
    details: { ...refusal.details },
    timestamp: new Date(made.at).toISOString(),
    request_id: made.requestId,
  };
}
