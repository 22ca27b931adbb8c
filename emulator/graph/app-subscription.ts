import type { Identifiers } from '../identifiers.ts';
import { textAt } from '../json-object.ts';
import type { Subscription } from '../webhooks/subscription.ts';
import type { AccountState } from './account-state.ts';
import type { GraphRoutes } from './graph-call.ts';
import { shakeHands } from './handshake.ts';
import { invalidParameter } from './refusal.ts';

/** Everything an app may hear of an account. */
const FIELDS: ReadonlySet<string> = new Set(
  (
    'account_alerts account_review_update account_update account_settings_update business_capability_update ' +
    'business_status_update business_username_updates calls flows group_lifecycle_update group_participants_update ' +
    'group_settings_update group_status_update history message_echoes message_template_components_update ' +
    'message_template_quality_update message_template_status_update messages messaging_handovers partner_solutions ' +
    'payment_configuration_update phone_number_name_update phone_number_quality_update security smb_app_state_sync ' +
    'smb_message_echoes template_category_update template_correct_category_detection tracking_events user_preferences'
  ).split(' '),
);

/** Calls about the app itself: where its webhooks go, and what a token is good for. */
export function appRoutes(needs: {
  appId: string;
  token: string;
  businessAccountId: string;
  identifiers: Identifiers;
  subscription: Subscription;
  state: AccountState;
  now: () => number;
}): GraphRoutes {
  const { subscription, state } = needs;
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
      const unknown = fields.find((field) => !FIELDS.has(field));
      if (unknown !== undefined) {
        return { refused: invalidParameter(`Param fields holds an unknown field: ${unknown}`) };
      }
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
      const { expiresAt, scopes, targetIds } = state.token;
      const isOurs = query.input_token === needs.token;
      const isValid = isOurs && (expiresAt === null || needs.now() < expiresAt);
      const about = {
        app_id: needs.appId,
        type: 'SYSTEM_USER',
        application: 'Emulator',
        is_valid: isValid,
        expires_at: expiresAt === null ? 0 : Math.floor(expiresAt / 1000),
        data_access_expires_at: 0,
        scopes: isValid ? scopes : [],
        granular_scopes: isValid
          ? scopes.map((scope) => ({ scope, target_ids: targetIds ?? [needs.businessAccountId] }))
          : [],
      };
      const message = isOurs
        ? 'Error validating access token: Session has expired'
        : 'Invalid OAuth access token - Cannot parse access token';
      const error = { code: 190, message, ...(isOurs ? { subcode: 463 } : {}) };
      return { answer: { data: isValid ? about : { ...about, error } } };
    },
  };
}
