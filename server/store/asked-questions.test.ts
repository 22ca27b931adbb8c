import { expect, it } from 'vitest';
import { DAYS, MONDAY_MORNING, somePreferences } from '../../test/build/learner.ts';
import { someStore } from '../../test/build/store.ts';
import { forgetAskedBefore } from './asked-questions.ts';
import { createLearner } from './learners.ts';
import { newId, type Writer } from './store.ts';

const NOW = MONDAY_MORNING;

it('that a question was asked long ago is forgotten when it is asked again, of that learner only', async () => {
  const store = await someStore();
  const [ana, bea] = [newId(), newId()];
  await store.transact(async (tx) => {
    for (const id of [ana, bea]) {
      await createLearner(tx, { id, preferences: somePreferences(), now: NOW });
      for (const age of [0, 40, 91, 120]) await insertAsked(tx, { learnerId: id, slug: 'closures', age });
      await insertAsked(tx, { learnerId: id, slug: 'hoisting', age: 130 });
    }
    const late = await insertAsked(tx, { learnerId: ana, slug: 'closures', age: 100 });
    await tx.q
      .insertInto('answers')
      .values({
        id: newId(),
        learner_id: ana,
        asked_id: late,
        state: 'gathering',
        started_at: NOW,
        quiet_until: NOW,
      })
      .execute();
    await forgetAskedBefore(tx, { learnerId: ana, slug: 'closures', before: NOW - 90 * DAYS });
  });
  const rows = await store.read.q
    .selectFrom('asked_questions')
    .select(['learner_id', 'slug', 'asked_at'])
    .execute();
  const agesOf = (learnerId: string) =>
    rows
      .filter((row) => row.learner_id === learnerId)
      .map((row) => `${row.slug} ${(NOW - row.asked_at) / DAYS}`)
      .toSorted();
  // The one of a hundred days ago has just been answered.
  expect(agesOf(ana)).toEqual(['closures 0', 'closures 100', 'closures 40', 'hoisting 130']);
  expect(agesOf(bea)).toHaveLength(5);
});

async function insertAsked(
  tx: Writer,
  it: { learnerId: string; slug: string; age: number },
): Promise<string> {
  const id = newId();
  await tx.q
    .insertInto('asked_questions')
    .values({
      id,
      learner_id: it.learnerId,
      local_date: String(it.age),
      slot: 0,
      slug: it.slug,
      version: 1,
      language: 'en',
      state: 'asked',
      shown_at: null,
      coverage: null,
      reason: '',
      asked_at: NOW - it.age * DAYS,
    })
    .execute();
  return id;
}
