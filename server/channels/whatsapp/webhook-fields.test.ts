import { expect, test } from 'vitest';
import { readWebhook } from './read-webhook.ts';
import { WEBHOOK_FIELDS } from './webhook-fields.ts';

test.each(WEBHOOK_FIELDS)('the field %s, which the app subscribes to, is one we read', (field) => {
  const notification = (name: string) => ({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', time: 1, changes: [{ field: name, value: {} }] }],
  });
  expect(readWebhook(notification(field), '1', 0).ignored).toBe(0);
  expect(readWebhook(notification('calls'), '1', 0).ignored).toBe(1);
});
