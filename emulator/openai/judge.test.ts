import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';
import { readTask } from './read-task.ts';

const concepts = [
  { id: 'scope', text: 'keeps access to the variables of the outer scope' },
  { id: 'copy', text: 'reference instead of copy' },
  { id: 'memory', text: 'garbage collection', aliases: ['memory is not freed'] },
];

const prompt = (answer: string, more = '') =>
  `Rules [1] and examples.\nFeedback language: Spanish (es)\n${more}Concepts:\n${JSON.stringify(concepts)}\n\n<answer-x7>\n${answer}\n</answer-x7>`;

describe('a task is found in the text of a request', () => {
  test('the concepts, the answer inside its tag, and the language', () => {
    expect(readTask(prompt('It [remembers] "things".'))).toEqual({
      concepts: concepts.map((concept) => ({ aliases: [], ...concept })),
      answer: 'It [remembers] "things".',
      language: 'es',
    });
  });

  test('an answer without a tag is what follows the concepts', () => {
    expect(readTask(`Concepts: ${JSON.stringify(concepts)}\nIt remembers.`)).toMatchObject({
      answer: 'It remembers.',
      language: 'en',
    });
  });

  test('a rule that names several languages is no wish for one', () => {
    const rule = 'The language of the answer may be English or Spanish.\n';
    expect(readTask(prompt('x', rule)).language).toBe('es');
    expect(readTask(`${rule}Language: Brazilian Portuguese (pt)\n[]`).language).toBe('pt');
  });
});

describe('a verdict', () => {
  const verdictsOn = (answer: string) => judge(readTask(prompt(answer)));

  test('counts the words that a concept and the answer share, and quotes the answer', () => {
    const answer =
      'Well, an inner function keeps\naccess to the variables of its outer scope. It is a reference.';
    expect(verdictsOn(answer)).toEqual([
      { id: 'scope', verdict: 'covered', quote: 'access to the variables of its outer scope.' },
      { id: 'copy', verdict: 'partial', quote: 'reference.' },
      { id: 'memory', verdict: 'missing', quote: null },
    ]);
  });

  test('takes an alias for the concept', () => {
    expect(verdictsOn('Its memory is not freed then.')[2]).toEqual({
      id: 'memory',
      verdict: 'covered',
      quote: 'memory is not freed',
    });
  });

  test('ignores accents, case and endings', () => {
    const task = { concepts: [{ id: 'c', text: 'función Léxica', aliases: [] }], language: 'es' as const };
    expect(judge({ ...task, answer: 'las funciones lexicas' })).toMatchObject([{ verdict: 'covered' }]);
  });

  test('is the same every time', () => {
    expect(verdictsOn('variables')).toEqual(verdictsOn('variables'));
  });
});
