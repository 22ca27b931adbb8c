import type { Identifiers } from '../identifiers.ts';
import { textAt } from '../json-object.ts';
import type { Subscription } from '../webhooks/subscription.ts';
import type { GraphRoutes } from './graph-call.ts';
import { invalidParameter, type Refusal } from './refusal.ts';

const HANDSHAKE_TIMEOUT_MS = 10_000;
const SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging'];

/** Calls about the app itself: where its webhooks go, and what a token is good for. */
export function appRoutes(needs: {
  appId: string;
  token: string;
  businessAccountId: string;
  identifiers: Identifiers;
  subscription: Subscription;
}): GraphRoutes {
  const { subscription } = needs;
  return {
    'GET app/subscriptions': () => {
      const callbackUrl = subscription.callbackUrl();
      const fields = subscription.fields().map((name) => ({ name, version: 'v25.0' }));
      const only = { object: 'whatsapp_business_account', callback_url: callbackUrl, active: true, fields };
      return { answer: { data: callbackUrl === null ? [] : [only] } };
    },

    'POST app/subscriptions': async ({ body, query }) => {
      const given = (name: string) => textAt(body, name) ?? query[name] ?? '';
      const fields = given('fields')
        .split(',')
        .map((field) => field.trim())
        .filter(Boolean);
      if (given('object') !== 'whatsapp_business_account') {
        return { refused: invalidParameter('Param object must be whatsapp_business_account.') };
      }
      if (fields.length === 0) return { refused: invalidParameter('The parameter fields is required.') };
      if (!URL.canParse(given('callback_url'))) {
        return { refused: invalidParameter('Param callback_url must be a valid URI.') };
      }
      const challenge = needs.identifiers.challenge();
      const refused = await shakeHands(given('callback_url'), given('verify_token'), challenge);
      if (refused !== null) return { refused };
      subscription.setCallback(given('callback_url'), fields);
      return { answer: { success: true } };
    },

    'GET debug_token': ({ query }) => {
      const isValid = query.input_token === needs.token;
      const about = {
        app_id: needs.appId,
        type: 'SYSTEM_USER',
        application: 'Emulator',
        is_valid: isValid,
        expires_at: 0,
        data_access_expires_at: 0,
        scopes: isValid ? SCOPES : [],
        granular_scopes: isValid
          ? SCOPES.map((scope) => ({ scope, target_ids: [needs.businessAccountId] }))
          : [],
      };
      const error = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
      return { answer: { data: isValid ? about : { ...about, error } } };
    },
  };
}

/** The same GET that Meta makes before it accepts an address. */
async function shakeHands(
  callbackUrl: string,
  verifyToken: string,
  challenge: string,
): Promise<Refusal | null> {
  const url = new URL(callbackUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  try {
    const answer = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(HANDSHAKE_TIMEOUT_MS),
    });
    const body = await answer.text();
    if (answer.status === 200 && body === challenge) return null;
    return handshakeFailed(
      `HTTP Status Code = ${answer.status}; the body is ${body === challenge ? '' : 'not '}the challenge`,
    );
  } catch (error) {
    return handshakeFailed(error instanceof Error ? error.message : String(error));
  }
}

function handshakeFailed(why: string): Refusal {
  return {
    http: 400,
    code: 2200,
    type: 'OAuthException',
    message: `(#2200) Callback verification failed with the following errors: ${why}`,
  };
}
