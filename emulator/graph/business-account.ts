import type { AccountTroubles } from '../../contract/switches.ts';
import type { Identifiers } from '../identifiers.ts';
import type { Subscription } from '../webhooks/subscription.ts';
import type { AccountState } from './account-state.ts';
import { selectFields } from './fields.ts';
import { DONE, type GraphRoutes } from './graph-call.ts';
import { healthStatus } from './health-status.ts';
import { readOverride } from './override-callback.ts';

const USUAL_FIELDS = ['name', 'timezone_id'];

/** The messaging account, and whether the app hears of it. */
export function businessAccountRoutes(needs: {
  phoneNumberId: string;
  businessAccountId: string;
  appId: string;
  businessName: string;
  subscription: Subscription;
  identifiers: Identifiers;
  state: AccountState;
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
    // Left out of the answer when there is none.
    primary_funding_id: needs.account.noPaymentMethod ? undefined : '5500110220330440',
    health_status: healthStatus(needs, needs.state, needs.account.noPaymentMethod),
  });
  return {
    'GET account': ({ query }) => selectFields(node(), query.fields, USUAL_FIELDS, 'WhatsAppBusinessAccount'),
    'GET account/subscribed_apps': () => {
      const override = subscription.overrideOf('account');
      const app = {
        whatsapp_business_api_data: { id: needs.appId, name: needs.businessName, link: '' },
        ...(override === null ? {} : { override_callback_uri: override }),
      };
      return { answer: { data: subscription.accountSubscribed() ? [app] : [] } };
    },
    'POST account/subscribed_apps': async ({ body }) => {
      const override = await readOverride(body ?? {}, needs.identifiers);
      if ('refused' in override) return override;
      subscription.override('account', override.url);
      subscription.subscribeAccount(true);
      return DONE;
    },
    'DELETE account/subscribed_apps': () => {
      subscription.override('account', null);
      subscription.subscribeAccount(false);
      return DONE;
    },
  };
}
