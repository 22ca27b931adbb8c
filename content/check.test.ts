import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AREAS } from '../interview/areas.ts';
import type { InEachLanguage } from '../interview/languages/language.ts';
import type { Concept, Misconception, Question } from '../interview/question.ts';
import { checkBank, travelInTemplate } from './check.ts';
import { loadBank } from './load-bank.ts';
import { printProblem } from './problem.ts';

const same = <T>(value: T): InEachLanguage<T> => ({ en: value, es: value, pt: value });

function concept(
  id: string,
  text: InEachLanguage<string>,
  words: readonly string[],
  change: Partial<Concept> = {},
): Concept {
  return { id, weight: 1, core: false, text, aliases: same(words), ...change };
}

/** A small question that breaks no rule. */
const SOUND: Question = {
  slug: 'dsa-stack-sound',
  version: 1,
  retired: false,
  area: 'dsa',
  topic: 'stacks',
  difficulty: 'easy',
  text: {
    en: 'What is a pile of plates good for in a program?',
    es: '¿Para qué sirve una pila de platos en un programa?',
    pt: 'Para que serve uma pilha de pratos em um programa?',
  },
  hint: {
    en: 'Think of the last plate.',
    es: 'Piensa en el plato que pusiste al final.',
    pt: 'Pense no prato que você colocou por último.',
  },
  modelAnswer: {
    en: 'It is last in first out, push and pop take constant time, and it finds matching brackets.',
    es: 'Es una estructura lifo: agregar y sacar cuesta o(1), y con ella se revisan los matching brackets.',
    pt: 'É uma estrutura lifo: colocar e tirar custa o(1), e com ela você confere os matching brackets.',
  },
  concepts: [
    concept(
      'order',
      {
        en: 'The newest one leaves before the older ones',
        es: 'El más nuevo sale antes que los anteriores',
        pt: 'O mais novo sai antes dos anteriores',
      },
      ['last in first out', 'lifo', 'newest first', 'most recent element'],
      { core: true, weight: 3 },
    ),
    concept(
      'cost',
      {
        en: 'Each step costs the same however many there are',
        es: 'Cada paso cuesta lo mismo sin importar cuántos haya',
        pt: 'Cada passo custa o mesmo, não importa quantos existam',
      },
      ['constant time', 'o(1)', 'cheap operations', 'no shifting'],
    ),
    concept(
      'use',
      {
        en: 'It helps to check what was opened and closed',
        es: 'Ayuda a revisar lo que se abrió y se cerró',
        pt: 'Ajuda a conferir o que foi aberto e fechado',
      },
      ['matching brackets', 'undo history', 'call frames', 'depth first search'],
    ),
  ],
  misconceptions: [
    {
      concept: 'order',
      claim: {
        en: 'The oldest plate leaves before the others.',
        es: 'El plato más antiguo sale antes que los demás.',
        pt: 'O prato mais antigo sai antes dos outros.',
      },
      correction: {
        en: 'That is a queue; here the plate on top leaves before the others.',
        es: 'Eso es una cola; aquí sale antes el plato de arriba.',
        pt: 'Isso é uma fila; aqui sai antes o prato de cima.',
      },
    },
  ],
  sources: [],
};

const changed = (change: Partial<Question>): Question => ({ ...SOUND, ...change });

function withConcept(at: number, change: Partial<Concept>): Question {
  return changed({ concepts: SOUND.concepts.map((it, index) => (index === at ? { ...it, ...change } : it)) });
}

function withMisconception(change: Partial<Misconception>): Question {
  return changed({ misconceptions: SOUND.misconceptions.map((it) => ({ ...it, ...change })) });
}

const aliases = (...words: readonly string[]) => same(words);

/** What the check says of a question alone, without the places and the areas that a bank of one leaves empty. */
function saidOf(...questions: readonly Question[]): readonly string[] {
  return checkBank(questions)
    .filter((problem) => problem.slug !== null)
    .map((problem) => printProblem(problem));
}

function code(...lines: readonly string[]): InEachLanguage<string> {
  const asking = (words: string) => [words, '```', ...lines, '```'].join('\n');
  return { en: asking('What is printed?'), es: asking('¿Qué se imprime?'), pt: asking('O que é impresso?') };
}

describe('the question bank', () => {
  const bank = loadBank();

  it('is readable and breaks no rule', () => {
    const problems = [...bank.problems, ...checkBank(bank.questions, bank.placeOf)];
    expect(problems.map(printProblem)).toEqual([]);
  });

  it('brings most of its questions inside the daily template', () => {
    expect(travelInTemplate(bank.questions).length).toBeGreaterThan(bank.questions.length / 2);
  });
});

describe('a sound question', () => {
  it('has nothing said against it', () => {
    expect(saidOf(SOUND)).toEqual([]);
  });

  it('may show code that fits a phone', () => {
    expect(saidOf(changed({ text: code('x = 1', 'y'.repeat(36)) }))).toEqual([]);
  });

  it('may hint at what is not its core', () => {
    expect(saidOf(changed({ hint: { ...SOUND.hint, en: 'Think of the undo history.' } }))).toEqual([]);
  });

  it('travels inside the template in one line, and by teaser with code', () => {
    const teased = changed({ text: code('x = 1') });
    const longest = changed({ text: same('x'.repeat(550)) });
    const tooLong = changed({ text: { ...same('x'), pt: 'x'.repeat(551) } });
    expect(travelInTemplate([SOUND, teased, longest, tooLong])).toEqual([SOUND, longest]);
  });
});

describe('the check tells', () => {
  const long = (length: number) => same('x'.repeat(length));
  it.each<[string, Question, RegExp]>([
    ['a text that is too long', changed({ text: long(601) }), /text\.es: has 601 characters, at most 600/],
    [
      'a text that no message with buttons can hold',
      changed({ text: long(1000) }),
      /text\.en: makes a message of 1\d{3} characters with its buttons, at most 1024/,
    ],
    ['a hint that is too long', changed({ hint: long(201) }), /hint\.pt: has 201 characters/],
    ['a hint of two lines', changed({ hint: same('a\nb') }), /hint\.en: is more than one line/],
    [
      'a model answer that is too long',
      changed({ modelAnswer: long(701) }),
      /model_answer\.en: has 701 characters/,
    ],
    ['a text that is empty', changed({ hint: { ...SOUND.hint, pt: ' ' } }), /hint\.pt: is empty/],
    [
      'a tab in a text of one line',
      changed({ text: same('What\tis it?') }),
      /text\.en: holds a tab or five spaces/,
    ],
    [
      'five spaces in a text of one line',
      changed({ text: same('What     is it?') }),
      /text\.en: holds a tab or five spaces/,
    ],
    [
      'code that is too wide',
      changed({ text: code('y'.repeat(37)) }),
      /text\.en: has a line of code of 37 characters/,
    ],
    [
      'code that is too high',
      changed({ text: code(...Array<string>(13).fill('y')) }),
      /text\.en: has 13 lines of code/,
    ],
    [
      'a fence with a language',
      changed({ text: same('Why?\n```js\nx\n```') }),
      /text\.en: has a fence that is not/,
    ],
    ['a fence beside words', changed({ text: same('Why? ```x```') }), /text\.en: has a fence that is not/],
    [
      'a block that stays open',
      changed({ text: same('Why?\n```\nx') }),
      /text\.en: has a code block that is not closed/,
    ],
    [
      'a bullet that is too long',
      withConcept(1, { text: same(`X${'x'.repeat(110)}`) }),
      /concepts\.1\.text\.en: has 111/,
    ],
    [
      'a bullet in small letters',
      withConcept(1, { text: same('the cost') }),
      /concepts\.1\.text\.es: begins with a small/,
    ],
    [
      'a bullet with a full stop',
      withConcept(1, { text: same('The cost.') }),
      /concepts\.1\.text\.pt: ends in a full stop/,
    ],
    [
      'too few concepts',
      changed({ concepts: SOUND.concepts.slice(0, 2) }),
      /concepts: has 2 concepts, 3 to 6/,
    ],
    ['no core concept', withConcept(0, { core: false }), /concepts: has no core concept/],
    ['a weight out of range', withConcept(1, { weight: 4 }), /concepts\.1\.weight: weighs 4, 1 to 3/],
    ['a weight in between', withConcept(1, { weight: 1.5 }), /concepts\.1\.weight: weighs 1\.5/],
    [
      'a concept named twice',
      withConcept(1, { id: 'order' }),
      /concepts\.1\.id: names a second concept order/,
    ],
    [
      'too few aliases',
      withConcept(1, { aliases: aliases('constant time', 'o(1)') }),
      /aliases\.en: has 2 aliases, 4 to 8/,
    ],
    [
      'an alias that is too long',
      withConcept(1, { aliases: aliases('constant time', 'o(1)', 'x y z', 'takes the same time always') }),
      /aliases\.es\.3: alias "takes the same time always" has 5 words/,
    ],
    [
      'an alias with capitals',
      withConcept(1, { aliases: aliases('constant time', 'O(1)', 'cheap', 'no shifting') }),
      /aliases\.en\.1: alias "O\(1\)" is not lower case/,
    ],
    [
      'an alias that stands twice',
      withConcept(1, { aliases: aliases('constant time', 'o(1)', 'cheap', 'o(1)') }),
      /aliases\.en\.3: alias "o\(1\)" stands there twice/,
    ],
    [
      'an alias of two concepts, however inflected',
      withConcept(1, { aliases: aliases('constant time', 'o(1)', 'cheap', 'most recent elements') }),
      /aliases\.en\.3: alias "most recent elements" also belongs to order/,
    ],
    [
      'an alias in the text of the question',
      withConcept(1, { aliases: aliases('constant time', 'o(1)', 'cheap', 'plates in programs') }),
      /aliases\.en\.3: alias "plates in programs" stands in the text of the question/,
    ],
    [
      'a core alias in the hint',
      changed({ hint: same('Last in is what comes first out.') }),
      /aliases\.en\.0: alias "last in first out" stands in the hint and is core/,
    ],
    [
      'a model answer that the grader does not find complete',
      changed({ modelAnswer: same('It is last in first out.') }),
      /model_answer\.en: earns 60 % from the offline grader, at least 90 %: cost missing, use missing/,
    ],
    [
      'a question that answers itself',
      changed({ text: same('Is a pile of plates lifo?') }),
      /text\.en: handed in as an answer earns \d+ %, at most 10 %: order by/,
    ],
    [
      'a slug without the prefix of its area',
      changed({ slug: 'js-stack' }),
      /slug: does not begin with dsa-/,
    ],
    [
      'a question of which nobody gets anything wrong',
      changed({ misconceptions: [] }),
      /misconceptions: has 0 misconceptions, 1 to 3/,
    ],
    [
      'a misconception of nothing',
      withMisconception({ concept: 'colour' }),
      /misconceptions\.0\.concept: names no concept of this question: colour/,
    ],
    [
      'a claim that takes more than a breath',
      withMisconception({ claim: long(161) }),
      /misconceptions\.0\.claim\.es: has 161 characters, at most 160/,
    ],
    [
      'a correction of two lines',
      withMisconception({ correction: same('a\nb') }),
      /misconceptions\.0\.correction\.pt: is more than one line/,
    ],
    [
      'a text left in another language',
      changed({ text: { ...SOUND.text, pt: SOUND.text.es } }),
      /text\.pt: reads like es/,
    ],
    [
      'a model answer left in another language',
      changed({ modelAnswer: { ...SOUND.modelAnswer, es: SOUND.modelAnswer.en } }),
      /model_answer\.es: reads like en/,
    ],
  ])('%s', (_, question, problem) => {
    expect(saidOf(question).join('\n')).toMatch(problem);
  });

  it('a slug that is taken', () => {
    const other = changed({ text: same('Why do queues exist?') });
    expect(saidOf(SOUND, other)).toContain('dsa-stack-sound slug: is taken by another question');
  });

  it('a question asked nearly the same before', () => {
    const other = changed({
      slug: 'dsa-pile',
      text: same('In programs, what is the pile of plates good for?'),
    });
    expect(saidOf(SOUND, other)).toContain('dsa-pile text.en: asks nearly the same as dsa-stack-sound');
  });

  it('a question that wants nearly the same as another', () => {
    const other = changed({
      slug: 'dsa-pile',
      text: same('Somebody asks you about undoing. Which structure would you take, and why?'),
      concepts: SOUND.concepts.map((it) => ({ ...it, id: `${it.id}-again` })),
    });
    expect(saidOf(SOUND, other)).toContain('dsa-pile concepts: wants nearly the same as dsa-stack-sound');
  });

  it('an alias that is said in answers about anything', () => {
    const others = Array.from({ length: 40 }, (_, index) =>
      changed({
        slug: `dsa-other-${index}`,
        topic: `topic ${index}`,
        modelAnswer: {
          ...SOUND.modelAnswer,
          en: `${index < 17 ? 'Undo' : 'Some'} history of number ${index}.`,
        },
      }),
    );
    const said = saidOf(SOUND, ...others).filter((line) => line.startsWith('dsa-stack-sound '));
    expect(said.toSorted()).toEqual(
      [
        'dsa-stack-sound concepts.2.aliases.en.1: alias "undo history" is said in 43 % of the answers on other topics',
        ...['es', 'pt'].map(
          (language) =>
            `dsa-stack-sound concepts.2.aliases.${language}.0: alias "matching brackets" is said in 100 % of the answers on other topics`,
        ),
        ...['es', 'pt'].map(
          (language) =>
            `dsa-stack-sound concepts.0.aliases.${language}.1: alias "lifo" is said in 100 % of the answers on other topics`,
        ),
      ].toSorted(),
    );
  });

  it('an area that runs dry, and a topic that nothing can be brought back in', () => {
    expect(checkBank([SOUND]).map(printProblem)).toEqual([
      ...['javascript', 'python', 'ruby'].flatMap((area) => [
        `${area} has 0 questions, at least 120 are needed`,
        `${area} has 0 easy questions, at least 36 are needed`,
        `${area} has 0 medium questions, at least 40 are needed`,
        `${area} has 0 hard questions, at least 30 are needed`,
      ]),
      'dsa has 1 questions, at least 120 are needed',
      'dsa has 1 easy questions, at least 36 are needed',
      'dsa has 0 medium questions, at least 40 are needed',
      'dsa has 0 hard questions, at least 30 are needed',
      'dsa/stacks has 1 questions, 3 to 14 are wanted',
    ]);
  });

  it('the place of a problem where the bank knows it', () => {
    const place = { file: 'dsa/stacks.yaml', line: 7, column: 3 };
    const [problem] = checkBank([changed({ hint: same('a\nb') })], () => place);
    expect(problem).toMatchObject({ slug: 'dsa-stack-sound', path: ['hint', 'en'], place });
  });
});

describe('on the command line', () => {
  const check = (...folder: readonly string[]) =>
    spawnSync(process.execPath, [fileURLToPath(new URL('./check.ts', import.meta.url)), ...folder], {
      encoding: 'utf8',
    });

  it('a sound bank is one line per area', () => {
    const { status, stdout } = check();
    expect(status).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual([...AREAS]);
    expect(stdout).toMatch(
      /ruby: easy \d+, medium \d+, hard \d+; inside the template: \d+ of \d+, by teaser: rb-/,
    );
  });

  it('a broken bank is every problem with its place, and a failure', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bank-'));
    mkdirSync(join(folder, 'dsa'));
    writeFileSync(join(folder, 'dsa', 'stacks.yaml'), '- slug: dsa-stack\n  version: zero\n');
    const { status, stderr } = check(folder);
    rmSync(folder, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toMatch(/dsa\/stacks\.yaml:2:12 dsa-stack version: /);
    expect(stderr).toContain('dsa has 0 questions, at least 120 are needed');
  });
});
