import { questionMessage } from '../interview/asking.ts';
import { LANGUAGES, type Language } from '../interview/languages/language.ts';
import { type Question, questionIn } from '../interview/question.ts';
import { allTemplates, filledLength, LONGEST_FILLED_TEMPLATE } from '../interview/templates.ts';
import type { Outgoing, TemplateUse } from '../interview/turn.ts';
import type { Finding } from './problem.ts';

/** What a message with buttons may hold while the window is open. */
const LONGEST_FREE_TEXT = 1024;
/** As long as the registration page lets a name be, and in one word. */
const LONGEST_NAME = 'N'.repeat(80);

/**
 * Whether WhatsApp takes a question in each form it may travel in. The messages are made by the rules that make the
 * real ones, for the learner with the longest name, and measured in the real templates of every language and code.
 */
export function checkSending(question: Question): readonly Finding[] {
  return LANGUAGES.flatMap((language) => {
    const message = longestMessage(question, language);
    return [
      ...checkFree(message, language),
      ...[message.whole, message.teaser].flatMap((use) => checkTemplate(use, language)),
    ];
  });
}

function longestMessage(question: Question, language: Language): Outgoing {
  return questionMessage({
    askedId: '',
    learner: { name: LONGEST_NAME, language, askMinute: 9 * 60 },
    question: questionIn(question, language),
    greet: true,
    expiresAt: null,
  });
}

function checkFree({ free }: Outgoing, language: Language): readonly Finding[] {
  const length = free?.text.length ?? 0;
  if (length <= LONGEST_FREE_TEXT) return [];
  const sentence = `makes a message of ${length} characters with its buttons, at most ${LONGEST_FREE_TEXT}`;
  return [{ path: ['text', language], sentence }];
}

function checkTemplate(use: TemplateUse | null, language: Language): readonly Finding[] {
  if (use === null) return [];
  return allTemplates()
    .filter((template) => template.name === use.template && template.language === language)
    .flatMap((template) => {
      const length = filledLength(template, use);
      if (length <= LONGEST_FILLED_TEMPLATE) return [];
      const sentence = `fills the template ${template.name} (${template.languageCode}) with ${length} characters, at most ${LONGEST_FILLED_TEMPLATE}`;
      return [{ path: ['text', language], sentence }];
    });
}
