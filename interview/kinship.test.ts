import { describe, expect, it } from 'vitest';
import { someConcept, someQuestion } from '../test/build/question.ts';
import type { Area } from './areas.ts';
import { kinshipOf } from './kinship.ts';
import type { Question } from './question.ts';

describe('concepts of different questions', () => {
  it('are kin when a learner would say them in the same words, however they are spelt', () => {
    const kinship = kinshipOf([
      question('a', { concepts: [concept('keeps', 'Closure', 'keeps the scope')] }),
      question('b', { concepts: [concept('is', 'closure!'), concept('why', 'private state')] }),
      question('c', { concepts: [concept('is', 'hoisting')] }),
    ]);
    expect(kinship.kinIn('b', { slug: 'a', conceptId: 'keeps' })).toEqual(['is']);
    expect(kinship.kinIn('c', { slug: 'a', conceptId: 'keeps' })).toEqual([]);
    expect(namingOf(kinship, 'a', 'keeps')).toEqual(['b']);
    expect(namingOf(kinship, 'b', 'why')).toEqual([]);
  });

  it('are kin once, whatever number of words they share', () => {
    const kinship = kinshipOf([
      question('a', { concepts: [concept('x', 'one', 'two')] }),
      question('b', { concepts: [concept('y', 'one', 'two'), concept('z', 'two')] }),
    ]);
    expect(kinship.kinIn('b', { slug: 'a', conceptId: 'x' })).toEqual(['y', 'z']);
    expect(namingOf(kinship, 'a', 'x')).toEqual(['b']);
  });

  it('of different areas have nothing to do with each other', () => {
    const kinship = kinshipOf([
      question('a', { area: 'ruby', concepts: [concept('x', 'hash')] }),
      question('b', { area: 'dsa', concepts: [concept('x', 'hash')] }),
    ]);
    expect(kinship.questionsWith({ slug: 'a', conceptId: 'x' })).toEqual({ naming: [], ofTopic: [] });
    expect(kinship.kinIn('b', { slug: 'a', conceptId: 'x' })).toEqual([]);
  });

  it('are not kin because both are said in signs', () => {
    const kinship = kinshipOf([
      question('a', { concepts: [concept('x', '===')] }),
      question('b', { concepts: [concept('x', '++')] }),
    ]);
    expect(kinship.kinIn('b', { slug: 'a', conceptId: 'x' })).toEqual([]);
  });
});

describe('a concept', () => {
  it('is always met in its own question, and never brought back by it', () => {
    const kinship = kinshipOf([question('a', { concepts: [concept('x', 'one'), concept('y', 'one')] })]);
    expect(kinship.kinIn('a', { slug: 'a', conceptId: 'x' })).toEqual(['x']);
    expect(kinship.questionsWith({ slug: 'a', conceptId: 'x' })).toEqual({ naming: [], ofTopic: [] });
  });

  it('can be met in the other questions of its topic, in its area only', () => {
    const kinship = kinshipOf([
      question('a', { topic: 'scope', concepts: [concept('x', 'one')] }),
      question('b', { topic: 'scope' }),
      question('c', { topic: 'other' }),
      question('d', { topic: 'scope', area: 'python' as Area }),
    ]);
    const { ofTopic } = kinship.questionsWith({ slug: 'a', conceptId: 'x' });
    expect(ofTopic.map(({ slug }) => slug)).toEqual(['b']);
  });

  it('that has left the bank is met nowhere', () => {
    const kinship = kinshipOf([question('a', {})]);
    expect(kinship.questionsWith({ slug: 'gone', conceptId: 'x' })).toEqual({ naming: [], ofTopic: [] });
    expect(kinship.kinIn('a', { slug: 'gone', conceptId: 'x' })).toEqual([]);
  });
});

function namingOf(kinship: ReturnType<typeof kinshipOf>, slug: string, conceptId: string): string[] {
  return kinship.questionsWith({ slug, conceptId }).naming.map((it) => it.slug);
}

function question(slug: string, change: Partial<Question>): Question {
  return someQuestion({ topic: `about ${slug}`, concepts: [concept('x', slug)], ...change, slug });
}

function concept(id: string, ...aliases: string[]) {
  return someConcept({ id, aliases: { en: aliases, es: aliases, pt: aliases } });
}
