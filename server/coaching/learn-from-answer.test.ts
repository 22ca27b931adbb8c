import { beforeEach, describe, expect, it } from 'vitest';
import type { ConceptRef } from '../../interview/kinship.ts';
import { coverageOf, type Verdict } from '../../interview/rubric.ts';
import { DAYS, HOURS, MONDAY_MORNING, somePreferences } from '../../test/build/learner.ts';
import { someConcept, someQuestion } from '../../test/build/question.ts';
import { someStore } from '../../test/build/store.ts';
import { createBank } from '../bank.ts';
import { createLearner } from '../store/learners.ts';
import { rememberRatings } from '../store/question-ratings.ts';
import { newId, type Store } from '../store/store.ts';
import { createLearnFromAnswer } from './learn-from-answer.ts';

const NOW = MONDAY_MORNING;
const FIRST: ConceptRef = { slug: 'first', conceptId: 'keeps' };

const bank = createBank([
  question('first', [concept('keeps', 'keeps variables'), concept('outlives', 'outlives the call')]),
  question('second', [concept('says', 'keeps variables'), concept('later', 'runs later')]),
  question('third', [concept('else', 'something else')]),
]);

let store: Store;
let ana: string;
beforeEach(async () => {
  store = await someStore();
  ana = newId();
  await store.transact((tx) => createLearner(tx, { id: ana, preferences: somePreferences(), now: NOW }));
});

describe('an answer', () => {
  it('says how much was known, what was missing, and how hard the question is', async () => {
    const asked = await ask('first', { at: NOW });
    await learn(asked, ['missing', 'covered'], { at: NOW + HOURS });
    expect(await coverageIs(asked)).toBe(0.5);
    expect(await gaps()).toMatchObject([{ concept_id: 'keeps', met_in: asked, due_at: NOW + HOURS + DAYS }]);
    // Half was less than expected of a beginner.
    const [rating] = await ratings();
    expect(rating).toMatchObject({ slug: 'first', answers: 1 });
    expect(rating!.rating).toBeGreaterThan(1000);
  });

  it('without words leaves everything open', async () => {
    const asked = await ask('first', { at: NOW });
    await store.transact((tx) =>
      createLearn()(tx, { askedId: asked, coverage: 0, verdicts: [], at: NOW + HOURS }),
    );
    expect(await coverageIs(asked)).toBe(0);
    expect((await gaps()).map((gap) => gap.concept_id)).toEqual(['keeps', 'outlives']);
  });

  it('to a question that names the same thing meets the gap, and opens no other where all was said', async () => {
    await learn(await ask('first', { at: NOW }), ['missing', 'covered'], { at: NOW });
    const second = await ask('second', { at: NOW + 3 * DAYS });
    await learn(second, ['covered', 'covered'], { at: NOW + 3 * DAYS });
    const [gap, ...others] = await gaps();
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ slug: 'first', met_in: second, before_due_at: NOW + DAYS });
    expect(gap!.due_at).toBeGreaterThan(NOW + 4 * DAYS);
  });

  it('to the question that was to bring it back meets the gap too', async () => {
    await learn(await ask('first', { at: NOW }), ['missing', 'covered'], { at: NOW });
    const third = await ask('third', { at: NOW + 3 * DAYS, recalls: FIRST });
    await learn(third, ['covered'], { at: NOW + 3 * DAYS });
    expect(await gaps()).toMatchObject([{ slug: 'first', met_in: third }]);
  });

  it('to a question that has left the bank only says how much was known', async () => {
    const asked = await ask('gone', { at: NOW });
    await store.transact((tx) => createLearn()(tx, { askedId: asked, coverage: 0.3, verdicts: [], at: NOW }));
    expect(await coverageIs(asked)).toBe(0.3);
    expect([...(await gaps()), ...(await ratings())]).toEqual([]);
  });

  it('closes a gap that is known well, and finds it again when it is missing after all', async () => {
    await learn(await ask('first', { at: NOW }), ['missing', 'covered'], { at: NOW });
    let at = NOW;
    for (const wait of [1, 3, 9]) {
      at += wait * DAYS;
      await learn(await ask('second', { at }), ['covered', 'covered'], { at });
    }
    expect(await gaps()).toMatchObject([{ slug: 'first', due_at: null }]);
    await learn(await ask('first', { at: at + DAYS }), ['missing', 'covered'], { at: at + DAYS });
    expect(await gaps()).toMatchObject([{ slug: 'first', due_at: at + 2 * DAYS, before_due_at: null }]);
  });
});

describe('graded again', () => {
  it.each([
    ['better', ['missing', 'missing'], ['covered', 'covered']],
    ['worse', ['covered', 'covered'], ['missing', 'contradicted']],
    ['otherwise', ['missing', 'covered'], ['partial', 'missing']],
    ['the same', ['missing', 'partial'], ['missing', 'partial']],
  ] as const)('%s, it counts as if it had been graded so at once', async (_, first, second) => {
    const graded = await outcomeOf(async (asked) => {
      await learn(asked, first, { at: NOW + 5 * DAYS });
      await learn(asked, second, { at: NOW + 5 * DAYS });
    });
    expect(graded).toEqual(await outcomeOf((asked) => learn(asked, second, { at: NOW + 5 * DAYS })));
  });

  it('it can undo that it closed a gap', async () => {
    const close = async (...verdicts: Verdict[][]) => {
      await learn(await ask('first', { at: NOW }), ['missing', 'covered'], { at: NOW });
      for (const days of [1, 4]) {
        await learn(await ask('second', { at: NOW + days * DAYS }), ['covered', 'covered'], {
          at: NOW + days * DAYS,
        });
      }
      const last = await ask('second', { at: NOW + 13 * DAYS });
      for (const each of verdicts) await learn(last, each, { at: NOW + 13 * DAYS });
      const [gap] = await gaps();
      await clear();
      return gap === undefined ? 'gone' : gap.due_at;
    };
    expect(await close(['covered', 'covered'])).toBeNull();
    const missed = await close(['missing', 'covered']);
    expect(missed).toBe(NOW + 14 * DAYS);
    expect(await close(['covered', 'covered'], ['missing', 'covered'])).toBe(missed);
  });

  it('leaves alone what a later answer has made of a gap', async () => {
    const first = await ask('first', { at: NOW });
    await learn(first, ['missing', 'missing'], { at: NOW });
    await learn(await ask('second', { at: NOW + 2 * DAYS }), ['covered', 'covered'], { at: NOW + 2 * DAYS });
    const [met] = await gaps();
    await learn(first, ['missing', 'covered'], { at: NOW });
    expect(await gaps()).toEqual([met]);
  });
});

/** What is left of a learner who had a gap already, was asked `first` again, and answered. */
async function outcomeOf(answers: (asked: string) => Promise<void>) {
  const before = await ask('first', { at: NOW });
  await learn(before, ['missing', 'covered'], { at: NOW });
  const asked = await ask('first', { at: NOW + 4 * DAYS });
  await answers(asked);
  const left = {
    coverage: await coverageIs(asked),
    gaps: (await gaps()).map((gap) => ({ ...gap, met_in: gap.met_in === asked ? 'this' : 'before' })),
    ratings: (await ratings()).map(({ rating, ...it }) => ({ ...it, rating: rating.toFixed(6) })),
  };
  await clear();
  return left;
}

async function clear(): Promise<void> {
  await store.transact(async (tx) => {
    for (const table of ['gaps', 'question_ratings', 'asked_questions'] as const) {
      await tx.q.deleteFrom(table).execute();
    }
  });
}

function createLearn() {
  return createLearnFromAnswer({ bank, ratings: rememberRatings({ now: () => NOW }) });
}

async function learn(askedId: string, said: readonly Verdict[], { at }: { at: number }): Promise<void> {
  const { slug } = await askedRow(askedId);
  const { concepts } = bank.find(slug)!;
  const verdicts = concepts.map(({ id }, index) => ({ conceptId: id, verdict: said[index]!, quote: null }));
  const coverage = coverageOf(concepts, verdicts);
  await store.transact((tx) => createLearn()(tx, { askedId, coverage, verdicts, at }));
}

async function ask(slug: string, { at, recalls }: { at: number; recalls?: ConceptRef }): Promise<string> {
  const id = newId();
  await store.transact((tx) =>
    tx.q
      .insertInto('asked_questions')
      .values({
        ...{
          id,
          learner_id: ana,
          slug,
          local_date: id,
          slot: 0,
          version: 1,
          language: 'en',
          state: 'answered',
        },
        ...{ shown_at: at, coverage: null, reason: 'a test', asked_at: at },
        recalls_slug: recalls?.slug ?? null,
        recalls_concept: recalls?.conceptId ?? null,
      })
      .execute(),
  );
  return id;
}

function askedRow(id: string) {
  return store.read.q
    .selectFrom('asked_questions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

async function coverageIs(id: string): Promise<number | null> {
  return (await askedRow(id)).coverage;
}

function gaps() {
  return store.read.q.selectFrom('gaps').selectAll().orderBy('slug').orderBy('concept_id').execute();
}

function ratings() {
  return store.read.q.selectFrom('question_ratings').selectAll().orderBy('slug').execute();
}

function question(slug: string, concepts: ReturnType<typeof concept>[]) {
  return someQuestion({ slug, topic: `about ${slug}`, concepts });
}

function concept(id: string, words: string) {
  return someConcept({ id, weight: 2, aliases: { en: [words], es: [words], pt: [words] } });
}
