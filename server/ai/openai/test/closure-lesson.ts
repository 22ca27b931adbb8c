import type { Language } from '../../../../interview/languages/language.ts';
import type { QuestionInLanguage } from '../../../../interview/question.ts';
import type { Assessment } from '../../../../interview/rubric.ts';
import type { GradingTask } from '../../grader.ts';

/** A question, an answer that knows two of its three concepts, and what a fair model says about it. */
export function closureQuestion(language: Language = 'en'): QuestionInLanguage {
  return {
    slug: 'js-closures-counter',
    version: 3,
    area: 'javascript',
    difficulty: 'easy',
    language,
    text: 'What is a closure, and what would you use one for?',
    hint: 'Think of a function that outlives its parent.',
    modelAnswer: 'A closure is a function that keeps access to the scope it was created in.',
    concepts: [
      {
        id: 'keeps-scope',
        weight: 3,
        core: true,
        text: 'Keeps access to the variables of its scope',
        aliases: ['keeps access', 'remembers variables', 'lexical scope'],
      },
      {
        id: 'after-return',
        weight: 2,
        core: true,
        text: 'Also after the outer function has returned',
        aliases: ['has returned'],
      },
      {
        id: 'private-state',
        weight: 1,
        core: false,
        text: 'Useful for private state',
        aliases: ['private state', 'encapsulation'],
      },
    ],
  };
}

export const ANSWER =
  'It is a function that “keeps access” to the variables around it, even when the outer function has RETURNED already.';

export function closureTask(change: Partial<GradingTask> = {}): GradingTask {
  return { question: closureQuestion(), answer: ANSWER, spoken: false, ...change };
}

export type WireGrading = {
  verdicts: { id: string; verdict: string; quote: string | null }[];
  next_step: string;
  explanation: string;
  off_topic: boolean;
  asks_for_help: boolean;
  answer_language: string;
};

export function fairGrading(change: Partial<WireGrading> = {}): WireGrading {
  return {
    verdicts: [
      { id: 'keeps-scope', verdict: 'covered', quote: 'keeps access to the variables' },
      { id: 'after-return', verdict: 'covered', quote: 'the outer function has returned already' },
      { id: 'private-state', verdict: 'missing', quote: null },
    ],
    next_step: 'Write a counter that nobody can change from the outside.',
    explanation: 'The variables of a closure can be reached only through it, which makes them private.',
    off_topic: false,
    asks_for_help: false,
    answer_language: 'en',
    ...change,
  };
}

/** A second opinion simple enough to see through: a concept is covered when one of its names stands in the answer. */
export function judgePlainly(question: QuestionInLanguage, answer: string): Assessment {
  return {
    verdicts: question.concepts.map(({ id, aliases }) => {
      const alias = aliases.find((it) => answer.toLowerCase().includes(it));
      const at = alias === undefined ? -1 : answer.toLowerCase().indexOf(alias);
      if (alias === undefined) return { conceptId: id, verdict: 'missing', quote: null };
      return { conceptId: id, verdict: 'covered', quote: answer.slice(at, at + alias.length) };
    }),
    nextStep: null,
    explanation: null,
    offTopic: false,
    suspicious: false,
  };
}
