import { phrases } from './languages/phrases.ts';
import { clockTime } from './languages/when.ts';
import { firstName, type Learner, type Preferences } from './learner.ts';
import { payloadOf } from './payload.ts';
import type { QuestionInLanguage } from './question.ts';
import type { AskedQuestion, Registration, Service } from './scene.ts';
import { nameParameter } from './template-parameter.ts';
import type { Button, Outgoing, TemplateUse } from './turn.ts';
import { fitsTemplateParameter } from './window.ts';

/** A question in every form it may travel in. `greet`: the first one, right after the learner confirmed. */
export function questionMessage(it: {
  askedId: string;
  learner: Pick<Learner, 'name' | 'language' | 'askMinute'>;
  question: QuestionInLanguage;
  greet: boolean;
  expiresAt: number | null;
}): Outgoing {
  const { language, name, askMinute } = it.learner;
  const greeting = it.greet
    ? `${phrases[language].greeting({ name: firstName(name), time: clockTime(askMinute) })}\n\n`
    : '';
  return {
    kind: 'question',
    free: { text: greeting + questionText(it.question), buttons: questionButtons(it.question, it.askedId) },
    whole: wholeInTemplate(it.question, it.askedId),
    teaser: teaser(it.learner, it.question, it.askedId),
    askedId: it.askedId,
    expiresAt: it.expiresAt,
  };
}

/** The full text again, for the tap on a teaser's button: the window is open by then. */
export function showQuestion(asked: AskedQuestion): Outgoing {
  return {
    kind: 'question',
    free: { text: questionText(asked.question), buttons: questionButtons(asked.question, asked.id) },
    whole: null,
    teaser: null,
    askedId: asked.id,
    expiresAt: null,
  };
}

/** The message that asks the owner of a number to confirm a registration. */
export function welcomeMessage(registration: Registration, service: Service): Outgoing {
  const { name, language, area, askMinute } = registration.preferences;
  const say = phrases[language];
  const buttons = confirmButtons(registration);
  return {
    kind: 'welcome',
    free: {
      text: say.confirmRegistration({
        name: firstName(name),
        area: say.areas[area],
        time: clockTime(askMinute),
      }),
      buttons,
    },
    whole: {
      template: 'welcome',
      language,
      parameters: [
        { name: 'first_name', text: nameParameter(firstName(name)) },
        { name: 'business', text: nameParameter(service.businessName) },
        { name: 'area', text: say.areas[area] },
      ],
      payloads: buttons.map((button) => button.payload),
    },
    teaser: null,
    askedId: null,
    expiresAt: null,
  };
}

export function confirmButtons(registration: Registration): Button[] {
  const { buttons } = phrases[registration.preferences.language];
  return [
    { payload: payloadOf('start', registration.id), title: buttons.start },
    { payload: payloadOf('not_me', registration.id), title: buttons.notMe },
  ];
}

function questionText(question: QuestionInLanguage): string {
  const say = phrases[question.language];
  return `${say.questionTitle({ area: say.areas[question.area] })}\n\n${question.text}`;
}

function questionButtons(question: QuestionInLanguage, askedId: string): Button[] {
  const { buttons } = phrases[question.language];
  return [
    { payload: payloadOf('hint', askedId), title: buttons.hint },
    { payload: payloadOf('skip', askedId), title: buttons.skip },
  ];
}

function wholeInTemplate(question: QuestionInLanguage, askedId: string): TemplateUse | null {
  if (!fitsTemplateParameter(question.text)) return null;
  return {
    template: 'daily_question',
    language: question.language,
    parameters: [
      { name: 'area', text: phrases[question.language].areas[question.area] },
      { name: 'question', text: question.text },
    ],
    payloads: questionButtons(question, askedId).map((button) => button.payload),
  };
}

function teaser(
  learner: Pick<Preferences, 'name'>,
  question: QuestionInLanguage,
  askedId: string,
): TemplateUse {
  return {
    template: 'daily_question_teaser',
    language: question.language,
    parameters: [
      { name: 'first_name', text: nameParameter(firstName(learner.name)) },
      { name: 'area', text: phrases[question.language].areas[question.area] },
    ],
    payloads: [payloadOf('show', askedId)],
  };
}
