import { type JsonObject, textAt } from '../json-object.ts';
import type { AccountState } from './account-state.ts';
import { DONE, type GraphAnswer, type GraphRoutes } from './graph-call.ts';
import { invalidParameter, refusal } from './refusal.ts';

const HOURS = 60 * 60 * 1000;
const MOST_REGISTRATIONS = { count: 10, withinMs: 72 * HOURS };
/** Nobody here reads text messages: whatever code is asked for, it is this one. */
const CODE = '123456';

/** The life of a number: registered, its code asked for and given, its PIN set, and taken off again. */
export function numberRegistrationRoutes(needs: { state: AccountState; now: () => number }): GraphRoutes {
  const { number } = needs.state;
  const movedAt: number[] = [];
  let codeAsked = false;

  /** Registering and deregistering share one allowance. */
  function checkAllowance(): GraphAnswer | null {
    const recent = movedAt.filter((at) => at > needs.now() - MOST_REGISTRATIONS.withinMs);
    if (recent.length >= MOST_REGISTRATIONS.count) {
      return {
        refused: { ...refusal(133016, 'Too many registrations within 72 hours.'), message: TOO_MANY_MOVES },
      };
    }
    movedAt.push(needs.now());
    return null;
  }

  return {
    'POST phone-number/register': ({ body }) => {
      const pin = pinIn(body);
      if (textAt(body, 'messaging_product') !== 'whatsapp') return { refused: PRODUCT_MISSING };
      if (typeof pin !== 'string') return pin;
      const refused = checkAllowance();
      if (refused !== null) return refused;
      if (number.verification !== 'VERIFIED') {
        const needed = 'The phone number needs to be verified before registering.';
        return {
          refused: { ...refusal(133006, needed), message: '(#133006) Phone number re-verification needed' },
        };
      }
      if (number.pin !== null && number.pin !== pin) {
        const wrong = 'The two-step verification PIN is not the one that was set.';
        return {
          refused: { ...refusal(133005, wrong), message: '(#133005) Two step verification PIN Mismatch' },
        };
      }
      number.pin = pin;
      number.status = 'CONNECTED';
      number.platform = 'CLOUD_API';
      return DONE;
    },

    'POST phone-number/deregister': () => {
      const refused = checkAllowance();
      if (refused !== null) return refused;
      number.status = 'DISCONNECTED';
      number.platform = 'NOT_APPLICABLE';
      return DONE;
    },

    'POST phone-number/request_code': ({ body, query }) => {
      const given = (name: string) => textAt(body, name) ?? query[name] ?? '';
      if (given('code_method') !== 'SMS' && given('code_method') !== 'VOICE') {
        return { refused: invalidParameter('Param code_method must be one of {SMS, VOICE}') };
      }
      if (!/^[a-z]{2}(_[A-Z]{2})?$/.test(given('language'))) {
        return { refused: invalidParameter('The parameter language is required.') };
      }
      if (number.verification === 'VERIFIED') {
        return {
          refused: {
            http: 400,
            code: 136024,
            type: 'OAuthException',
            message: '(#136024) Request code error',
            userTitle: 'Phone number is already verified',
            userMessage: 'This number has been verified. No code is sent.',
          },
        };
      }
      codeAsked = true;
      return DONE;
    },

    'POST phone-number/verify_code': ({ body, query }) => {
      const code = textAt(body, 'code') ?? query.code ?? '';
      if (!codeAsked || code.replace('-', '') !== CODE) {
        return {
          refused: {
            http: 400,
            code: 136025,
            type: 'OAuthException',
            message: '(#136025) Verify code error',
            userTitle: 'Code could not be verified',
            userMessage: 'The code is not the one that was sent. Ask for another.',
          },
        };
      }
      codeAsked = false;
      number.verification = 'VERIFIED';
      return DONE;
    },
  };
}

/** A new two-step code, set by a plain POST to the number. */
export function pinIn(body: JsonObject | null): string | { refused: ReturnType<typeof invalidParameter> } {
  const pin = textAt(body, 'pin') ?? '';
  return /^\d{6}$/.test(pin) ? pin : { refused: invalidParameter('Param pin must be 6 digits.') };
}

const PRODUCT_MISSING = invalidParameter('The parameter messaging_product is required.');
const TOO_MANY_MOVES = '(#133016) Account register deregister rate limit exceeded';
