import { createHmac } from 'node:crypto';
import { APP_SECRET, PHONE_NUMBER_ID } from './configuration.ts';

/** What WhatsApp posts when a person writes to us, signed as WhatsApp signs it. */
export type Notification = { readonly body: string; readonly headers: Readonly<Record<string, string>> };

export function notificationOf(message: { id: string; from: string; text: string }): Notification {
  const { id, from, text } = message;
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '110220330440550',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550100200', phone_number_id: PHONE_NUMBER_ID },
              contacts: [{ profile: { name: 'Ana Souza' }, wa_id: from }],
              messages: [
                {
                  from,
                  id,
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  type: 'text',
                  text: { body: text },
                },
              ],
            },
          },
        ],
      },
    ],
  });
  const signature = createHmac('sha256', APP_SECRET).update(body).digest('hex');
  return {
    body,
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
  };
}
