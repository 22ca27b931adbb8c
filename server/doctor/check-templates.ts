import { LANGUAGES } from '../../interview/languages/language.ts';
import { templateCodes } from '../../interview/templates.ts';
import type { Answer } from '../channels/whatsapp/management/answer.ts';
import type { TemplateAtMeta } from '../channels/whatsapp/management/answer-schemas.ts';
import { planTemplates, type TemplateStep } from '../channels/whatsapp/management/plan-templates.ts';
import { type Check, failed, ok, warning } from './check.ts';
import { neededTemplates } from './needed-templates.ts';
import { unanswered } from './unanswered.ts';

/** Each template that is needed, in each language and code: there, approved, in our category and in our words. */
export function checkTemplates(answer: Answer<readonly TemplateAtMeta[]>): readonly Check[] {
  if (answer.kind === 'failed') return [unanswered('templates', answer.failure)];
  const { steps } = planTemplates(neededTemplates(), answer.value);
  const troubles = steps.flatMap((step) => {
    const check = checkTemplate(step);
    if (check === null) return [];
    return [hasPreferred(step, steps) && check.state === 'failed' ? lessened(check) : check];
  });
  if (troubles.length > 0) return troubles;
  return [ok('templates', `All ${steps.length} are approved as they stand in this program.`)];
}

/** A wording that only stands in for another is missed when that one cannot be sent. */
function hasPreferred({ ours }: TemplateStep, steps: readonly TemplateStep[]): boolean {
  const codes = LANGUAGES.map((language) => templateCodes(language)).find((it) =>
    it.includes(ours.languageCode),
  );
  const preferred = codes?.slice(0, codes.indexOf(ours.languageCode)) ?? [];
  return steps.some(
    (step) =>
      step.ours.name === ours.name &&
      preferred.includes(step.ours.languageCode) &&
      (step.kind === 'same' || step.kind === 'category-moved'),
  );
}

function lessened(check: Check): Check {
  return { ...check, state: 'warning', sentence: `${check.sentence} It stands in for one that is well.` };
}

function checkTemplate(step: TemplateStep): Check | null {
  const name = `template ${step.ours.name} (${step.ours.languageCode})`;
  switch (step.kind) {
    case 'same':
      return null;
    case 'create':
      return failed(name, 'Meta does not have it.', PUSH);
    case 'change': {
      const parts = step.differences.map((it) => it.part).join(', ');
      return failed(name, `Meta's version is not ours: ${parts}.`, PUSH);
    }
    case 'in-review':
      return warning(
        name,
        'It is in review, which takes minutes, seldom a day.',
        'npm run bot -- templates status',
      );
    case 'unusable': {
      const reason = step.theirs.rejectedReason === null ? '' : ` (${step.theirs.rejectedReason})`;
      return failed(name, `It is ${step.theirs.status}${reason}: it cannot be sent.`, LOOK);
    }
    case 'category-moved': {
      const { category, comingCategory } = step.theirs;
      const moved =
        comingCategory === null
          ? `Meta made it ${category}, not ${step.ours.category}`
          : `Meta is about to make it ${comingCategory}`;
      return warning(name, `${moved}: it costs more and reaches fewer learners.`, REVIEW);
    }
    default: {
      const impossible: never = step;
      throw new Error(`Unknown step: ${JSON.stringify(impossible)}`);
    }
  }
}

const PUSH = 'npm run bot -- templates push';
const LOOK = 'WhatsApp Manager → Message templates: open it and follow the notice there.';
const REVIEW =
  'WhatsApp Manager → Message templates: open it and request a review of its category within 60 days.';
