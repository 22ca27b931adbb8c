import { createHash } from 'node:crypto';
import type { WebhookReading } from '../channel.ts';
import { failureOf } from './failures.ts';
import { readGraphError } from './graph-error.ts';
import { type ItemReading, misshapen } from './item-reading.ts';
import { underscored } from './read-template-news.ts';
import {
  type AccountValue,
  accountValueSchema,
  templateCategorySchema,
  templateQualitySchema,
} from './webhook-schema.ts';

type AccountNews = WebhookReading['account'][number];

/** The fields that only an operator can act on. */
export const ACCOUNT_FIELDS = [
  'account_update',
  'account_alerts',
  'account_review_update',
  'business_capability_update',
  'phone_number_quality_update',
  'phone_number_name_update',
  'security',
] as const;
type AccountField = (typeof ACCOUNT_FIELDS)[number];

/** News of the account or the number as one sentence. `when` tells two equal pieces of news apart. */
export function readAccountNews(field: AccountField, value: unknown, when: number): ItemReading<AccountNews> {
  const parsed = accountValueSchema.safeParse(value);
  if (!parsed.success) return misshapen(parsed.error);
  return news(field, accountSentence(field, parsed.data), value, when);
}

/** The top-level `errors` of a notification: trouble of the app or the account, not of one message. */
export function readTopLevelError(error: unknown, when: number): ItemReading<AccountNews> {
  const { code, sentence } = failureOf(readGraphError(error), null);
  return news('errors', `${code === null ? '' : `Error ${code}: `}${sentence}`, error, when);
}

export function readTemplateQuality(value: unknown, when: number): ItemReading<AccountNews> {
  const parsed = templateQualitySchema.safeParse(value);
  if (!parsed.success) return misshapen(parsed.error);
  const { message_template_name: name, message_template_language: language } = parsed.data;
  const { previous_quality_score: before, new_quality_score: after } = parsed.data;
  const sentence = `The quality of template ${name} (${underscored(language)}) went from ${before ?? 'UNKNOWN'} to ${after}: at RED Meta pauses it.`;
  return news('message_template_quality_update', sentence, value, when);
}

/** Both forms of `template_category_update`: the warning, with the category that is coming, and the change itself. */
export function readTemplateCategoryAlert(value: unknown, when: number): ItemReading<AccountNews> {
  const parsed = templateCategorySchema.safeParse(value);
  if (!parsed.success) return misshapen(parsed.error);
  const { message_template_name: name, message_template_language: language } = parsed.data;
  const { previous_category: before, new_category: after, correct_category: coming } = parsed.data;
  const template = `template ${name} (${underscored(language)})`;
  const sentence = coming
    ? `Meta will turn ${template} from ${after ?? 'its category'} into ${coming} within a day: ask for a review or expect other prices and limits.`
    : `Meta turned ${template} from ${before ?? 'its category'} into ${after ?? 'another'}: prices and limits change; ask for a review within 60 days.`;
  return news('template_category_update', sentence, value, when);
}

function news(field: string, sentence: string, value: unknown, when: number): ItemReading<AccountNews> {
  const key = createHash('sha256')
    .update(`${field}\n${JSON.stringify(value)}\n${when}`)
    .digest('hex');
  return { kind: 'read', value: { field, sentence, key } };
}

function accountSentence(field: AccountField, value: AccountValue): string {
  switch (field) {
    case 'account_update':
      return accountUpdateSentence(value);
    case 'account_alerts':
      return `Meta raises an alert: ${inWords(value.alert_info?.alert_severity, value.alert_info?.alert_type, value.alert_info?.alert_description)}. Open the account in WhatsApp Manager.`;
    case 'account_review_update':
      return `Meta reviewed the account: ${value.decision ?? 'no decision given'}. If it was not approved, ask for another review.`;
    case 'business_capability_update':
      return `The daily limit of new conversations is now ${value.max_daily_conversations_per_business ?? 'not said'}: compare WHATSAPP_DAILY_LIMIT.`;
    case 'phone_number_quality_update':
      return `The number ${value.display_phone_number ?? ''} reports ${inWords(value.event)}, daily limit ${value.max_daily_conversations_per_business ?? value.current_limit ?? 'not said'}: compare WHATSAPP_DAILY_LIMIT.`;
    case 'phone_number_name_update':
      return `Meta decided on the display name ${value.requested_verified_name ?? ''}: ${inWords(value.decision, value.rejection_reason)}. If it was refused, choose another in WhatsApp Manager.`;
    case 'security':
      return `A security setting of the number changed: ${inWords(value.event)}. If nobody of yours did it, change the PIN and the token.`;
    default: {
      const impossible: never = field;
      throw new Error(`no sentence for the field ${impossible}`);
    }
  }
}

function accountUpdateSentence(value: AccountValue): string {
  const event = inWords(value.event, value.ban_info?.waba_ban_state, value.violation_info?.violation_type);
  switch (value.event) {
    case 'ACCOUNT_VIOLATION':
    case 'ACCOUNT_RESTRICTION':
    case 'DISABLED_UPDATE':
    case 'ACCOUNT_DELETED':
      return `Meta restricts the account: ${event}. Stop sending and open the account quality page in WhatsApp Manager.`;
    default:
      return `The account at Meta changed: ${event}.`;
  }
}

function inWords(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== '').join(', ') || 'nothing further';
}
