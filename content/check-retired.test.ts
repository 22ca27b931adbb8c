import { describe, expect, it } from 'vitest';
import type { Question } from '../interview/question.ts';
import { createBank } from '../server/bank.ts';
import { checkBank } from './check.ts';
import { loadBank } from './load-bank.ts';

const SOUND = loadBank().questions.filter((question) => question.area === 'ruby');

const sentences = (...questions: readonly Question[]) => checkBank(questions).map(({ sentence }) => sentence);

describe('a retired question', () => {
  const retired = SOUND.slice(0, 1).map((question) => ({ ...question, retired: true }));

  it('does not count, and another may ask the same', () => {
    const [old] = retired;
    if (old === undefined) throw new Error('the bank is empty');
    const twin = { ...old, slug: `${old.slug}-anew`, retired: false };
    const said = sentences(old, twin);
    expect(said.join('\n')).toContain('ruby has 1 questions');
    expect(said.join('\n')).not.toMatch(/nearly the same|taken/);
    expect(sentences({ ...old, retired: false }, twin).join('\n')).toMatch(/nearly the same/);
  });

  it('keeps its slug for good', () => {
    const [old] = retired;
    const other = SOUND.slice(1, 2).map((question) => ({ ...question, slug: old?.slug ?? '' }));
    expect(sentences(...retired, ...other)).toContain('is taken by a retired question');
    expect(sentences(...other, ...retired)).toContain('is taken by a retired question');
  });

  it('still has to keep the rules: it may still be graded', () => {
    const broken = retired.map((question) => ({ ...question, hint: { ...question.hint, es: 'a\nb' } }));
    expect(sentences(...broken)).toContain('is more than one line');
  });

  it('is found, and is none of those that may be asked', () => {
    const bank = createBank([...retired, ...SOUND.slice(1)]);
    expect(bank.questions).toEqual(SOUND.slice(1));
    expect(bank.find(retired[0]?.slug ?? '')).toEqual(retired[0]);
  });
});
