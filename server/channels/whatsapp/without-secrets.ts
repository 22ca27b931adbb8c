import type { Failure } from '../channel.ts';

/**
 * The failure with every secret taken out of its detail, which goes to the log: Meta repeats a token it does not
 * accept in the text of the error, and may repeat the number it could not reach.
 */
export function withoutSecrets(failure: Failure, secrets: readonly (string | null | undefined)[]): Failure {
  if (failure.detail === null) return failure;
  const detail = secrets.reduce<string>(
    (text, secret) => (secret ? text.replaceAll(secret, '[hidden]') : text),
    failure.detail,
  );
  return { ...failure, detail };
}
