import { ACCOUNT_FIELDS } from './read-account-news.ts';

/** Every field of a notification that `read-webhook.ts` makes something of: what the app subscribes to. */
export const WEBHOOK_FIELDS: readonly string[] = [
  'messages',
  'user_preferences',
  'message_template_status_update',
  'message_template_quality_update',
  'template_category_update',
  ...ACCOUNT_FIELDS,
];

/** Where notifications arrive, below the public address of the service. */
export const WEBHOOK_PATH = '/webhooks/whatsapp';
