import type { JsonObject } from '../json-object.ts';
import type { Template } from '../templates/template.ts';
import type { TemplateNews } from '../templates/template-book.ts';
import { ACCOUNT_LANE, type Notification } from './notification.ts';

/** What Meta tells of a template: its state, its category, before and after a move, or its quality. */
export function templateNotification(news: TemplateNews, atSeconds: number): Notification {
  const { template } = news;
  const base = { lane: ACCOUNT_LANE, entryTime: atSeconds };
  switch (news.kind) {
    case 'status':
      return {
        ...base,
        kind: `template:${news.event}`,
        field: 'message_template_status_update',
        value: {
          event: news.event,
          ...nameOf(template),
          message_template_category: template.category,
          reason: news.reason,
          ...particulars(news, atSeconds),
        },
      };
    case 'category-announced':
      return {
        ...base,
        kind: `template-category-announced:${template.correctCategory}`,
        field: 'template_category_update',
        value: {
          ...nameOf(template),
          // In the warning the “new” category is the present one.
          new_category: template.category,
          correct_category: template.correctCategory,
          category_update_timestamp: Math.floor(news.movesAt / 1000),
        },
      };
    case 'category':
      return {
        ...base,
        kind: `template-category:${template.category}`,
        field: 'template_category_update',
        value: {
          ...nameOf(template),
          previous_category: template.previousCategory,
          new_category: template.category,
        },
      };
    case 'quality':
      return {
        ...base,
        kind: `template-quality:${template.quality.score}`,
        field: 'message_template_quality_update',
        value: {
          previous_quality_score: news.previous,
          new_quality_score: template.quality.score,
          ...nameOf(template),
        },
      };
    default: {
      const impossible: never = news;
      throw new Error(`no such news: ${impossible}`);
    }
  }
}

/** An integer and a hyphen here; a string and an underscore in the list of templates. */
function nameOf(template: Template): JsonObject {
  return {
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language.replace('_', '-'),
  };
}

/** Some states explain themselves further. */
function particulars(news: Extract<TemplateNews, { kind: 'status' }>, atSeconds: number): JsonObject {
  switch (news.event) {
    case 'PAUSED':
      return {
        other_info: { title: 'FIRST_PAUSE', description: 'Your template has been paused for 3 hours.' },
      };
    case 'DISABLED':
      return { disable_info: { disable_date: atSeconds } };
    case 'REJECTED':
      return {
        rejection_info: {
          reason: 'The content does not follow the format.',
          recommendation: 'Change the content and submit it again.',
        },
      };
    default:
      return {};
  }
}
