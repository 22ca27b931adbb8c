import { describe, expect, it } from 'vitest';
import { type ConceptRef, kinshipOf } from '../../interview/kinship.ts';
import type { Verdict } from '../../interview/rubric.ts';
import { DAYS, MONDAY_MORNING } from '../../test/build/learner.ts';
import { someConcept, someQuestion } from '../../test/build/question.ts';
import type { Gap } from '../store/gaps.ts';
import { gapsAfter } from './gaps.ts';

const NOW = MONDAY_MORNING;

const closures = someQuestion({
  slug: 'closures',
  topic: 'functions',
  concepts: [
    concept('core', { weight: 1, core: true }, 'keeps the variables'),
    concept('heavy', { weight: 2 }, 'outlives the call'),
    concept('small', { weight: 1 }, 'private state'),
  ],
});
const callbacks = someQuestion({
  slug: 'callbacks',
  topic: 'events',
  concepts: [
    concept('keeps', { weight: 2 }, 'Keeps the variables'),
    concept('later', { weight: 2 }, 'runs later'),
  ],
});
const currying = someQuestion({
  slug: 'currying',
  topic: 'functions',
  concepts: [concept('one', { weight: 1 }, 'one argument'), concept('two', { weight: 1 }, 'returns another')],
});
const kinship = kinshipOf([closures, callbacks, currying]);

describe('a gap', () => {
  it('is opened by what was missing or wrong, if it is core or weighs something', () => {
    const missing = answering([], closures, { core: 'missing', heavy: 'contradicted', small: 'missing' });
    expect(idsOf(missing.open)).toEqual(['closures core', 'closures heavy']);
    const fine = answering([], closures, { core: 'covered', heavy: 'partial', small: 'missing' });
    expect(idsOf(fine.open)).toEqual([]);
  });

  it('is opened by all that counts of a question that was closed without words', () => {
    const { open } = gapsAfter({
      gaps: [],
      question: closures,
      verdicts: [],
      recalls: null,
      kinship,
      now: NOW,
    });
    expect(idsOf(open)).toEqual(['closures core', 'closures heavy']);
  });

  it('is due the next day', () => {
    expect(opened()).toMatchObject({ reviewedAt: NOW, dueAt: NOW + DAYS });
  });

  it('stays near when it is missed again, moves away when half was said, further when all was', () => {
    const now = NOW + 2 * DAYS;
    const dueAfter = (verdict: Verdict) =>
      only(answering([opened()], closures, { core: verdict }, { now })).dueAt;
    const [again, hard, good] = [dueAfter('missing'), dueAfter('partial'), dueAfter('covered')];
    expect(again).toBeLessThanOrEqual(now + 2 * DAYS);
    expect(hard).toBeGreaterThan(again);
    expect(good).toBeGreaterThan(hard);
  });

  it('gets harder to learn with each miss', () => {
    const again = only(answering([opened()], closures, { core: 'missing' }, { now: NOW + DAYS }));
    expect(again.difficulty).toBeGreaterThan(opened().difficulty);
  });

  it('closes once it is known for three weeks', () => {
    let gaps: readonly Gap[] = [opened()];
    const waits: number[] = [];
    for (let review = 0; review < 20 && gaps.length > 0; review++) {
      const now = gaps[0]!.dueAt;
      waits.push((now - gaps[0]!.reviewedAt) / DAYS);
      const { open, closed } = answering(gaps, closures, { core: 'covered' }, { now });
      if (open.length === 0) expect(closed[0]!.stability).toBeGreaterThanOrEqual(21);
      gaps = open;
    }
    expect(gaps).toEqual([]);
    expect(waits).toEqual(waits.toSorted((one, other) => one - other));
    expect(waits.length).toBeGreaterThan(2);
    expect(waits.at(-1)).toBeLessThan(21);
  });

  it('is met through another question that names the same', () => {
    const now = NOW + 3 * DAYS;
    const direct = only(answering([opened()], closures, { core: 'covered' }, { now }));
    const { open } = answering([opened()], callbacks, { keeps: 'covered', later: 'covered' }, { now });
    expect(open).toEqual([direct]);
  });

  it('is met through the question that was asked to bring it back, by how much of that was known', () => {
    const now = NOW + 3 * DAYS;
    const recalls = opened().concept;
    const dueAfter = (one: Verdict, two: Verdict) =>
      answering([opened()], currying, { one, two }, { now, recalls }).open.map(({ dueAt }) => dueAt);
    const dueDirectly = (verdict: Verdict) =>
      answering([opened()], closures, { core: verdict }, { now }).open.map(({ dueAt }) => dueAt);
    expect(dueAfter('covered', 'partial')).toEqual(dueDirectly('covered'));
    expect(dueAfter('covered', 'missing')).toEqual(dueDirectly('partial'));
    expect(dueAfter('partial', 'missing')).toEqual(dueDirectly('missing'));
  });

  it('is untouched by a question that has nothing to do with it', () => {
    expect(answering([opened()], currying, { one: 'covered', two: 'covered' })).toEqual({
      open: [],
      closed: [],
    });
  });

  it('is due as many days later for everybody who says the same, whatever the second', () => {
    const waits = Array.from({ length: 50 }, (_, second) => {
      const first = { ...opened(), stability: 8, reviewedAt: NOW + second * 1000 };
      const now = first.reviewedAt + 8 * DAYS;
      return (only(answering([first], closures, { core: 'partial' }, { now })).dueAt - now) / DAYS;
    });
    expect(new Set(waits).size).toBe(1);
  });

  it('is not thrown off by an answer that is heard after a later one', () => {
    const late = only(answering([opened()], closures, { core: 'covered' }, { now: NOW - 2 * DAYS }));
    expect(late.reviewedAt).toBe(NOW);
  });
});

function opened(): Gap {
  return only(answering([], closures, { core: 'missing' }));
}

/** Concepts that are not named are covered. */
function answering(
  gaps: readonly Gap[],
  question: typeof closures,
  said: Readonly<Record<string, Verdict>>,
  { now = NOW, recalls = null }: { now?: number; recalls?: ConceptRef | null } = {},
) {
  const verdicts = question.concepts.map(({ id }) => ({
    conceptId: id,
    verdict: said[id] ?? 'covered',
    quote: null,
  }));
  return gapsAfter({ gaps, question, verdicts, recalls, kinship, now });
}

function only({ open }: { open: readonly Gap[] }): Gap {
  expect(open).toHaveLength(1);
  return open[0]!;
}

function idsOf(gaps: readonly Gap[]): string[] {
  return gaps.map(({ concept: { slug, conceptId } }) => `${slug} ${conceptId}`);
}

function concept(id: string, change: { weight: number; core?: boolean }, words: string) {
  return someConcept({ id, aliases: { en: [words], es: [words], pt: [words] }, ...change });
}
