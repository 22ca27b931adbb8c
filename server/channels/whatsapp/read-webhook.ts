import type { WebhookReading } from '../channel.ts';
import { type ItemReading, misshapen, unreadable } from './item-reading.ts';
import {
  ACCOUNT_FIELDS,
  type NewsTime,
  readAccountNews,
  readTemplateCategoryWarning,
  readTemplateQuality,
  readTopLevelError,
} from './read-account-news.ts';
import { readMessage } from './read-message.ts';
import { readPreference } from './read-preference.ts';
import { readStatus } from './read-status.ts';
import { readTemplateCategory, readTemplateStatus } from './read-template-news.ts';
import {
  type Contact,
  changeSchema,
  contactSchema,
  entrySchema,
  epochMs,
  metadataSchema,
  notificationSchema,
} from './webhook-schema.ts';

const DAYS = 24 * 60 * 60 * 1000;

type Value = Readonly<Record<string, unknown>>;

/** The same as a `WebhookReading`, while it is being filled. */
type Gathering = {
  -readonly [Part in keyof WebhookReading]: WebhookReading[Part] extends readonly (infer Item)[]
    ? Item[]
    : WebhookReading[Part];
};

/**
 * Sorts everything one notification said: every entry, every change, every item, each read on its own.
 * `receivedAt` stands in where Meta left out the time of an entry.
 */
export function readWebhook(
  body: unknown,
  ownPhoneNumberId: string,
  receivedAt: number = Date.now(),
): WebhookReading {
  const reading: Gathering = {
    messages: [],
    statuses: [],
    templates: [],
    account: [],
    unreadable: [],
    ignored: 0,
  };
  const notification = notificationSchema.safeParse(body);
  if (!notification.success) {
    setAside(reading, body, misshapen(notification.error).why);
    return reading;
  }
  if (notification.data.object !== 'whatsapp_business_account') return reading;
  for (const entry of notification.data.entry ?? []) readEntry(reading, entry, ownPhoneNumberId, receivedAt);
  return reading;
}

function readEntry(reading: Gathering, item: unknown, ownPhoneNumberId: string, receivedAt: number): void {
  const entry = entrySchema.safeParse(item);
  if (!entry.success) {
    setAside(reading, item, misshapen(entry.error).why);
    return;
  }
  for (const item of entry.data.changes) {
    const change = changeSchema.safeParse(item);
    if (!change.success) {
      setAside(reading, item, misshapen(change.error).why);
      continue;
    }
    const { field, value } = change.data;
    if (field === 'messages' || field === 'user_preferences') {
      readPeople(reading, value, ownPhoneNumberId, newsTime(entry.data.time, receivedAt));
    } else {
      readNews(reading, field, value, newsTime(entry.data.time, receivedAt));
    }
  }
}

/** What learners did and what became of our messages. Meta puts one list into a value; any may be there. */
function readPeople(reading: Gathering, value: Value, ownPhoneNumberId: string, time: NewsTime): void {
  const messages = listIn(reading, value, 'messages');
  const statuses = listIn(reading, value, 'statuses');
  const preferences = listIn(reading, value, 'user_preferences');
  const errors = listIn(reading, value, 'errors');
  const metadata = metadataSchema.safeParse(value.metadata).data;
  if (metadata !== undefined && metadata.phone_number_id !== ownPhoneNumberId) {
    reading.ignored += messages.length + statuses.length + preferences.length + errors.length;
    return;
  }
  const contacts = contactsIn(value);
  for (const item of messages) take(reading, reading.messages, item, readMessage(item, contacts));
  for (const item of statuses) take(reading, reading.statuses, item, readStatus(item, contacts));
  for (const item of preferences) take(reading, reading.messages, item, readPreference(item, contacts));
  for (const item of errors) take(reading, reading.account, item, readTopLevelError(item, time));
}

/** What happened to templates, the number and the account. */
function readNews(reading: Gathering, field: string, value: Value, time: NewsTime): void {
  const accountField = ACCOUNT_FIELDS.find((known) => known === field);
  if (accountField !== undefined) {
    take(reading, reading.account, value, readAccountNews(accountField, value, time));
  } else if (field === 'message_template_status_update') {
    take(reading, reading.templates, value, readTemplateStatus(value, time.at));
  } else if (field === 'template_category_update') {
    readCategoryUpdate(reading, value, time);
  } else if (field === 'message_template_quality_update' || 'new_quality_score' in value) {
    // Meta's own sample of the quality notification bears the name of another field.
    take(reading, reading.account, value, readTemplateQuality(value, time));
  } else {
    reading.ignored += 1;
  }
}

/** A warning only concerns the operator: until the change itself comes, nothing has changed. */
function readCategoryUpdate(reading: Gathering, value: Value, time: NewsTime): void {
  if ('correct_category' in value)
    take(reading, reading.account, value, readTemplateCategoryWarning(value, time));
  else take(reading, reading.templates, value, readTemplateCategory(value, time.at));
}

function take<Item>(reading: Gathering, into: Item[], item: unknown, read: ItemReading<Item>): void {
  switch (read.kind) {
    case 'read':
      into.push(read.value);
      return;
    case 'ignored':
      reading.ignored += 1;
      return;
    case 'unreadable':
      setAside(reading, item, read.why);
      return;
    default: {
      const impossible: never = read;
      throw new Error(`an item that is neither read nor left: ${String(impossible)}`);
    }
  }
}

function setAside(reading: Gathering, item: unknown, why: string): void {
  reading.unreadable.push({ why, item });
}

function listIn(reading: Gathering, value: Value, name: string): readonly unknown[] {
  const list = value[name];
  if (list === undefined || list === null) return [];
  if (Array.isArray(list)) return list;
  setAside(reading, list, unreadable(`${name} is not a list`).why);
  return [];
}

/** A contact that cannot be read takes nothing away: it only adds further spellings of an address. */
function contactsIn(value: Value): readonly Contact[] {
  if (!Array.isArray(value.contacts)) return [];
  return value.contacts.flatMap((item) => contactSchema.safeParse(item).data ?? []);
}

/**
 * What tells yesterday's news from today's when both say the same. Without a time from Meta it is the day of
 * receipt: the repeat of a notification is recognised, the same trouble tomorrow is news again.
 */
function newsTime(time: number | undefined, receivedAt: number): NewsTime {
  return {
    at: time === undefined ? receivedAt : epochMs(time),
    when: time ?? Math.floor(receivedAt / DAYS),
  };
}
