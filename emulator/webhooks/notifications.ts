import type { NumberChange } from '../../contract/switches.ts';
import type { JsonObject } from '../json-object.ts';
import type { PretendPhone } from '../phones/pretend-phone.ts';
import type { Notification } from './notification.ts';

export type Status = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** Of a person, what says who it is. */
type Shown = Pick<PretendPhone, 'number' | 'bsuid' | 'identity'>;

type SystemChange = { readonly type: NumberChange['announceAs']; readonly body: string };

export type Notifications = ReturnType<typeof createNotifications>;

/** Everything Meta tells a service, in Meta's shapes. */
export function createNotifications(business: { number: string; phoneNumberId: string }) {
  const metadata = { display_phone_number: business.number, phone_number_id: business.phoneNumberId };
  const about = (more: JsonObject): JsonObject => ({ messaging_product: 'whatsapp', metadata, ...more });

  return {
    /** A message from a learner. `content` holds `id`, `timestamp`, `type` and what belongs to the type. */
    message(phone: PretendPhone, content: JsonObject): Notification {
      return {
        lane: phone.number,
        kind: `message:${String(content.type)}`,
        field: 'messages',
        value: about({ contacts: [contactOf(phone)], messages: [{ ...senderOf(phone), ...content }] }),
        entryTime: null,
      };
    },

    /** Unlike other messages it carries no contact, and comes from whom the person was before. */
    system(before: Shown, phone: PretendPhone, content: JsonObject, change: SystemChange): Notification {
      const { wa_id, user_id } = contactOf(phone);
      const ids = user_id === undefined ? {} : { user_id, previous_user_id: before.bsuid };
      const number = change.type === 'user_changed_number' && wa_id !== undefined ? { wa_id } : {};
      return {
        lane: before.number,
        kind: 'message:system',
        field: 'messages',
        value: about({
          messages: [
            { ...senderOf(before), ...content, type: 'system', system: { ...change, ...number, ...ids } },
          ],
        }),
        entryTime: null,
      };
    },

    /** Meta leaves the contact out of failed statuses; a username is told with delivered and read only. */
    status(lane: string, status: Status, content: JsonObject, phone: PretendPhone | null): Notification {
      const contacts =
        phone === null || status === 'failed' ? {} : { contacts: [addressee(phone, status, content)] };
      return {
        lane,
        kind: `status:${status}`,
        field: 'messages',
        value: about({ ...contacts, statuses: [content] }),
        entryTime: null,
      };
    },

    marketingPreference(phone: PretendPhone, wanted: boolean, atSeconds: number): Notification {
      const detail = `User requested to ${wanted ? 'resume' : 'stop'} marketing messages`;
      const value = wanted ? 'resume' : 'stop';
      const { profile: _, ...who } = contactOf(phone);
      return {
        lane: phone.number,
        kind: `preference:${value}`,
        field: 'user_preferences',
        value: about({
          contacts: [contactOf(phone)],
          user_preferences: [{ ...who, detail, category: 'marketing_messages', value, timestamp: atSeconds }],
        }),
        entryTime: atSeconds,
      };
    },
  };
}

/** Says no more about the person than the status itself does. */
function addressee(phone: PretendPhone, status: Status, content: JsonObject): JsonObject {
  const username = status === 'sent' || phone.username === null ? {} : { username: phone.username };
  return {
    profile: { name: phone.name, ...username },
    ...('recipient_id' in content ? { wa_id: content.recipient_id } : {}),
    ...('recipient_user_id' in content ? { user_id: content.recipient_user_id } : {}),
  };
}

function contactOf(phone: PretendPhone): JsonObject {
  const profile = { name: phone.name, ...(phone.username === null ? {} : { username: phone.username }) };
  switch (phone.identity) {
    case 'both':
      return { profile, wa_id: phone.number, user_id: phone.bsuid };
    case 'phone-only':
      return { profile, wa_id: phone.number };
    case 'bsuid-only':
      return { profile, user_id: phone.bsuid };
    case 'bsuid-in-from':
      return { profile, wa_id: phone.bsuid, user_id: phone.bsuid };
    default: {
      const impossible: never = phone.identity;
      throw new Error(`no such identity: ${impossible}`);
    }
  }
}

function senderOf(phone: Shown): JsonObject {
  switch (phone.identity) {
    case 'both':
      return { from: phone.number, from_user_id: phone.bsuid };
    case 'phone-only':
      return { from: phone.number };
    case 'bsuid-only':
      return { from_user_id: phone.bsuid };
    case 'bsuid-in-from':
      return { from: phone.bsuid, from_user_id: phone.bsuid };
    default: {
      const impossible: never = phone.identity;
      throw new Error(`no such identity: ${impossible}`);
    }
  }
}
