import type { TemplateNews } from '../channel.ts';
import { type ItemReading, misshapen } from './item-reading.ts';
import { templateCategorySchema, templateStatusSchema } from './webhook-schema.ts';

/** `message_template_status_update`: approved, rejected, paused, disabled … */
export function readTemplateStatus(value: unknown, at: number): ItemReading<TemplateNews> {
  const parsed = templateStatusSchema.safeParse(value);
  if (!parsed.success) return misshapen(parsed.error);
  const update = parsed.data;
  const { reason, rejection_info, other_info } = update;
  return {
    kind: 'read',
    value: {
      name: update.message_template_name,
      languageCode: underscored(update.message_template_language),
      state: update.event,
      category: update.message_template_category ?? null,
      reason: [reason, rejection_info?.reason, other_info?.title].find(saysSomething) ?? null,
      at,
    },
  };
}

/** `template_category_update` once it has happened. The warning a day before only carries `correct_category`. */
export function readTemplateCategory(value: unknown, at: number): ItemReading<TemplateNews> {
  const parsed = templateCategorySchema.safeParse(value);
  if (!parsed.success) return misshapen(parsed.error);
  const update = parsed.data;
  return {
    kind: 'read',
    value: {
      name: update.message_template_name,
      languageCode: underscored(update.message_template_language),
      state: null,
      category: update.new_category ?? null,
      reason: null,
      at,
    },
  };
}

/** Meta writes `pt-BR` in these notifications and `pt_BR` everywhere else. */
export function underscored(languageCode: string): string {
  return languageCode.replace('-', '_');
}

function saysSomething(reason: string | null | undefined): boolean {
  return reason !== null && reason !== undefined && reason !== '' && reason !== 'NONE';
}
