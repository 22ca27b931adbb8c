import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Question } from '../interview/question.ts';
import { hostileQuestion } from '../test/build/hostile-question.ts';
import { someConcept, someQuestion } from '../test/build/question.ts';
import { loadBank } from './load-bank.ts';
import { readTopic } from './read-topic.ts';
import { writeQuestions } from './write-questions.ts';

function readBack(text: string, { area, topic }: Question): readonly Question[] {
  const { questions, problems } = readTopic(text, { file: 'topic.yaml', area, topic });
  expect(problems).toEqual([]);
  return questions;
}

describe('a question that is written', () => {
  it('is read as it was, and written again in the same way: every one of the bank', () => {
    for (const question of loadBank().questions) {
      const text = writeQuestions([question]);
      expect(readBack(text, question)).toEqual([question]);
      expect(writeQuestions(readBack(text, question))).toBe(text);
    }
  });

  it('is read as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(hostileQuestion(), { minLength: 1, maxLength: 2 }), (written) => {
        const questions = written.map((it) => ({ ...it, area: 'ruby' as const, topic: 'blocks' }));
        const text = writeQuestions(questions);
        const [first] = questions;
        if (first === undefined) return;
        expect(readBack(text, first)).toEqual(questions);
        expect(writeQuestions(readBack(text, first))).toBe(text);
      }),
    );
  });

  it('looks like those that people write', () => {
    const text = writeQuestions([
      someQuestion({
        retired: true,
        text: {
          en: 'What is printed?\n```\nfn()\n  # "x"\n```',
          es: '¿"Qué"?',
          pt: 'O que?',
        },
        concepts: [
          someConcept({
            core: true,
            aliases: {
              en: ['20', 'a, b', 'o(1)', ...Array<string>(10).fill('a word')],
              es: ['x: y'],
              pt: ["it's"],
            },
          }),
        ],
        misconceptions: [
          {
            concept: 'a-concept',
            claim: { en: 'No', es: 'No', pt: 'Não' },
            correction: { en: 'Yes', es: 'Sí', pt: 'Sim' },
          },
        ],
        sources: ['https://docs.example/a'],
      }),
    ]);
    expect(text).toBe(`- slug: js-closure
  version: 1
  difficulty: easy
  retired: true
  text:
    en: |-
      What is printed?
      \`\`\`
      fn()
        # "x"
      \`\`\`
    es: "¿\\"Qué\\"?"
    pt: "O que?"
  hint:
    en: "What does the inner function still see?"
    es: "¿Qué sigue viendo la función interna?"
    pt: "O que a função interna ainda enxerga?"
  model_answer:
    en: "A closure is a function that keeps the variables of the place where it was made."
    es: "Una closure es una función que conserva las variables del lugar donde se creó."
    pt: "Uma closure é uma função que guarda as variáveis do lugar onde foi criada."
  concepts:
    - id: a-concept
      weight: 1
      core: true
      text:
        en: "A concept"
        es: "Un concepto"
        pt: "Um conceito"
      aliases:
        en: ["20", "a, b", o(1), a word, a word, a word, a word, a word, a word, a word, a word, a word, a word]
        es: ["x: y"]
        pt: [it's]
  misconceptions:
    - concept: a-concept
      claim:
        en: "No"
        es: "No"
        pt: "Não"
      correction:
        en: "Yes"
        es: "Sí"
        pt: "Sim"
  sources:
    - https://docs.example/a
`);
  });

  it('has its aliases in as few lines as a screen is wide', () => {
    const aliases = (count: number) => Array<string>(count).fill('remembers variables');
    const text = writeQuestions([
      someQuestion({ concepts: [someConcept({ aliases: { en: aliases(12), es: aliases(1), pt: [] } })] }),
    ]);
    const lines = text.split('\n').filter((line) => /remembers|pt: \[/.test(line));
    expect(lines).toEqual([
      `        en: [${'remembers variables, '.repeat(5).trimEnd()}`,
      `          ${'remembers variables, '.repeat(5).trimEnd()}`,
      '          remembers variables, remembers variables]',
      '        es: [remembers variables]',
      '        pt: []',
    ]);
  });
});
