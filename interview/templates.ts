import type { Phrases } from './languages/en.ts';
import { type InEachLanguage, LANGUAGES, type Language } from './languages/language.ts';
import { phrases } from './languages/phrases.ts';
import { portugal } from './languages/pt-portugal.ts';
import type { TemplateName, TemplateUse } from './turn.ts';

/** Meta's codes for our languages, the one to send in first. There is no plain `pt`. */
const TEMPLATE_CODES: InEachLanguage<readonly [string, ...string[]]> = {
  en: ['en'],
  es: ['es'],
  pt: ['pt_BR', 'pt_PT'],
};

/** The codes in which a learner of this language may be sent a template, in order of preference. */
export function templateCodes(language: Language): readonly [string, ...string[]] {
  return TEMPLATE_CODES[language];
}

/**
 * A phone that was off for a week must not receive seven questions: Meta drops an undelivered one after this.
 * Twelve hours is the longest life a utility template may have.
 */
const TIME_TO_LIVE_SECONDS = 12 * 60 * 60;

/** Of a template with a footer or buttons: the body with its parameters filled in, and the footer. */
export const LONGEST_FILLED_TEMPLATE = 1024;

export type TemplateText = {
  readonly name: TemplateName;
  readonly language: Language;
  readonly languageCode: string;
  readonly body: string;
  readonly footer: string;
  readonly quickReplies: readonly string[];
  readonly samples: readonly { readonly name: string; readonly example: string }[];
  readonly timeToLiveSeconds: number;
};

/** Every template in every code of every language, as it is submitted for approval. The names never change once approved. */
export function allTemplates(): TemplateText[] {
  return LANGUAGES.flatMap((language) =>
    templateCodes(language).flatMap((code) => templatesIn(language, code)),
  );
}

/** How long the learner's message becomes, by Meta's count, when `use` is sent as `template`. */
export function filledLength(template: TemplateText, use: TemplateUse): number {
  const body = use.parameters.reduce(
    (text, { name, text: value }) => text.replaceAll(`{{${name}}}`, () => value),
    template.body,
  );
  return body.length + template.footer.length;
}

function templatesIn(language: Language, languageCode: string): TemplateText[] {
  const { templates, buttons } = wordingIn(language, languageCode);
  const shared = {
    language,
    languageCode,
    footer: templates.footer,
    timeToLiveSeconds: TIME_TO_LIVE_SECONDS,
  };
  const firstName = { name: 'first_name', example: 'Ana' };
  const area = { name: 'area', example: phrases[language].areas.javascript };
  return [
    {
      ...shared,
      name: 'welcome',
      body: templates.welcome,
      quickReplies: [buttons.start, buttons.notMe],
      samples: [firstName, { name: 'business', example: 'Interview Bot' }, area],
    },
    {
      ...shared,
      name: 'daily_question',
      body: templates.dailyQuestion,
      quickReplies: [buttons.hint, buttons.skip],
      samples: [area, { name: 'question', example: SAMPLE_QUESTION[language] }],
    },
    {
      ...shared,
      name: 'daily_question_teaser',
      body: templates.dailyTeaser,
      quickReplies: [buttons.showQuestion],
      samples: [firstName, area],
    },
  ];
}

/** A language's own words, except where one of its codes says it differently. */
function wordingIn(
  language: Language,
  languageCode: string,
): { templates: Phrases['templates']; buttons: Pick<Phrases['buttons'], keyof typeof portugal.buttons> } {
  return languageCode === 'pt_PT' ? portugal : phrases[language];
}

const SAMPLE_QUESTION: InEachLanguage<string> = {
  en: 'What is a closure, and what would you use one for?',
  es: '¿Qué es una closure y para qué la usarías?',
  pt: 'O que é uma closure e para que você usaria uma?',
};
