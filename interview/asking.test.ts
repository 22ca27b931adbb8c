import { describe, expect, it } from 'vitest';
import { someLearner, somePreferences } from '../test/build/learner.ts';
import { someQuestionInLanguage } from '../test/build/question.ts';
import { someAsked, someRegistration, someService } from '../test/build/scene.ts';
import { AREAS } from './areas.ts';
import { questionMessage, showQuestion, welcomeMessage } from './asking.ts';
import { LANGUAGES, type Language } from './languages/language.ts';
import { readPayload } from './payload.ts';
import { allTemplates, filledLength, LONGEST_FILLED_TEMPLATE, templateCodes } from './templates.ts';
import type { Outgoing, TemplateUse } from './turn.ts';

const ASKED = '0193a1b2-0000-7000-8000-00000000000a';
const CODE_QUESTION =
  'What does this print?\n```\nfor (var i = 0; i < 3; i++)\n  setTimeout(() => log(i));\n```';

describe('the daily question', () => {
  it('goes out whole with its buttons while the window is open', () => {
    expect(asking().free).toEqual({
      text: '*JavaScript*\n\nWhat is a closure?',
      buttons: [
        { payload: `hint:${ASKED}`, title: 'Hint' },
        { payload: `skip:${ASKED}`, title: 'Skip' },
      ],
    });
  });

  it('goes out inside a template, in one message, when the window is closed and it is one plain line', () => {
    expect(asking().whole).toEqual({
      template: 'daily_question',
      language: 'en',
      parameters: [
        { name: 'area', text: 'JavaScript' },
        { name: 'question', text: 'What is a closure?' },
      ],
      payloads: [`hint:${ASKED}`, `skip:${ASKED}`],
    });
  });

  it.each([
    ['holds code', CODE_QUESTION],
    ['is too long for the template', 'Why? '.repeat(111)],
  ])('is only announced when it %s', (_, text) => {
    const message = asking({ question: { text } });
    expect(message.whole).toBeNull();
    expect(message.teaser).toEqual({
      template: 'daily_question_teaser',
      language: 'en',
      parameters: [
        { name: 'first_name', text: 'Ana' },
        { name: 'area', text: 'JavaScript' },
      ],
      payloads: [`show:${ASKED}`],
    });
    expect(message.free?.text).toContain(text);
  });

  it('greets the learner who has just confirmed, and says how to stop', () => {
    const text = asking({ greet: true }).free?.text;
    expect(text).toMatch(
      /^You're in, Ana! One question a day at 09:00\. Reply STOP .*:\n\n\*JavaScript\*\n\nWhat/,
    );
  });

  it('remembers which question it brings and when it is worth nothing any more', () => {
    expect(asking({ expiresAt: 42 })).toMatchObject({ kind: 'question', askedId: ASKED, expiresAt: 42 });
  });

  it.each(LANGUAGES)('speaks the language in which it is asked, in %s', (language) => {
    const message = asking({ question: { language, area: 'dsa' } });
    expect(message.whole?.language).toBe(language);
    expect(message.teaser?.language).toBe(language);
  });
});

describe('the question shown after the tap on a teaser', () => {
  it('goes out freely only: the tap has opened the window', () => {
    const message = showQuestion(
      someAsked({ id: ASKED, question: someQuestionInLanguage({ text: CODE_QUESTION }) }),
    );
    expect(message.free?.text).toBe(`*JavaScript*\n\n${CODE_QUESTION}`);
    expect(message.free?.buttons.map((button) => button.payload)).toEqual([`hint:${ASKED}`, `skip:${ASKED}`]);
    expect(message).toMatchObject({ kind: 'question', whole: null, teaser: null, askedId: ASKED });
  });
});

describe('the welcome', () => {
  const registration = someRegistration();

  it('offers to confirm or to be forgotten, in both forms', () => {
    const message = welcomeMessage(registration, someService());
    const payloads = [`start:${registration.id}`, `not_me:${registration.id}`];
    expect(message.free?.buttons).toEqual([
      { payload: payloads[0], title: 'Start' },
      { payload: payloads[1], title: 'Not me' },
    ]);
    expect(message.whole).toEqual({
      template: 'welcome',
      language: 'en',
      parameters: [
        { name: 'first_name', text: 'Ana' },
        { name: 'business', text: 'Interview Bot' },
        { name: 'area', text: 'JavaScript' },
      ],
      payloads,
    });
    expect(message.teaser).toBeNull();
  });

  it('says what one confirms: area and time', () => {
    const { free } = welcomeMessage(registration, someService());
    expect(free?.text).toBe(
      'Hi Ana! Please confirm: one *JavaScript* question a day at 09:00, here in this chat.',
    );
  });
});

describe('whatever is asked, in every language', () => {
  it.each(everyMessage())('%s stays within what WhatsApp takes', (_, message) => {
    const { text, buttons } = message.free!;
    expect(text.length).toBeLessThanOrEqual(1024);
    expect(buttons.length).toBeGreaterThanOrEqual(1);
    expect(buttons.length).toBeLessThanOrEqual(3);
    expect(new Set(buttons.map((it) => it.title)).size).toBe(buttons.length);
    for (const { payload, title } of buttons) {
      expect(payload.length).toBeLessThanOrEqual(128);
      expect(readPayload(payload)).not.toBeNull();
      expect(title.length).toBeLessThanOrEqual(20);
    }
    for (const use of [message.whole, message.teaser]) if (use !== null) expectApprovable(use);
  });
});

/** A template is refused when a parameter or a payload is missing, one too many, empty, or on two lines. */
function expectApprovable(use: TemplateUse): void {
  const inEachCode = allTemplates().filter((it) => it.name === use.template && it.language === use.language);
  expect(inEachCode.map((it) => it.languageCode)).toEqual(templateCodes(use.language));
  for (const template of inEachCode) {
    expect(use.parameters.map((it) => it.name).toSorted()).toEqual(
      template.samples.map((it) => it.name).toSorted(),
    );
    expect(use.payloads).toHaveLength(template.quickReplies.length);
    expect(filledLength(template, use)).toBeLessThanOrEqual(LONGEST_FILLED_TEMPLATE);
  }
  for (const payload of use.payloads) expect(payload.length).toBeLessThanOrEqual(128);
  for (const { text } of use.parameters) expect(text).toMatch(/^(?!.* {5})[^\n\r\t]+$/);
}

function everyMessage(): [string, Outgoing][] {
  return LANGUAGES.flatMap((language) =>
    AREAS.flatMap((area): [string, Outgoing][] => {
      const preferences = somePreferences({
        language,
        area,
        name: `Maximiliana-${'x'.repeat(60)} de\nSouza`,
      });
      const learner = someLearner(preferences);
      const question = (text: string) => someQuestionInLanguage({ language, area, text });
      const asked = (text: string, greet: boolean) =>
        questionMessage({ askedId: ASKED, learner, question: question(text), greet, expiresAt: null });
      const title = (what: string) => `${what} about ${area} in ${language}`;
      return [
        [title('a short question'), asked('Why?', false)],
        [title('a question that just fits the template'), asked('Q'.repeat(550), false)],
        [title('the longest question, after a greeting'), asked('Q'.repeat(600), true)],
        [title('code'), asked(CODE_QUESTION, true)],
        [title('a shown question'), showQuestion(someAsked({ question: question(CODE_QUESTION) }))],
        [title('a welcome'), welcomeMessage(someRegistration({ preferences }), someService())],
        [
          title('a welcome to and from names of nothing but blanks'),
          welcomeMessage(
            someRegistration({ preferences: { ...preferences, name: '\n\t ' } }),
            someService({ businessName: 'Interview\tBot      GmbH' }),
          ),
        ],
      ];
    }),
  );
}

function asking(
  it: {
    question?: Partial<Parameters<typeof someQuestionInLanguage>[0]> & { language?: Language };
    greet?: boolean;
    expiresAt?: number;
  } = {},
): Outgoing {
  return questionMessage({
    askedId: ASKED,
    learner: someLearner(),
    question: someQuestionInLanguage(it.question),
    greet: it.greet ?? false,
    expiresAt: it.expiresAt ?? null,
  });
}
