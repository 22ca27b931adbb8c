import type { AccountTroubles } from '../../contract/switches.ts';
import { tierOf } from '../sending/limits.ts';
import type { Subscription } from '../webhooks/subscription.ts';
import { selectFields } from './fields.ts';
import { DONE, type GraphRoutes } from './graph-call.ts';

const USUAL_FIELDS = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
];

/** The business phone number as the management API shows it. */
export function phoneNumberRoutes(needs: {
  phoneNumberId: string;
  businessAccountId: string;
  appId: string;
  businessNumber: string;
  businessName: string;
  subscription: Subscription;
  account: Readonly<AccountTroubles>;
}): GraphRoutes {
  const node = () => ({
    id: needs.phoneNumberId,
    display_phone_number: displayed(needs.businessNumber),
    verified_name: needs.businessName,
    quality_rating: needs.account.quality,
    code_verification_status: 'VERIFIED',
    name_status: 'APPROVED',
    status: 'CONNECTED',
    account_mode: 'LIVE',
    is_official_business_account: false,
    throughput: { level: 'STANDARD' },
    platform_type: 'CLOUD_API',
    whatsapp_business_manager_messaging_limit: tierOf(needs.account.recipientsPerDay),
    messaging_limit_tier: tierOf(needs.account.recipientsPerDay),
    webhook_configuration: { application: needs.subscription.callbackUrl() ?? '' },
    health_status: health(needs),
  });
  return {
    'GET phone-number': ({ query }) =>
      selectFields(node(), query.fields, USUAL_FIELDS, 'WhatsAppBusinessPhoneNumber'),
    'GET account/phone_numbers': () => {
      const { webhook_configuration: _, health_status: __, ...listed } = node();
      return { answer: { data: [listed], paging: { cursors: { before: 'MAZDZD', after: 'MAZDZD' } } } };
    },
    'POST phone-number/register': () => DONE,
  };
}

/** Grouped for North America, the only place whose habit the set-up uses; elsewhere a plus and the digits. */
function displayed(number: string): string {
  return /^1\d{10}$/.test(number)
    ? `+1 ${number.slice(1, 4)}-${number.slice(4, 7)}-${number.slice(7)}`
    : `+${number}`;
}

export function health(ids: { phoneNumberId: string; businessAccountId: string; appId: string }): object {
  const entity = (entity_type: string, id: string) => ({ entity_type, id, can_send_message: 'AVAILABLE' });
  return {
    can_send_message: 'AVAILABLE',
    entities: [
      entity('PHONE_NUMBER', ids.phoneNumberId),
      entity('WABA', ids.businessAccountId),
      entity('APP', ids.appId),
    ],
  };
}
