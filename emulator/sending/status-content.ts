import { errorCode } from '../graph/error-codes.ts';
import type { JsonObject } from '../json-object.ts';
import type { Status } from '../webhooks/notifications.ts';
import type { Pricing } from './pricing.ts';
import type { Underway } from './underway.ts';

/** One entry of `statuses`, in Meta's shape. */
export function statusContent(
  underway: Underway,
  status: Status,
  needs: { now: () => number; price: (category: string) => Pricing },
): JsonObject {
  const { record } = underway;
  return {
    id: record.wamid,
    status,
    timestamp: String(Math.floor(needs.now() / 1000)),
    ...addressee(underway, status),
    ...(record.callbackData === null ? {} : { biz_opaque_callback_data: record.callbackData }),
    ...pricing(underway, status, needs.price),
    ...(record.failureCode === null ? {} : { errors: [failure(record.failureCode)] }),
  };
}

/** A number where Meta may show it; the id always, but in failures of what was sent to a number. */
function addressee({ record, phone, sentToBsuid }: Underway, status: Status): JsonObject {
  const numberShown = !sentToBsuid || (phone?.identity !== 'bsuid-only' && record.to !== null);
  const idShown =
    phone?.identity !== 'phone-only' && record.bsuid !== null && (sentToBsuid || status !== 'failed');
  return {
    ...(numberShown ? { recipient_id: record.to } : {}),
    ...(idShown ? { recipient_user_id: record.bsuid } : {}),
  };
}

/** Told with `sent`, and once more with whichever of delivered and read comes first. */
function pricing(underway: Underway, status: Status, price: (category: string) => Pricing): JsonObject {
  const isFree = status === 'failed' || underway.record.type === 'reaction';
  if (isFree || underway.pricingToldOnArrival) return {};
  underway.pricing ??= price(underway.category);
  underway.pricingToldOnArrival = status !== 'sent';
  return { pricing: underway.pricing };
}

function failure(code: number): JsonObject {
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
  [131047, 'More than 24 hours have passed since the customer last replied to this number.'],
  [131049, 'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.'],
]);
