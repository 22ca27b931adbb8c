import type { Concept, Question, QuestionInLanguage } from '../../interview/question.ts';
import { questionIn } from '../../interview/question.ts';

/** A question of the bank about closures, in all languages. */
export function someQuestion(change: Partial<Question> = {}): Question {
  return {
    slug: 'js-closure',
    version: 1,
    area: 'javascript',
    topic: 'closures',
    difficulty: 'easy',
    retired: false,
    text: {
      en: 'What is a closure?',
      es: '¿Qué es una closure?',
      pt: 'O que é uma closure?',
    },
    hint: {
      en: 'What does the inner function still see?',
      es: '¿Qué sigue viendo la función interna?',
      pt: 'O que a função interna ainda enxerga?',
    },
    modelAnswer: {
      en: 'A closure is a function that keeps the variables of the place where it was made.',
      es: 'Una closure es una función que conserva las variables del lugar donde se creó.',
      pt: 'Uma closure é uma função que guarda as variáveis do lugar onde foi criada.',
    },
    concepts: [
      someConcept({
        id: 'keeps-variables',
        weight: 3,
        core: true,
        text: {
          en: 'The inner function keeps the variables around it',
          es: 'La función interna conserva las variables de su entorno',
          pt: 'A função interna guarda as variáveis ao redor',
        },
      }),
      someConcept({
        id: 'outlives-call',
        weight: 2,
        text: {
          en: 'They outlive the outer call',
          es: 'Sobreviven a la llamada externa',
          pt: 'Elas sobrevivem à chamada externa',
        },
      }),
      someConcept({
        id: 'private-state',
        weight: 1,
        text: {
          en: 'JavaScript code uses it for private state',
          es: 'JavaScript lo usa para estado privado',
          pt: 'JavaScript usa isso para estado privado',
        },
      }),
    ],
    misconceptions: [],
    sources: [],
    ...change,
  };
}

export function someConcept(change: Partial<Concept> = {}): Concept {
  return {
    id: 'a-concept',
    weight: 1,
    core: false,
    text: { en: 'A concept', es: 'Un concepto', pt: 'Um conceito' },
    aliases: { en: ['concept'], es: ['concepto'], pt: ['conceito'] },
    ...change,
  };
}

/** The same question as a learner meets it, in English unless told otherwise. */
export function someQuestionInLanguage(change: Partial<QuestionInLanguage> = {}): QuestionInLanguage {
  return { ...questionIn(someQuestion(), change.language ?? 'en'), ...change };
}
