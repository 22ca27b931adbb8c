import type { WhatsAppConfig } from '../config.ts';
import { type Check, failed, ok } from './check.ts';
import { unfitForWebhooks } from './public-address.ts';

/** What the service can start without, and setting it up cannot. */
export function checkConfiguration(it: { publicUrl: string; whatsapp: WhatsAppConfig }): Check {
  const name = 'configuration';
  if (it.whatsapp.appId === null) {
    return failed(
      name,
      'WHATSAPP_APP_ID is not set: token and webhook belong to an app.',
      'Copy the app id from the top of the App Dashboard into WHATSAPP_APP_ID in .env.',
    );
  }
  if (it.whatsapp.businessAccountId === null) {
    return failed(
      name,
      'WHATSAPP_BUSINESS_ACCOUNT_ID is not set: templates and payment belong to an account.',
      'Copy the account id from the app’s page WhatsApp → API Setup into WHATSAPP_BUSINESS_ACCOUNT_ID in .env.',
    );
  }
  const unfit = unfitForWebhooks(it);
  if (unfit !== null)
    return failed(name, unfit, 'Set PUBLIC_URL in .env to the https address of the service.');
  return ok(name, 'Every setting is there.');
}
