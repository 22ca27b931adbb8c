import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText } from './clean-text.ts';

describe('a sentence with something we do not send goes as a whole', () => {
  test.each([
    'Read https://example.org/closures first.',
    'See www.example.org for more.',
    'Look it up on example.com today.',
    'Join t.me/closures now.',
    'Write to me@example.org about it.',
    'Call +55 11 91234-5678 for help.',
    'Call (11) 91234-5678 for help.',
    'Call 5511912345678 for help.',
    'I give you 7/10 for this.',
    'I give you *7*/10 for this.',
    'A score of ７／１０ is fine.',
    'That is 10 out of 10!',
    'That is ten out of ten!',
    'Un 8 de 10 está bien.',
    'Merece um sete de dez.',
    'Nota: 8.',
    'Your score is 7.',
    'Tu puntuación es 6.',
    'You earn 8 points.',
    'You know 80% of it.',
    'You know 80 % already.',
    'Sabes el 80 por ciento.',
  ])('%s', (sentence) => {
    expect(cleanText(`Practise closures. ${sentence} Then try again.`, 300)).toBe(
      'Practise closures. Then try again.',
    );
    expect(cleanText(sentence, 300)).toBeNull();
  });
});

describe('what only looks like it stays', () => {
  test.each([
    'A lookup takes O(n/10) steps at worst.',
    'Use `Math.max` or console.log here.',
    'A socket.io server does it.',
    'The largest safe integer is 9007199254740991.',
    'The address 192.168.100.200 is private.',
    'The numbers 0 1 1 2 3 5 8 13 21 34 are next.',
    'The result of 10 % 3 is 1.',
    'The result of 10 % n is small.',
    'Version 3.11 changed it on 2026-11-23.',
    'It does 100 000 000 operations.',
    'Name it snake_case, compute n*m, and write `__init__`.',
    'Decorate it with `@app.route` there.',
  ])('%s', (sentence) => expect(cleanText(sentence, 300)).toBe(sentence));
});

describe('marks find a partner or go', () => {
  test.each([
    ['A *closure is a function.', 'A closure is a function.'],
    ['A *closure* is a _function.', 'A *closure* is a function.'],
    ['A **closure** is a function.', 'A *closure* is a function.'],
    ['**Use `x` here** now.', '*Use `x` here* now.'],
    ['Pass `**kwargs` and `*args` on, 2 ** 3 is 2**3.', 'Pass `**kwargs` and `*args` on, 2 ** 3 is 2**3.'],
    ['Use `let instead.', 'Use let instead.'],
    ['Use ```let x``` instead.', 'Use `let x` instead.'],
    ['Use `a * b` and *this* too.', 'Use `a * b` and *this* too.'],
    ['It is ~slow here.', 'It is slow here.'],
    ['Write int* p there.', 'Write int p there.'],
  ])('%s', (text, expected) => expect(cleanText(text, 300)).toBe(expected));
});

test('a link is named by its words', () => {
  expect(cleanText('Read [the guide](https://example.org/x) first.', 300)).toBe('Read the guide first.');
});

test('lines become one paragraph without anything invisible', () => {
  expect(cleanText('Practise\n\n\u202Eclosures\u0007 now.\n', 300)).toBe('Practise closures now.');
});

test('a long text ends with a sentence', () => {
  const text = 'Practise closures with a small counter. Then explain to a friend why it works.';
  expect(cleanText(text, 60)).toBe('Practise closures with a small counter.');
});

test('a text without sentences ends with a word and says that it goes on', () => {
  expect(cleanText('practise closures again and again until it works', 20)).toBe('practise closures…');
});

test('nothing to read is nothing', () => {
  for (const text of ['', '   ', '…', '*', '42']) expect(cleanText(text, 300)).toBeNull();
});

test('whatever a model writes, the rest is short, visible and balanced', () => {
  const part = fc.constantFrom(
    'closures',
    '*',
    '_',
    '`',
    '~',
    '7/10',
    'https://x.org',
    '. ',
    '! ',
    ' ',
    '\n',
    'é',
    '😀',
    '\u0000',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
      const clean = cleanText(parts.join(''), 80);
      if (clean === null) return;
      expect(clean.length).toBeLessThanOrEqual(80);
      expect(clean).not.toMatch(/\p{Cc}|https?:|7\/10/u);
      expect(clean.split('`').length % 2).toBe(1);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean).toBe(clean.trim());
    }),
  );
});
