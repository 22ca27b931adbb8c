import { describe, expect, it } from 'vitest';
import { someConcept, someQuestion } from '../test/build/question.ts';
import { LANGUAGES } from './languages/language.ts';
import { questionIn } from './question.ts';

describe('a question as one learner meets it', () => {
  it('holds everything in their language and nothing of the others', () => {
    expect(
      questionIn(
        someQuestion({
          slug: 'py-gil',
          version: 3,
          area: 'python',
          difficulty: 'hard',
          concepts: [
            someConcept({
              id: 'one-thread',
              weight: 3,
              core: true,
              text: { en: 'One thread at a time', es: 'Un hilo a la vez', pt: 'Uma thread por vez' },
              aliases: { en: ['one thread'], es: ['un hilo'], pt: ['uma thread'] },
            }),
          ],
        }),
        'es',
      ),
    ).toEqual({
      slug: 'py-gil',
      version: 3,
      area: 'python',
      difficulty: 'hard',
      language: 'es',
      text: '¿Qué es una closure?',
      hint: '¿Qué sigue viendo la función interna?',
      modelAnswer: 'Una closure es una función que conserva las variables del lugar donde se creó.',
      concepts: [{ id: 'one-thread', weight: 3, core: true, text: 'Un hilo a la vez', aliases: ['un hilo'] }],
    });
  });

  it.each(LANGUAGES)('has the same concepts in the same order in %s', (language) => {
    const question = someQuestion();
    expect(questionIn(question, language).concepts.map((it) => it.id)).toEqual(
      question.concepts.map((it) => it.id),
    );
  });
});
