import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findQuote } from './find-quote.ts';
import { closureQuestion } from './test/closure-lesson.ts';

const concept = closureQuestion().concepts[0]!;

describe('a quote that stands in the answer is returned as the learner wrote it', () => {
  test.each([
    ['the same words', 'keeps access', 'it keeps access to x', 'keeps access'],
    ['another case', 'Has Returned', 'when it has RETURNED', 'has RETURNED'],
    ['accents the model put right', 'función interna', 'la funcion interna sigue', 'funcion interna'],
    ['accents the model dropped', 'variaveis externas', 'as variáveis externas ficam', 'variáveis externas'],
    [
      'accents written as two characters',
      'está aquí',
      'ya est\u0065\u0301 aqui\u0301 mismo'.replace('est\u0065\u0301', 'esta\u0301'),
      'esta\u0301 aqui\u0301',
    ],
    [
      'straight quote marks for curly ones',
      '"keeps access" to',
      'it “keeps access” to x',
      'keeps access” to',
    ],
    ['other white space', 'keeps access to', 'it keeps\n   access\tto x', 'keeps\n   access\tto'],
    [
      'punctuation tidied up',
      'first, it keeps access.',
      'First - it keeps access',
      'First - it keeps access',
    ],
    ['marks left out', 'the event loop', 'it is the *event* loop', 'the *event* loop'],
    ['wide and joined letters', 'ﬁnal value', 'the FINAL ｖalue', 'FINAL ｖalue'],
    ['a word hidden by zero-width characters', 'keeps access', 'it ke\u200Beps access', 'ke\u200Beps access'],
    ['back-ticked code', '`a === b`', 'use a === b here', 'a === b'],
  ])('%s', (_, quote, answer, expected) => {
    const found = findQuote(quote, answer, concept);
    expect(found).toBe(expected);
    expect(answer).toContain(found);
  });
});

describe('what proves nothing is no quote', () => {
  test.each([
    ['invented words', 'captures the environment', 'it keeps access to x'],
    ['a paraphrase', 'retains access', 'it keeps access to x'],
    ['two pieces joined', 'keeps x', 'it keeps access to x'],
    ['the right words in another order', 'access keeps', 'it keeps access to x'],
    ['half a word', 'is a', 'this also'],
    ['another operator', 'a == b', 'a === b'],
    ['a single everyday word', 'function', 'it is a function with access'],
    ['nothing but punctuation', '…', 'it … is'],
    ['nothing', '', 'it is'],
    ['anything from an empty answer', 'keeps access', ''],
  ])('%s', (_, quote, answer) => expect(findQuote(quote, answer, concept)).toBeNull());
});

test.each([
  ['O(n)', 'it is O(n) I think'],
  ['===', 'use === for that'],
  ['useEffect', 'call useEffect there'],
  ['GIL', 'because of the GIL only'],
  ['encapsulation', 'good for Encapsulation and so on'],
  ['undefined', 'undefined'],
])('a single technical term is evidence: %s', (quote, answer) => {
  const named = { ...concept, aliases: ['encapsulation'] };
  expect(findQuote(quote, answer, named)?.toLowerCase()).toContain(quote.toLowerCase().replace(/\)$/, ''));
});

test('whatever is asked for, what comes back stands in the answer, and holds the words of the quote', () => {
  const words = fc.constantFrom(
    'keeps',
    'access',
    'the',
    'Función',
    '===',
    'x',
    '“scope”',
    '…',
    '\u200B',
    'O(n)',
    '`y`',
  );
  const text = fc.array(words, { maxLength: 8 }).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(text, text, (quote, answer) => {
      const found = findQuote(quote, answer, concept);
      if (found === null) return;
      expect(answer).toContain(found);
      expect(findQuote(found, quote, concept) ?? findQuote(quote, found, concept)).not.toBeNull();
    }),
  );
});

test('any run of words of an answer is found in it again', () => {
  const word = fc.constantFrom('keeps', 'access', 'the', 'variáveis', 'scope', 'a+b', 'don’t');
  const answers = fc.array(word, { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(answers, fc.nat(), fc.nat(), (answer, a, b) => {
      const from = a % (answer.length - 1);
      const to = from + 2 + (b % (answer.length - from - 1));
      const quote = answer.slice(from, to).join('  ').toUpperCase();
      expect(findQuote(quote, answer.join(', '), concept)).not.toBeNull();
    }),
  );
});
