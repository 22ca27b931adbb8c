import { beforeEach, expect, it } from 'vitest';
import { MINUTES, MONDAY_MORNING } from '../../test/build/learner.ts';
import { someStore } from '../../test/build/store.ts';
import { recordStatements } from '../../test/statements.ts';
import { changeRating, rememberRatings } from './question-ratings.ts';
import type { Store } from './store.ts';

let store: Store;
beforeEach(async () => {
  store = await someStore();
});

it('a question’s rating begins where its difficulty is and moves with each answer', async () => {
  await change(-2.5, 1);
  expect(await rows()).toEqual([{ slug: 'closures', rating: 1197.5, answers: 1 }]);
  await change(4, 1);
  expect(await rows()).toEqual([{ slug: 'closures', rating: 1201.5, answers: 2 }]);
});

it('an answer that is graded again is no other answer', async () => {
  await change(-2, 1);
  await change(3, 0);
  expect(await rows()).toEqual([{ slug: 'closures', rating: 1201, answers: 1 }]);
});

it('of many that answer at once every one counts', async () => {
  await Promise.all(Array.from({ length: 20 }, () => change(0.5, 1)));
  expect(await rows()).toEqual([{ slug: 'closures', rating: 1210, answers: 20 }]);
});

it('ratings are read once in five minutes, however many questions are chosen by them', async () => {
  let now = MONDAY_MORNING;
  await change(-200, 1);
  const ratings = rememberRatings({ now: () => now });
  expect([...(await ratings(store.read))]).toEqual([['closures', 1000]]);
  await change(100, 1);
  now += 5 * MINUTES - 1;
  const statements = recordStatements();
  expect((await ratings(store.read)).get('closures')).toBe(1000);
  expect(statements.all()).toEqual([]);
  now += 1;
  expect((await ratings(store.read)).get('closures')).toBe(1100);
});

function change(by: number, answers: 0 | 1): Promise<void> {
  return store.transact((tx) => changeRating(tx, { slug: 'closures', startsAt: 1200, change: by, answers }));
}

function rows() {
  return store.read.q.selectFrom('question_ratings').selectAll().execute();
}
