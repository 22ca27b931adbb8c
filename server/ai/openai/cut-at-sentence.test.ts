import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutAtSentence } from './cut-at-sentence.ts';

test('a text that fits stays whole', () => expect(cutAtSentence('One. Two.', 9)).toBe('One. Two.'));

test('a longer one ends with its last whole sentence', () => {
  expect(cutAtSentence('One two three. Four five. Six seven.', 27)).toBe('One two three. Four five.');
});

test('a sentence that ends exactly at the limit is kept', () => {
  expect(cutAtSentence('One two. Three.', 8)).toBe('One two.');
});

test('a line ends a sentence too: code has no full stops', () => {
  expect(cutAtSentence('const a = 1\nconst b = 2', 15)).toBe('const a = 1');
});

test('a point inside a number or a call does not', () => {
  expect(cutAtSentence('Call console.log with 3.14 please', 24)).toBe('Call console.log with');
});

test('a text without words is cut anywhere but inside a character', () => {
  expect(cutAtSentence('😀😀😀', 3)).toBe('😀');
});

test('the cut is always a beginning of the text, within the limit, and something when there is something', () => {
  const part = fc.constantFrom('word', '. ', '! ', ' ', '\n', '😀', 'é', '.');
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 2, max: 40 }),
      (parts, limit) => {
        const text = parts.join('');
        const cut = cutAtSentence(text, limit);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut).not.toBe('');
        expect(cut.isWellFormed()).toBe(true);
      },
    ),
  );
});
