import { errorCode } from '../graph/error-codes.ts';
import type { JsonObject } from '../json-object.ts';

/** One entry of `errors` in a notification, in Meta's shape. */
export function errorContent(code: number): JsonObject {
  const { title } = errorCode(code);
  return {
    code,
    title,
    message: title,
    error_data: { details: DETAILS.get(code) ?? title },
    href: '/documentation/business-messaging/whatsapp/support/error-codes',
  };
}

const DETAILS: ReadonlyMap<number, string> = new Map([
  [131026, 'Message Undeliverable.'],
  [131042, 'Message failed to send because there were one or more errors related to your payment method.'],
  [131047, 'More than 24 hours have passed since the customer last replied to this number.'],
  [131049, 'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.'],
  [131052, 'Media file size is too big. Max file size we currently support: 100MB.'],
]);
