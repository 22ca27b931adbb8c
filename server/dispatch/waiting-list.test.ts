import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { type DispatchRoom, openDispatchRoom } from '../../test/dispatch-room.ts';

const SECONDS = 1000;
const MINUTES = 60 * SECONDS;
const HOURS = 60 * MINUTES;
const DAYS = 24 * HOURS;

async function learners(room: DispatchRoom, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push(await room.learner());
  return ids;
}

/**
 * Everybody's question of the day, in the order in which they registered; then the rest of the day in hours. In one of
 * them, if any, the process dies and another takes over.
 */
async function morning(
  room: DispatchRoom,
  ids: readonly string[],
  it: { diesInHour: number | null } = { diesInHour: null },
): Promise<Set<string>> {
  const questions = new Map<string, string>();
  for (const id of ids) questions.set(id, await room.plansQuestion(id));
  if (it.diesInHour === 0) {
    await room.startsWork();
    await room.kill();
  }
  await room.settle();
  for (let hour = 1; hour <= 24; hour++) {
    if (it.diesInHour === hour) await room.kill();
    await room.pass(1 * HOURS);
  }
  const asked = new Set<string>();
  for (const [learner, question] of questions) {
    if ((await room.message(question)).state === 'accepted') asked.add(learner);
  }
  return asked;
}

describe('the daily limit', () => {
  it('lets nobody pass who waits longer, so that everybody is asked in turn', async () => {
    const room = await openDispatchRoom({ dailyLimit: 3 });
    const people = await learners(room, 5);
    const first = await morning(room, people);
    const second = await morning(room, people);
    expect(first.size).toBe(3);
    // Those who came away empty are first the next day, wherever they stand in every other list.
    expect([...second]).toEqual(expect.arrayContaining(people.filter((id) => !first.has(id))));
    for (const day of [first, second]) expect(day.size).toBeLessThanOrEqual(3);
  });

  it('starves nobody and is never exceeded, however many there are and whichever process dies when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 7 }),
        fc.infiniteStream(fc.option(fc.integer({ min: 0, max: 24 }))),
        async (dailyLimit, count, deaths) => {
          const room = await openDispatchRoom({ dailyLimit });
          const people = await learners(room, count);
          const times = new Map(people.map((id) => [id, 0]));
          const days = 2 * Math.ceil(count / dailyLimit) + 2;
          for (let day = 0; day < days; day++) {
            const diesInHour = deaths.next().value;
            for (const id of await morning(room, people, { diesInHour }))
              times.set(id, (times.get(id) ?? 0) + 1);
          }
          expect(mostInADay(room)).toBeLessThanOrEqual(dailyLimit);
          const counts = [...times.values()];
          expect(Math.min(...counts)).toBeGreaterThan(0);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: inject('database') === 'sqlite' ? 8 : 2, seed: 7 },
    );
  });

  it('is never exceeded, however many ask for a place in the same moment', async () => {
    const room = await openDispatchRoom({ dailyLimit: 5 });
    const people = await learners(room, 40);
    for (let day = 0; day < 3; day++) {
      await Promise.all(people.map((id) => room.plansQuestion(id)));
      await room.settle();
      await room.pass(25 * HOURS);
    }
    expect(mostInADay(room)).toBe(5);
  });

  it('is not needed where a window is open', async () => {
    const room = await openDispatchRoom({ dailyLimit: 1 });
    await room.plansQuestion(await room.learner());
    const open = await room.plansQuestion(await room.learner({ last_inbound_at: room.now - 1 * HOURS }));
    await room.settle();
    expect(await room.message(open)).toMatchObject({ state: 'accepted', form: 'free' });
  });

  it('keeps the place of who waits, and gives back that of who leaves', async () => {
    const room = await openDispatchRoom({ dailyLimit: 1 });
    const [served = '', leaves = '', stays = ''] = await learners(room, 3);
    for (const id of [served, leaves]) {
      await room.plansQuestion(id);
      await room.settle();
    }
    await room.pass(1 * HOURS);
    await room.plansQuestion(stays);
    await room.settle();
    expect(await waiting(room)).toEqual([leaves, stays]);
    await room.store.transact((tx) =>
      tx.q.updateTable('learners').set({ state: 'stopped' }).where('id', '=', leaves).execute(),
    );
    await room.pass(10 * SECONDS);
    expect(await waiting(room)).toEqual([stays]);
  });

  it('that Meta raises lets those go who wait', async () => {
    const room = await openDispatchRoom();
    await room.receiveAccountNews({ dailyLimit: 1 });
    const people = await learners(room, 3);
    for (const id of people) await room.plansQuestion(id);
    await room.settle();
    expect(room.sends).toHaveLength(1);
    await room.receiveAccountNews({ dailyLimit: 'unlimited' });
    await room.pass(5 * SECONDS);
    expect(room.sends).toHaveLength(3);
    expect(await waiting(room)).toEqual([]);
  });

  it('that nobody has told counts as 250', async () => {
    const room = await openDispatchRoom();
    const people = await learners(room, 252);
    for (const id of people) await room.plansQuestion(id);
    for (let second = 0; second < 10; second++) await room.pass(1 * SECONDS);
    expect(room.sends).toHaveLength(250);
    expect(await waiting(room)).toHaveLength(2);
  });

  it('says of a question that never found a place what it waited for', async () => {
    const room = await openDispatchRoom({ dailyLimit: 1 });
    const [served = '', waits = ''] = await learners(room, 2);
    await room.plansQuestion(served);
    await room.settle();
    await room.pass(12 * HOURS);
    const question = await room.plansQuestion(waits, { lastsMs: 1 * HOURS });
    await room.settle();
    await room.pass(1 * HOURS);
    expect(await room.message(question)).toMatchObject({
      state: 'expired',
      reason: expect.stringMatching(/^its time is over; it waited: as many people as Meta allows/),
    });
  });
});

async function waiting(room: DispatchRoom): Promise<string[]> {
  const rows = await room.store.read.q
    .selectFrom('initiated_contacts')
    .select('learner_id')
    .where('waiting_since', 'is not', null)
    .orderBy('waiting_since')
    .orderBy('learner_id')
    .execute();
  return rows.map((row) => row.learner_id);
}

/** As Meta counts: different people in any moving day. */
function mostInADay(room: DispatchRoom): number {
  return Math.max(
    ...room.sends.map(({ at }) => {
      const within = room.sends.filter((send) => send.at >= at && send.at < at + 1 * DAYS);
      return new Set(within.map((send) => send.to.phone)).size;
    }),
  );
}
