import type { Answer } from '../channels/whatsapp/management/answer.ts';
import type { TokenFacts } from '../channels/whatsapp/management/answer-schemas.ts';
import { type Check, failed, ok, warning } from './check.ts';
import { unanswered } from './unanswered.ts';

const DAYS = 24 * 60 * 60 * 1000;
const WARN_BEFORE_MS = 14 * DAYS;
const SCOPES = ['whatsapp_business_messaging', 'whatsapp_business_management'];
/** Meta's words for an app id and secret that do not fit each other. */
const APP_REFUSED: readonly number[] = [1, 101, 190];

const RENEW =
  'Business Settings → System users → Generate new token, with both WhatsApp permissions and no expiry; then set WHATSAPP_TOKEN in .env.';

/** Whether the access token is valid, for long enough, for this app and account, and for all we do with it. */
export function checkToken(
  answer: Answer<TokenFacts>,
  it: { appId: string; businessAccountId: string | null; now: number },
): Check {
  const name = 'access token';
  if (answer.kind === 'failed') {
    if (answer.failure.code === null || !APP_REFUSED.includes(answer.failure.code)) {
      return unanswered(name, answer.failure);
    }
    return failed(
      name,
      'Meta does not accept WHATSAPP_APP_ID with WHATSAPP_APP_SECRET, so it tells nothing of the token.',
      'Copy both from App Dashboard → App settings → Basic into .env.',
    );
  }
  const token = answer.value;
  if (!token.isValid) {
    const expired = token.expiresAt !== null && token.expiresAt <= it.now ? day(token.expiresAt) : null;
    const sentence = expired === null ? 'Meta does not accept it.' : `It expired on ${expired}.`;
    return failed(name, sentence, RENEW);
  }
  if (token.appId !== null && token.appId !== it.appId) {
    return failed(
      name,
      `It belongs to the app ${token.appId}, not to ${it.appId}.`,
      'Set WHATSAPP_APP_ID and WHATSAPP_APP_SECRET in .env to those of the app that the token was made for.',
    );
  }
  const missing = SCOPES.filter((scope) => !token.scopes.includes(scope));
  if (missing.length > 0) return failed(name, `It lacks the permission ${missing.join(' and ')}.`, RENEW);
  const elsewhere = SCOPES.some((scope) => {
    const targets = token.targetsOf(scope);
    return it.businessAccountId !== null && targets !== null && !targets.includes(it.businessAccountId);
  });
  if (elsewhere) {
    return failed(
      name,
      `It may not use the account ${it.businessAccountId}.`,
      'Business Settings → System users → Assign assets: give the system user full control of the WhatsApp account.',
    );
  }
  if (token.expiresAt !== null && token.expiresAt - it.now < WARN_BEFORE_MS) {
    return warning(name, `It is valid and expires on ${day(token.expiresAt)}.`, RENEW);
  }
  const until = token.expiresAt === null ? 'never expires' : `expires on ${day(token.expiresAt)}`;
  return ok(name, `It is valid, has both permissions and ${until}.`);
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
