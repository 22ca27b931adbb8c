import { describe, expect, it } from 'vitest';
import { HOURS, MINUTES } from '../test/build/learner.ts';
import { fitsTemplateParameter, sendingForm, windowIsOpen } from './window.ts';

const WROTE_AT = Date.parse('2026-11-23T12:00:00Z');

describe('the window', () => {
  it('is closed for a learner who never wrote', () => {
    expect(windowIsOpen(null, WROTE_AT)).toBe(false);
  });

  it.each([0, 1 * MINUTES, 23 * HOURS + 50 * MINUTES - 1])(
    'is open %d ms after the learner wrote',
    (passed) => {
      expect(windowIsOpen(WROTE_AT, WROTE_AT + passed)).toBe(true);
    },
  );

  it('closes for us ten minutes before it closes at Meta, because a message may wait for its turn', () => {
    expect(windowIsOpen(WROTE_AT, WROTE_AT + 23 * HOURS + 50 * MINUTES)).toBe(false);
  });
});

describe('a text in the parameter of a template', () => {
  it.each([
    ['one line', 'What is a closure?'],
    ['four spaces in a row', 'a    b'],
    ['accents and emoji', '¿Qué es una closure? 🤔'],
    ['exactly 550 characters', 'x'.repeat(550)],
  ])('may be %s', (_, text) => {
    expect(fitsTemplateParameter(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['551 characters', 'x'.repeat(551)],
    ['two lines', 'What does this print?\n`1 + 1`'],
    ['a line ended the old way', 'a\rb'],
    ['a tab', 'a\tb'],
    ['five spaces in a row', 'a     b'],
  ])('may not be %s', (_, text) => {
    expect(fitsTemplateParameter(text)).toBe(false);
  });
});

describe('the form in which a message goes out', () => {
  it.each([
    [{ windowOpen: true, whole: true, teaser: true }, 'free'],
    [{ windowOpen: true, whole: false, teaser: false }, 'free'],
    [{ windowOpen: false, whole: true, teaser: true }, 'whole'],
    [{ windowOpen: false, whole: true, teaser: false }, 'whole'],
    [{ windowOpen: false, whole: false, teaser: true }, 'teaser'],
    [{ windowOpen: false, whole: false, teaser: false }, 'held'],
  ] as const)('with %j is %s', (may, form) => {
    expect(sendingForm(may)).toBe(form);
  });
});
