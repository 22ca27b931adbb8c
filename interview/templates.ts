import { LANGUAGES, type Language } from './languages/language.ts';
import { phrases } from './languages/phrases.ts';
import type { TemplateName } from './turn.ts';

/** Meta's codes for our languages. There is no plain `pt`. */
export const TEMPLATE_LANGUAGE_CODE: Readonly<Record<Language, string>> = { en: 'en', es: 'es', pt: 'pt_BR' };

/** The codes a language may be sent in, the best first: where one is missing at Meta, the next one is understood. */
export function templateCodes(language: Language): readonly string[] {
  return language === 'pt' ? ['pt_BR', 'pt_PT'] : [TEMPLATE_LANGUAGE_CODE[language]];
}

/**
 * A phone that was off for a week must not receive seven questions: Meta drops an undelivered one after this.
 * Twelve hours is the longest life a utility template may have.
 */
const TIME_TO_LIVE_SECONDS = 12 * 60 * 60;

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

/** Every template in every language, as it is submitted for approval. The names never change once approved. */
export function allTemplates(): TemplateText[] {
  return LANGUAGES.flatMap((language) => templatesIn(language));
}

function templatesIn(language: Language): TemplateText[] {
  const { templates, buttons, areas } = phrases[language];
  const shared = {
    language,
    languageCode: TEMPLATE_LANGUAGE_CODE[language],
    footer: templates.footer,
    timeToLiveSeconds: TIME_TO_LIVE_SECONDS,
  };
  const firstName = { name: 'first_name', example: 'Ana' };
  const area = { name: 'area', example: areas.javascript };
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

const SAMPLE_QUESTION: Readonly<Record<Language, string>> = {
  en: 'What is a closure, and what would you use one for?',
  es: '¿Qué es una closure y para qué la usarías?',
  pt: 'O que é uma closure e para que você usaria uma?',
};
