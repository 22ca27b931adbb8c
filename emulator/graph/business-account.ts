import type { AccountTroubles } from '../../contract/switches.ts';
import type { Subscription } from '../webhooks/subscription.ts';
import { selectFields } from './fields.ts';
import { DONE, type GraphRoutes } from './graph-call.ts';
import { health } from './phone-number.ts';

const USUAL_FIELDS = ['name', 'timezone_id'];

/** The messaging account, and whether the app hears of it. */
export function businessAccountRoutes(needs: {
  phoneNumberId: string;
  businessAccountId: string;
  appId: string;
  businessName: string;
  subscription: Subscription;
  account: Readonly<AccountTroubles>;
}): GraphRoutes {
  const { subscription } = needs;
  const node = () => ({
    id: needs.businessAccountId,
    name: needs.businessName,
    currency: 'USD',
    timezone_id: '1',
    account_review_status: 'APPROVED',
    business_verification_status: 'not_verified',
    primary_funding_id: '5500110220330440',
    health_status: health(needs),
  });
  return {
    'GET account': ({ query }) => selectFields(node(), query.fields, USUAL_FIELDS, 'WhatsAppBusinessAccount'),
    'GET account/subscribed_apps': () => ({
      answer: {
        data: subscription.accountSubscribed()
          ? [{ whatsapp_business_api_data: { id: needs.appId, name: needs.businessName, link: '' } }]
          : [],
      },
    }),
    'POST account/subscribed_apps': () => {
      subscription.subscribeAccount(true);
      return DONE;
    },
    'DELETE account/subscribed_apps': () => {
      subscription.subscribeAccount(false);
      return DONE;
    },
  };
}
