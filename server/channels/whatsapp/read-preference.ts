import type { InboundMessage } from '../channel.ts';
import { senderOf } from './identifiers.ts';
import { IGNORED, type ItemReading, misshapen, unreadable } from './item-reading.ts';
import { type Contact, preferenceSchema } from './webhook-schema.ts';

/**
 * One item of `user_preferences[]`: the learner's switch for marketing messages in WhatsApp's own settings.
 * It has no id of its own, so one is made of what it says: a repeat of the notification makes the same one.
 */
export function readPreference(item: unknown, contacts: readonly Contact[]): ItemReading<InboundMessage> {
  const parsed = preferenceSchema.safeParse(item);
  if (!parsed.success) return misshapen(parsed.error);
  const { category, value, timestamp, user_id, wa_id } = parsed.data;
  if (category !== 'marketing_messages' || (value !== 'stop' && value !== 'resume')) return IGNORED;
  const sender = senderOf([user_id, wa_id], contacts);
  const who = sender.bsuid ?? sender.phone;
  if (who === null) return unreadable('the preference names nobody');
  return {
    kind: 'read',
    value: {
      channelId: `preference:${who}:${value}:${Math.floor(timestamp / 1000)}`,
      sender,
      sentAt: timestamp,
      about: null,
      heard: { kind: 'marketing-preference', wanted: value === 'resume' },
    },
  };
}
