import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someQuestion, someQuestionInLanguage } from '../test/build/question.ts';
import { feedbackMessage, taughtMessage } from './feedback.ts';
import { LONGEST_FEEDBACK } from './fit-feedback.ts';
import { LANGUAGES, type Language } from './languages/language.ts';
import { phrases } from './languages/phrases.ts';
import { type ConceptInLanguage, type QuestionInLanguage, questionIn } from './question.ts';
import { type Assessment, type ConceptVerdict, VERDICTS, type Verdict } from './rubric.ts';

const ASKED = '0193a1b2-0000-7000-8000-00000000000a';
/** A button message carries no more. */
const META_LIMIT = 1024;

describe('feedback from the model', () => {
  const assessment = assessed(
    [
      verdict('keeps-variables', 'covered', 'the inner one keeps them'),
      verdict('outlives-call', 'partial', 'they live a bit longer'),
      verdict('private-state', 'missing'),
    ],
    { nextStep: 'Write a counter with it.', explanation: 'You have the heart of it.' },
  );

  it('in English says the score, what was right, what is missing and one next step', () => {
    expect(text({ language: 'en', assessment, grader: 'openai' })).toBe(
      [
        '*Score: 7/10*',
        '',
        '✅ *You said*',
        '• The inner function keeps the variables around it “the inner one keeps them”',
        '',
        '🟡 *Half there*',
        '• They outlive the outer call “they live a bit longer”',
        '',
        '➕ *Still missing*',
        '• JavaScript code uses it for private state',
        '',
        'You have the heart of it.',
        '',
        '👉 *Next step:* Write a counter with it.',
      ].join('\n'),
    );
  });

  it('in Spanish too', () => {
    expect(text({ language: 'es', assessment: { ...assessment, explanation: null }, grader: 'openai' })).toBe(
      [
        '*Puntaje: 7/10*',
        '',
        '✅ *Dijiste*',
        '• La función interna conserva las variables de su entorno “the inner one keeps them”',
        '',
        '🟡 *A medias*',
        '• Sobreviven a la llamada externa “they live a bit longer”',
        '',
        '➕ *Falta*',
        '• JavaScript lo usa para estado privado',
        '',
        '👉 *Siguiente paso:* Write a counter with it.',
      ].join('\n'),
    );
  });

  it('in Portuguese too', () => {
    expect(text({ language: 'pt', assessment: { ...assessment, explanation: null }, grader: 'openai' })).toBe(
      [
        '*Nota: 7/10*',
        '',
        '✅ *Você disse*',
        '• A função interna guarda as variáveis ao redor “the inner one keeps them”',
        '',
        '🟡 *Pela metade*',
        '• Elas sobrevivem à chamada externa “they live a bit longer”',
        '',
        '➕ *Faltou*',
        '• JavaScript usa isso para estado privado',
        '',
        '👉 *Próximo passo:* Write a counter with it.',
      ].join('\n'),
    );
  });

  it('says so when the opposite was claimed, and does not let that pass', () => {
    const contradicted = assessed([
      verdict('keeps-variables', 'contradicted', 'it copies the variables'),
      verdict('outlives-call', 'covered', 'they stay alive'),
      verdict('private-state', 'covered', 'private state'),
    ]);
    const said = text({ language: 'en', assessment: contradicted, grader: 'openai' });
    expect(said).toContain('*Score: 4/10*');
    expect(said).toContain(
      '⚠️ *Look again: you said the opposite*\n• The inner function keeps the variables around it “it copies the variables”',
    );
  });

  it('comes again after a second reading, and says so first', () => {
    const said = text({ language: 'pt', assessment, grader: 'openai', regraded: true });
    expect(said.startsWith('Um segundo olhar, mais atento, para a sua resposta:\n*Nota: 7/10*\n\n')).toBe(
      true,
    );
  });
});

describe('feedback from the offline grader', () => {
  const assessment = assessed([
    verdict('keeps-variables', 'covered', 'keeps the variables'),
    verdict('outlives-call', 'missing'),
    verdict('private-state', 'missing'),
  ]);

  it('names a band in words, takes the next step from the weightiest gap and says what it is', () => {
    expect(text({ language: 'en', assessment, grader: 'offline' })).toBe(
      [
        '*A start: some of it is there*',
        '',
        '✅ *You said*',
        '• The inner function keeps the variables around it “keeps the variables”',
        '',
        '➕ *Still missing*',
        '• They outlive the outer call',
        '• JavaScript code uses it for private state',
        '',
        '👉 *Next step:* explain in your own words: they outlive the outer call.',
        '',
        '_A quick check by key ideas; it may miss points you put in other words._',
      ].join('\n'),
    );
  });

  it.each([
    ['en', '*Strong answer*'],
    ['es', '*Muy buena respuesta*'],
    ['pt', '*Ótima resposta*'],
  ] as const)('suggests to go deeper when nothing is missing, in %s', (language, headline) => {
    const everything = assessed([
      verdict('keeps-variables', 'covered', 'x'),
      verdict('outlives-call', 'covered', 'x'),
      verdict('private-state', 'covered', 'x'),
    ]);
    const said = text({ language, assessment: everything, grader: 'offline' });
    expect(said.startsWith(`${headline}\n\n`)).toBe(true);
    expect(said).toContain(phrases[language].feedback.goDeeper);
  });

  it.each([
    ['The stack is LIFO', 'the stack is LIFO'],
    ['A Map keeps the order', 'a Map keeps the order'],
    ['É uma pilha', 'é uma pilha'],
    ['JavaScript has one thread', 'JavaScript has one thread'],
    ['Ruby calls it then', 'Ruby calls it then'],
    ['LIFO means last in, first out', 'LIFO means last in, first out'],
    ['O(1) on average', 'O(1) on average'],
    ['`Promise.all` rejects first', '`Promise.all` rejects first'],
    ['AbortController cancels it', 'AbortController cancels it'],
  ])('continues its sentence with %j as %j', (concept, continued) => {
    const question = someQuestionInLanguage({ concepts: [aConcept({ id: 'only', text: concept })] });
    const said = feedbackText({
      question,
      assessment: assessed([verdict('only', 'missing')]),
      grader: 'offline',
    });
    expect(said).toContain(`explain in your own words: ${continued}.`);
  });

  it('treats a concept on which the grader said nothing as missing', () => {
    const said = text({ language: 'en', assessment: assessed([]), grader: 'offline' });
    expect(said).toContain(
      [
        '➕ *Still missing*',
        '• The inner function keeps the variables around it',
        '• They outlive the outer call',
        '• JavaScript code uses it for private state',
      ].join('\n'),
    );
  });

  it('holds neither a number out of ten nor a percentage, whatever the verdicts', () => {
    fc.assert(
      fc.property(worstCase(), ({ question, assessment: any }) => {
        const said = feedbackText({
          question,
          assessment: { ...any, nextStep: null, explanation: null },
          grader: 'offline',
        });
        expect(said).not.toMatch(/\d\s*(?:\/|de|of|out of|sobre|em)\s*10|%/);
        expect(said).toContain(phrases[question.language].feedback.offlineNote);
      }),
    );
  });
});

describe('what else feedback may have to say', () => {
  it('is said before the verdicts when the answer was about something else', () => {
    const said = text({ language: 'es', assessment: assessed([], { offTopic: true }), grader: 'offline' });
    expect(said.split('\n').slice(0, 2)).toEqual([
      '*No encontré en ella las ideas clave*',
      phrases.es.feedback.offTopic,
    ]);
  });

  it('is said at the end when only the first part of the answer was read', () => {
    const question = someQuestionInLanguage();
    const message = feedbackMessage({
      askedId: ASKED,
      question,
      assessment: assessed([]),
      grader: 'openai',
      wasCut: true,
    });
    expect(message.free?.text.endsWith(`\n\n${phrases.en.feedback.cut}`)).toBe(true);
  });
});

describe('a quote in feedback', () => {
  it.each([
    [
      'marks that would format half of the message',
      'use *two* _stars_ ~or~ `ticks`',
      '“use two stars or ticks”',
    ],
    ['line breaks', 'first\n> second\n\n third', '“first > second third”'],
    [
      'more words than anybody reads',
      'the inner function keeps a reference to the variables of the outer one even after that has returned',
      '“the inner function keeps a reference to the variables of…”',
    ],
  ])('is freed of %s', (_, quote, shown) => {
    const question = someQuestionInLanguage();
    const said = feedbackText({
      question,
      assessment: assessed([verdict('keeps-variables', 'covered', quote)]),
      grader: 'openai',
    });
    expect(said).toContain(`• The inner function keeps the variables around it ${shown}\n`);
  });

  it('never ends in half an emoji', () => {
    const question = someQuestionInLanguage();
    for (const shift of ['', 'x']) {
      const said = feedbackText({
        question,
        assessment: assessed([verdict('keeps-variables', 'covered', shift + '🤔'.repeat(60))]),
        grader: 'openai',
      });
      expect(said.isWellFormed()).toBe(true);
    }
  });
});

describe('the length of feedback', () => {
  it('stays within what people read, for the worst question, verdicts, quotes and model', () => {
    fc.assert(
      fc.property(worstCase(), fc.constantFrom('openai', 'offline'), fc.boolean(), (it, grader, regraded) => {
        const said = feedbackText({ ...it, grader, regraded });
        expect(said.length).toBeLessThanOrEqual(LONGEST_FEEDBACK);
        expect(said.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is never bought with the headline, the next step or the label of the offline grader', () => {
    fc.assert(
      fc.property(worstCase(), fc.constantFrom('openai', 'offline'), (it, grader) => {
        const { feedback } = phrases[it.question.language];
        const said = feedbackText({ ...it, grader });
        const [headline, ...rest] = said.split('\n\n');
        expect(headline).toMatch(/^\*.+\*$/);
        const end = rest.join('\n\n');
        if (grader === 'offline') expect(end.endsWith(feedback.offlineNote)).toBe(true);
        if (it.assessment.nextStep !== null)
          expect(end).toContain(feedback.nextStep({ step: it.assessment.nextStep }));
      }),
      { numRuns: 500 },
    );
  });

  it('gives up the explanation first', () => {
    const { question, assessment } = longest(['covered', 'covered', 'missing', 'missing'], {
      explanation: 'x'.repeat(300),
    });
    const said = feedbackText({ question, assessment, grader: 'openai' });
    expect(said).not.toContain('xxx');
    expect(conceptsIn(said, question)).toHaveLength(4);
  });

  it('then the least weighty lines of the longest section', () => {
    const { question, assessment } = longest([
      'covered',
      'covered',
      'covered',
      'covered',
      'covered',
      'missing',
    ]);
    const said = feedbackText({ question, assessment, grader: 'openai' });
    // Weights rise with the number; the sixth is missing and stays, because it is the only one of its section.
    expect(conceptsIn(said, question)).toEqual(['c2', 'c3', 'c4', 'c5']);
  });

  it.each(LANGUAGES)(
    'and only then what was quoted: no verdict and no label goes for it, in %s',
    (language) => {
      const { question, assessment } = longest(['covered', 'partial', 'contradicted', 'missing']);
      const said = feedbackText({
        question: { ...question, language },
        assessment,
        grader: 'offline',
        regraded: true,
      });
      expect(conceptsIn(said, question)).toHaveLength(4);
      expect(said).not.toContain('quoted');
      expect(said.endsWith(phrases[language].feedback.offlineNote)).toBe(true);
    },
  );

  it('puts core concepts first, then the weightiest', () => {
    const question = someQuestionInLanguage({
      concepts: [
        aConcept({ id: 'light', weight: 1, text: 'light' }),
        aConcept({ id: 'heavy', weight: 3, text: 'heavy' }),
        aConcept({ id: 'core', weight: 1, core: true, text: 'core' }),
      ],
    });
    const said = feedbackText({ question, assessment: assessed([]), grader: 'openai' });
    expect(said).toContain('• core\n• heavy\n• light');
  });
});

describe('teaching after “I don’t know”', () => {
  it.each(LANGUAGES)('shows the model answer within one message, in %s', (language) => {
    const modelAnswer = 'x'.repeat(700);
    const message = taughtMessage(ASKED, someQuestionInLanguage({ language, modelAnswer }));
    expect(message.free?.text).toBe(`${phrases[language].feedback.taught}\n\n${modelAnswer}`);
    expect(message.free?.text.length).toBeLessThanOrEqual(META_LIMIT);
    expect(message.free?.buttons).toEqual([
      { payload: `more:${ASKED}`, title: phrases[language].buttons.more },
    ]);
  });
});

describe('every feedback', () => {
  it.each(LANGUAGES)('offers the model answer and another question, in %s', (language) => {
    const message = feedbackMessage({
      askedId: ASKED,
      question: someQuestionInLanguage({ language }),
      assessment: assessed([]),
      grader: 'offline',
    });
    const { buttons } = phrases[language];
    expect(message).toMatchObject({
      kind: 'feedback',
      askedId: ASKED,
      whole: null,
      teaser: null,
      expiresAt: null,
    });
    expect(message.free?.buttons).toEqual([
      { payload: `answer:${ASKED}`, title: buttons.modelAnswer },
      { payload: `more:${ASKED}`, title: buttons.more },
    ]);
  });

  it.each(LANGUAGES)('of a model writes its score as a number out of ten, in %s', (language) => {
    for (const [value, score] of [
      ['covered', 10],
      ['partial', 5],
      ['missing', 0],
    ] as const) {
      const question = someQuestionInLanguage({ language });
      const verdicts = question.concepts.map((concept) => verdict(concept.id, value, 'said'));
      expect(feedbackText({ question, assessment: assessed(verdicts), grader: 'openai' })).toMatch(
        new RegExp(`^\\*[^*]* ${score}/10\\*`),
      );
    }
  });
});

function text(it: {
  language: Language;
  assessment: Assessment;
  grader: 'openai' | 'offline';
  regraded?: boolean;
}): string {
  return feedbackText({ ...it, question: questionIn(someQuestion(), it.language) });
}

function feedbackText(it: {
  question: QuestionInLanguage;
  assessment: Assessment;
  grader: 'openai' | 'offline';
  regraded?: boolean;
}): string {
  return feedbackMessage({ askedId: ASKED, ...it }).free!.text;
}

function assessed(verdicts: readonly ConceptVerdict[], change: Partial<Assessment> = {}): Assessment {
  return { verdicts, nextStep: null, explanation: null, offTopic: false, suspicious: false, ...change };
}

function verdict(conceptId: string, value: Verdict, quote: string | null = null): ConceptVerdict {
  return { conceptId, verdict: value, quote: value === 'missing' ? null : quote };
}

function aConcept(change: Partial<ConceptInLanguage>): ConceptInLanguage {
  return { id: 'c', weight: 1, core: false, text: 'A concept', aliases: [], ...change };
}

/** Concepts as long as an author may write them, with quotes as long as they may be said. */
function longest(
  values: readonly Verdict[],
  change: Partial<Assessment> = {},
): { question: QuestionInLanguage; assessment: Assessment } {
  const concepts = values.map((_, index) =>
    aConcept({ id: `c${index}`, weight: index, text: `c${index} ${'y'.repeat(107)}` }),
  );
  return {
    question: someQuestionInLanguage({ concepts }),
    assessment: assessed(
      values.map((value, index) => verdict(`c${index}`, value, 'quoted '.repeat(20))),
      change,
    ),
  };
}

function conceptsIn(said: string, question: QuestionInLanguage): string[] {
  return question.concepts.map((it) => it.id).filter((id) => said.includes(`• ${id} `));
}

/** Everything as long as its author may make it: texts of 110, a next step of 200 and an explanation of 300 characters. */
function worstCase() {
  const words = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '*', '_', '🤔', '\n'), maxLength: 150 });
  const row = fc.record({
    weight: fc.integer({ min: 1, max: 3 }),
    core: fc.boolean(),
    length: fc.oneof(fc.constant(110), fc.integer({ min: 5, max: 110 })),
    verdict: fc.constantFrom(...VERDICTS),
    quote: fc.oneof(fc.constant('q'.repeat(60)), fc.constant('w'.repeat(300)), words),
  });
  return fc
    .record({
      language: fc.constantFrom(...LANGUAGES),
      rows: fc.array(row, { minLength: 3, maxLength: 6 }),
      nextStep: fc.option(fc.constant('n'.repeat(200))),
      explanation: fc.option(fc.constant('e'.repeat(300))),
    })
    .map(({ language, rows, nextStep, explanation }) => ({
      question: someQuestionInLanguage({
        language,
        concepts: rows.map((it, index) =>
          aConcept({ id: `c${index}`, weight: it.weight, core: it.core, text: 't'.repeat(it.length) }),
        ),
      }),
      assessment: assessed(
        rows.map((it, index) => verdict(`c${index}`, it.verdict, it.quote)),
        { nextStep, explanation },
      ),
    }));
}
