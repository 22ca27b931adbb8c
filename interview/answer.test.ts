import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutAnswer,
  isHopelesslyShort,
  joinParts,
  LONGEST_ANSWER,
  quietUntil,
  saysDontKnow,
} from './answer.ts';

const SECONDS = 1000;

describe('waiting until a learner has finished', () => {
  it('goes on for eight seconds after the last message', () => {
    expect(quietUntil(0, 0)).toBe(8 * SECONDS);
    expect(quietUntil(0, 5 * SECONDS)).toBe(13 * SECONDS);
  });

  it('ends a minute after the first message, however many follow', () => {
    expect(quietUntil(0, 52 * SECONDS)).toBe(60 * SECONDS);
    expect(quietUntil(0, 59 * SECONDS)).toBe(60 * SECONDS);
  });
});

describe('“I don’t know”', () => {
  it.each([
    'I don’t know',
    'i dont know.',
    'I don´t know',
    'IDK',
    'dunno',
    'No idea!',
    'I forgot',
    'Not sure 🤷',
    'I give up',
    'No sé',
    'no se',
    'Ni idea.',
    '¡No me acuerdo!',
    'No tengo ni idea',
    'me rindo',
    'Não sei',
    'nao sei',
    'Sei lá',
    'Não faço ideia…',
    'não faço a mínima ideia',
    'Esqueci',
  ])('is heard in %j', (text) => {
    expect(saysDontKnow(text)).toBe(true);
  });

  it.each([
    'Um, I don’t know.',
    'Hmm… I don’t know, sorry!',
    'Well, I really don’t know',
    'Honestly, no idea',
    'Eh, no sé, la verdad.',
    'Pues ni idea, lo siento',
    'Perdón, no lo sé',
    'Ah, não sei, desculpa',
    'Olha, sinceramente, não sei não',
    'Please, I don’t know. Thanks',
  ])('is heard in %j, as people speak', (text) => {
    expect(saysDontKnow(text)).toBe(true);
  });

  it.each([
    'I don’t know the name, but it keeps the variables around it',
    'It is not known before run time',
    'I know',
    'sure',
    'No',
    'No sé si es así, pero creo que guarda las variables',
    'Sei que guarda as variáveis',
    'sorry',
    'hmm',
    '',
  ])('is not heard in %j', (text) => {
    expect(saysDontKnow(text)).toBe(false);
  });
});

describe('a hopelessly short answer', () => {
  it.each(['', ' ', '?', '…', '🙂', '👍🏽', 'k', '1', '- a -'])('is %j', (text) => {
    expect(isHopelesslyShort(text)).toBe(true);
  });

  it.each(['no', 'O(1)', '42', 'b)c', 'É LIFO'])('is not %j', (text) => {
    expect(isHopelesslyShort(text)).toBe(false);
  });
});

describe('several messages in a row', () => {
  it('are one answer, in the order they were written, without empty ones', () => {
    expect(joinParts([' A closure', '', 'keeps its variables \n', '  '])).toBe(
      'A closure\nkeeps its variables',
    );
    expect(joinParts([])).toBe('');
  });
});

describe('an over-long answer', () => {
  it('stays as it is up to the limit', () => {
    const text = 'x'.repeat(LONGEST_ANSWER);
    expect(cutAnswer(text)).toEqual({ text, wasCut: false });
  });

  it.each(['. ', '! ', '? ', '.\n'])('is cut behind the last sentence that ends with %j', (end) => {
    const sentence = `${'word '.repeat(19)}word${end}`;
    const { text, wasCut } = cutAnswer(sentence.repeat(60));
    expect(wasCut).toBe(true);
    expect(text.length).toBeGreaterThan(LONGEST_ANSWER - sentence.length);
    expect(text.endsWith(`word${end.trim()}`)).toBe(true);
  });

  it('is cut between two words where no sentence ends in its last quarter', () => {
    const { text } = cutAnswer(`${'word '.repeat(300)}end. ${'word '.repeat(1000)}`);
    expect(text.endsWith(' word')).toBe(true);
    expect(text.length).toBeGreaterThan(LONGEST_ANSWER - 'word '.length - 1);
  });

  it('is a beginning of what was said, at most a quarter shorter than allowed, and never half an emoji', () => {
    const long = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 200 }),
          fc.constantFrom('. ', '! ', ' ', '\n', '🤔'.repeat(300)),
        ),
      )
      .map((parts) => parts.join(''))
      .map((text) =>
        (text === '' ? 'x' : text).repeat(Math.ceil((LONGEST_ANSWER + 1) / Math.max(text.length, 1))),
      );
    fc.assert(
      fc.property(long, fc.nat(3), (text, shift) => {
        const said = 'x'.repeat(shift) + text;
        const cut = cutAnswer(said);
        expect(said.startsWith(cut.text)).toBe(true);
        expect(cut.wasCut).toBe(said.length > LONGEST_ANSWER);
        expect(cut.text.length).toBeLessThanOrEqual(LONGEST_ANSWER);
        if (said.isWellFormed()) expect(cut.text.isWellFormed()).toBe(true);
      }),
    );
  });

  it('keeps at least three quarters of what is allowed', () => {
    const { text } = cutAnswer('x'.repeat(2 * LONGEST_ANSWER));
    expect(text.length).toBe(LONGEST_ANSWER * 0.75);
  });
});
