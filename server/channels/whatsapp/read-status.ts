import { DELIVERIES, type Delivery, type InboundStatus } from '../channel.ts';
import { failureOf } from './failures.ts';
import { readGraphError } from './graph-error.ts';
import { senderOf } from './identifiers.ts';
import { IGNORED, type ItemReading, misshapen } from './item-reading.ts';
import { type Contact, statusSchema, type WireStatus } from './webhook-schema.ts';
import { withoutSecrets } from './without-secrets.ts';

/** One item of `statuses[]`. The order they come in means nothing; whoever stores them only moves up. */
export function readStatus(item: unknown, contacts: readonly Contact[]): ItemReading<InboundStatus> {
  const parsed = statusSchema.safeParse(item);
  if (!parsed.success) return misshapen(parsed.error);
  const status = parsed.data;
  const delivery = DELIVERIES.find((known) => known === status.status);
  if (delivery === undefined || status.recipient_type === 'group') return IGNORED;
  return {
    kind: 'read',
    value: {
      channelId: status.id,
      delivery,
      at: status.timestamp,
      callbackData: status.biz_opaque_callback_data ?? null,
      recipient: senderOf(
        [status.recipient_user_id, status.recipient_parent_user_id, status.recipient_id],
        contacts,
      ),
      failure: failureIn(delivery, status),
      price: status.pricing
        ? { type: status.pricing.type ?? null, category: status.pricing.category ?? null }
        : null,
    },
  };
}

function failureIn(delivery: Delivery, status: WireStatus): InboundStatus['failure'] {
  if (delivery !== 'failed') return null;
  const failure = failureOf(readGraphError(status.errors?.[0]), null);
  return withoutSecrets(failure, [status.recipient_id, status.recipient_user_id]);
}
