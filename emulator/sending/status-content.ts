import { createHash } from 'node:crypto';
import type { JsonObject } from '../json-object.ts';
import type { Status } from '../webhooks/notifications.ts';
import { errorContent } from './error-content.ts';
import type { Pricing } from './pricing.ts';
import type { Underway } from './underway.ts';
import { WINDOW_MS } from './window.ts';

/** One entry of `statuses`, in Meta's shape. */
export function statusContent(
  underway: Underway,
  status: Status,
  needs: { now: () => number; price: (category: string) => Pricing; oldConversation: boolean },
): JsonObject {
  const { record } = underway;
  return {
    id: record.wamid,
    status,
    timestamp: String(Math.floor(needs.now() / 1000)),
    ...addressee(underway, status),
    ...(record.callbackData === null ? {} : { biz_opaque_callback_data: record.callbackData }),
    ...priced(underway, status, needs),
    ...(record.failureCode === null ? {} : { errors: [errorContent(record.failureCode)] }),
  };
}

/** A number where Meta may show it; the id always, but in failures of what was sent to a number. */
function addressee({ record, phone, sentToBsuid }: Underway, status: Status): JsonObject {
  if (sentToBsuid && phone?.identity === 'bsuid-in-from') {
    return { recipient_id: record.bsuid, recipient_user_id: record.bsuid };
  }
  const numberShown = !sentToBsuid || (phone?.identity !== 'bsuid-only' && record.to !== null);
  const idShown =
    phone?.identity !== 'phone-only' && record.bsuid !== null && (sentToBsuid || status !== 'failed');
  return {
    ...(numberShown ? { recipient_id: record.to } : {}),
    ...(idShown ? { recipient_user_id: record.bsuid } : {}),
  };
}

/** Told with `sent`, and once more with whichever of delivered and read comes first. */
function priced(
  underway: Underway,
  status: Status,
  needs: { now: () => number; price: (category: string) => Pricing; oldConversation: boolean },
): JsonObject {
  const isFree = status === 'failed' || underway.record.type === 'reaction';
  if (isFree || underway.pricingToldOnArrival) return {};
  underway.pricing ??= needs.price(underway.category);
  underway.pricingToldOnArrival = status !== 'sent';
  const conversation = needs.oldConversation
    ? { conversation: conversationOf(underway, status, needs.now()) }
    : {};
  return { ...conversation, pricing: underway.pricing };
}

/** As webhooks of v23.0 and older carry it: one per message, and only `sent` says how long it lasts. */
function conversationOf({ record, category }: Underway, status: Status, now: number): JsonObject {
  const expires =
    status === 'sent' ? { expiration_timestamp: String(Math.floor((now + WINDOW_MS) / 1000)) } : {};
  const id = createHash('sha256').update(record.wamid).digest('hex').slice(0, 32);
  return { id, ...expires, origin: { type: category } };
}
