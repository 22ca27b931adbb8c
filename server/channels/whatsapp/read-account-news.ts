import { createHash } from 'node:crypto';
import type { AccountNews } from '../channel.ts';
import { failureOf } from './failures.ts';
import { readGraphError } from './graph-error.ts';
import { type ItemReading, misshapen } from './item-reading.ts';
import { readDailyLimit } from './read-daily-limit.ts';
import { underscored } from './read-template-news.ts';
import {
  type AccountValue,
  accountValueSchema,
  templateCategorySchema,
  templateQualitySchema,
} from './webhook-schema.ts';

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

/** When it happened, and what tells two equal pieces of news apart. */
export type NewsTime = { readonly at: number; readonly when: number };

/** News of the account or the number as one sentence. */
export function readAccountNews(
  field: AccountField,
  value: unknown,
  time: NewsTime,
): ItemReading<AccountNews> {
  const parsed = accountValueSchema.safeParse(value);
  if (!parsed.success) return misshapen(parsed.error);
  const it = parsed.data;
  const saysLimit = field === 'business_capability_update' || field === 'phone_number_quality_update';
  return news(field, accountSentence(field, it), value, time, {
    weight: isTrouble(field, it) ? 'trouble' : 'note',
    halts: field === 'account_update' ? haltedBy(it) : null,
    dailyLimit: saysLimit
      ? readDailyLimit(it.max_daily_conversations_per_business ?? it.current_limit)
      : null,
  });
}

/** The top-level `errors` of a notification: trouble of the app or the account, not of one message. */
export function readTopLevelError(error: unknown, time: NewsTime): ItemReading<AccountNews> {
  const { code, sentence } = failureOf(readGraphError(error), null);
  return news('errors', `${code === null ? '' : `Error ${code}: `}${sentence}`, error, time);
}

export function readTemplateQuality(value: unknown, time: NewsTime): ItemReading<AccountNews> {
  const parsed = templateQualitySchema.safeParse(value);
  if (!parsed.success) return misshapen(parsed.error);
  const { message_template_name: name, message_template_language: language } = parsed.data;
  const { previous_quality_score: before, new_quality_score: after } = parsed.data;
  const sentence = `The quality of template ${name} (${underscored(language)}) went from ${before ?? 'UNKNOWN'} to ${after}: at RED Meta pauses it.`;
  const weight = after === 'GREEN' || after === 'UNKNOWN' ? 'note' : 'trouble';
  return news('message_template_quality_update', sentence, value, time, { ...TROUBLE, weight });
}

/** The warning form of `template_category_update`, with the category that is coming. The change itself is template news. */
export function readTemplateCategoryWarning(value: unknown, time: NewsTime): ItemReading<AccountNews> {
  const parsed = templateCategorySchema.safeParse(value);
  if (!parsed.success) return misshapen(parsed.error);
  const { message_template_name: name, message_template_language: language } = parsed.data;
  const { new_category: now, correct_category: coming } = parsed.data;
  const template = `template ${name} (${underscored(language)})`;
  const sentence = `Meta will turn ${template} from ${now ?? 'its category'} into ${coming ?? 'another'} within a day: ask for a review or expect other prices and limits.`;
  return news('template_category_update', sentence, value, time);
}

type Meaning = Pick<AccountNews, 'weight' | 'halts' | 'dailyLimit'>;
const TROUBLE: Meaning = { weight: 'trouble', halts: null, dailyLimit: null };

function news(
  field: string,
  sentence: string,
  value: unknown,
  { at, when }: NewsTime,
  meaning: Meaning = TROUBLE,
): ItemReading<AccountNews> {
  const key = createHash('sha256')
    .update(`${field}\n${JSON.stringify(value)}\n${when}`)
    .digest('hex');
  return { kind: 'read', value: { field, sentence, key, at, ...meaning } };
}

function isTrouble(field: AccountField, value: AccountValue): boolean {
  switch (field) {
    case 'account_update':
      return restricts(value) && value.ban_info?.waba_ban_state !== 'REINSTATE';
    case 'account_review_update':
    case 'phone_number_name_update':
      return value.decision !== 'APPROVED';
    case 'business_capability_update':
      return false;
    case 'phone_number_quality_update':
      return /DOWNGRADE|FLAGGED|RESTRICT/.test(value.event ?? '');
    case 'account_alerts':
    case 'security':
      return true;
    default: {
      const impossible: never = field;
      throw new Error(`no weight for the field ${impossible}`);
    }
  }
}

function haltedBy(value: AccountValue): AccountNews['halts'] {
  if (value.event === 'DISABLED_UPDATE')
    return value.ban_info?.waba_ban_state === 'DISABLE' ? 'everything' : null;
  if (value.event === 'ACCOUNT_DELETED') return 'everything';
  const restrictions = value.restriction_info?.map((it) => it.restriction_type ?? '') ?? [];
  if (restrictions.some((it) => it.includes('CUSTOMER_INITIATED_MESSAGING'))) return 'everything';
  return restrictions.some((it) => it.includes('BIZ_INITIATED_MESSAGING')) ? 'templates' : null;
}

function restricts({ event }: AccountValue): boolean {
  return ['ACCOUNT_VIOLATION', 'ACCOUNT_RESTRICTION', 'DISABLED_UPDATE', 'ACCOUNT_DELETED'].includes(
    event ?? '',
  );
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
      return `The number of people we may write to first in a day is now ${value.max_daily_conversations_per_business ?? 'not said'}: it applies at once unless WHATSAPP_DAILY_LIMIT is set.`;
    case 'phone_number_quality_update':
      return `The number ${value.display_phone_number ?? ''} reports ${inWords(value.event)}, daily limit ${value.max_daily_conversations_per_business ?? value.current_limit ?? 'not said'}: it applies at once unless WHATSAPP_DAILY_LIMIT is set.`;
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
  const event = inWords(
    value.event,
    value.ban_info?.waba_ban_state,
    value.violation_info?.violation_type,
    ...(value.restriction_info ?? []).map((it) => it.restriction_type),
  );
  return restricts(value)
    ? `Meta restricts the account: ${event}. Open the account quality page in WhatsApp Manager and ask for a review.`
    : `The account at Meta changed: ${event}.`;
}

function inWords(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== '').join(', ') || 'nothing further';
}
