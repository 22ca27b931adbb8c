import type { AccountTroubles } from '../../contract/switches.ts';
import type { Identifiers } from '../identifiers.ts';
import { isJsonObject } from '../json-object.ts';
import { tierOf } from '../sending/limits.ts';
import type { Subscription } from '../webhooks/subscription.ts';
import type { AccountState } from './account-state.ts';
import { businessProfileRoutes } from './business-profile.ts';
import { createConversationalAutomation } from './conversational-automation.ts';
import { selectFields } from './fields.ts';
import { DONE, type GraphRoutes } from './graph-call.ts';
import { healthStatus } from './health-status.ts';
import { numberRegistrationRoutes, pinIn } from './number-registration.ts';
import { readOverride } from './override-callback.ts';
import { invalidParameter } from './refusal.ts';

const USUAL_FIELDS = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
];

/** The business phone number as the management API shows it, and everything that is set up on it. */
export function phoneNumberRoutes(needs: {
  phoneNumberId: string;
  businessAccountId: string;
  appId: string;
  businessNumber: string;
  businessName: string;
  subscription: Subscription;
  identifiers: Identifiers;
  state: AccountState;
  account: Readonly<AccountTroubles>;
  now: () => number;
}): GraphRoutes {
  const { state, subscription } = needs;
  const automation = createConversationalAutomation();
  const node = () => ({
    id: needs.phoneNumberId,
    display_phone_number: displayed(needs.businessNumber),
    verified_name: needs.businessName,
    quality_rating: needs.account.quality,
    code_verification_status: state.number.verification,
    name_status: 'APPROVED',
    status: state.number.status,
    account_mode: 'LIVE',
    is_official_business_account: false,
    is_pin_enabled: state.number.pin !== null,
    throughput: { level: 'STANDARD' },
    platform_type: state.number.platform,
    whatsapp_business_manager_messaging_limit: tierOf(needs.account.recipientsPerDay),
    messaging_limit_tier: tierOf(needs.account.recipientsPerDay),
    webhook_configuration: {
      application: subscription.callbackUrl() ?? '',
      ...overrides('whatsapp_business_account', subscription.overrideOf('account')),
      ...overrides('phone_number', subscription.overrideOf('number')),
    },
    conversational_automation: automation.shown(),
    health_status: healthStatus(needs, state, needs.account.noPaymentMethod),
  });
  return {
    'GET phone-number': ({ query }) =>
      selectFields(node(), query.fields, USUAL_FIELDS, 'WhatsAppBusinessPhoneNumber'),

    /** Two things are set here: the PIN, and the number's own address for notifications. */
    'POST phone-number': async ({ body }) => {
      const wish = body?.webhook_configuration;
      if (isJsonObject(wish)) {
        const override = await readOverride(wish, needs.identifiers);
        if ('refused' in override) return override;
        subscription.override('number', override.url);
        return DONE;
      }
      if (body === null || !('pin' in body)) {
        return {
          refused: invalidParameter('One of the parameters pin and webhook_configuration is required.'),
        };
      }
      const pin = pinIn(body);
      if (typeof pin !== 'string') return pin;
      state.number.pin = pin;
      return DONE;
    },

    'GET account/phone_numbers': () => {
      const {
        webhook_configuration: _,
        health_status: __,
        conversational_automation: ___,
        ...listed
      } = node();
      const data = state.number.belongsToAccount ? [listed] : [];
      return { answer: { data, paging: { cursors: { before: 'MAZDZD', after: 'MAZDZD' } } } };
    },

    ...numberRegistrationRoutes(needs),
    ...businessProfileRoutes(),
    ...automation.routes,
  };
}

function overrides(name: string, url: string | null): object {
  return url === null ? {} : { [name]: url };
}

/** Grouped for North America, the only place whose habit the set-up uses; elsewhere a plus and the digits. */
function displayed(number: string): string {
  return /^1\d{10}$/.test(number)
    ? `+1 ${number.slice(1, 4)}-${number.slice(4, 7)}-${number.slice(7)}`
    : `+${number}`;
}
