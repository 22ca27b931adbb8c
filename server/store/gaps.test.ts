import { beforeEach, describe, expect, it } from 'vitest';
import type { Area } from '../../interview/areas.ts';
import { DAYS, HOURS, MONDAY_MORNING, somePreferences } from '../../test/build/learner.ts';
import { someStore } from '../../test/build/store.ts';
import { fadingConcepts, forgetClosedGaps, type Gap, gapsOf, MOST_FADING, writeGap } from './gaps.ts';
import { createLearner } from './learners.ts';
import { newId, type Store } from './store.ts';

const NOW = MONDAY_MORNING;

let store: Store;
let ana: string;
let bea: string;
beforeEach(async () => {
  store = await someStore();
  [ana, bea] = [newId(), newId()];
  await store.transact(async (tx) => {
    for (const id of [ana, bea]) await createLearner(tx, { id, preferences: somePreferences(), now: NOW });
  });
});

describe('what a learner is about to forget', () => {
  it('is what is due, the most urgent first', async () => {
    await keep({ slug: 'later', dueAt: NOW + 1 });
    await keep({ slug: 'today', dueAt: NOW });
    await keep({ slug: 'long-ago', dueAt: NOW - 9 * DAYS });
    await keep({ slug: 'known', dueAt: NOW - 20 * DAYS, isClosed: true });
    await keep({ slug: 'of-somebody-else', dueAt: NOW - DAYS, learnerId: bea });
    expect(await fading('javascript')).toEqual(['long-ago', 'today']);
  });

  it('is of their area or of the general one', async () => {
    for (const area of ['javascript', 'ruby', 'dsa'] as const) await keep({ slug: area, area });
    expect(await fading('javascript')).toEqual(['dsa', 'javascript']);
    expect(await fading('dsa')).toEqual(['dsa']);
  });

  it('is no more than is worth looking at', async () => {
    await store.transact(async (tx) => {
      for (let index = 0; index < MOST_FADING + 5; index++) {
        const after = gap({ slug: `q${index}`, dueAt: NOW - index });
        await writeGap(tx, {
          ...{ learnerId: ana, area: 'javascript', metIn: 'x' },
          ...{ before: null, after, isClosed: false },
        });
      }
    });
    const slugs = await fading('javascript');
    expect(slugs).toHaveLength(MOST_FADING);
    expect(slugs[0]).toBe(`q${MOST_FADING + 4}`);
  });
});

describe('a gap', () => {
  it('is kept as it is, with what it was before the answer that changed it last', async () => {
    const [before, after] = [gap({ stability: 0.1 + 0.2, dueAt: NOW + DAYS }), gap({ stability: 1 / 3 })];
    await keep({ ...after, metIn: 'first' });
    expect(await gapsOf(store.read, ana)).toEqual([
      { concept: after.concept, now: after, before: null, metIn: 'first' },
    ]);
    await keep({ ...after, before, metIn: 'second' });
    expect(await gapsOf(store.read, ana)).toEqual([
      { concept: after.concept, now: after, before, metIn: 'second' },
    ]);
  });

  it('that was closed stays for three days', async () => {
    await keep({ slug: 'open', reviewedAt: NOW - 9 * DAYS });
    await keep({ slug: 'lately', reviewedAt: NOW - 3 * DAYS, isClosed: true });
    await keep({ slug: 'before', reviewedAt: NOW - 3 * DAYS - 1, isClosed: true });
    await keep({ slug: 'before', reviewedAt: NOW - 9 * DAYS, isClosed: true, learnerId: bea });
    await store.transact((tx) => forgetClosedGaps(tx, ana, NOW));
    expect((await gapsOf(store.read, ana)).map((it) => it.concept.slug).toSorted()).toEqual([
      'lately',
      'open',
    ]);
    expect(await gapsOf(store.read, bea)).toHaveLength(1);
  });

  it('goes with its learner', async () => {
    await keep({ slug: 'mine' });
    await store.transact((tx) => tx.q.deleteFrom('learners').where('id', '=', ana).execute());
    expect(await gapsOf(store.read, ana)).toEqual([]);
  });
});

async function fading(area: Area): Promise<string[]> {
  const concepts = await fadingConcepts(store.read, { learnerId: ana, area, now: NOW });
  return concepts.map(({ slug }) => slug);
}

function keep(
  it: Parameters<typeof gap>[0] & {
    learnerId?: string;
    area?: Area;
    before?: Gap;
    metIn?: string;
    isClosed?: boolean;
  },
): Promise<void> {
  const { learnerId = ana, area = 'javascript', before = null, metIn = newId(), isClosed = false } = it;
  return store.transact((tx) => writeGap(tx, { learnerId, area, metIn, before, after: gap(it), isClosed }));
}

function gap(it: { slug?: string; stability?: number; reviewedAt?: number; dueAt?: number }): Gap {
  const { slug = 'js-closure', stability = 1, reviewedAt = NOW - HOURS, dueAt = NOW } = it;
  return { concept: { slug, conceptId: 'keeps' }, stability, difficulty: 5.5, reviewedAt, dueAt };
}
