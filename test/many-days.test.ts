import { expect, it } from 'vitest';
import { RETENTION } from '../server/store/retention.ts';
import { openWorld, type Person, type World } from './world.ts';

const LEARNERS = 20;
/** Half a year, of which one day in eleven is lived through: an hour in the morning, and the machine sleeps again. */
const MORNINGS = 15;
const DAYS_BETWEEN = 11;
/** By then whatever is dropped by its age has been dropped for the first time. */
const STEADY_FROM = 9;

it('half a year fills no table beyond what it is meant to keep', async () => {
  const world = await openWorld({ startsAt: '2026-11-30T09:00:30Z' });
  const everybody = Array.from({ length: LEARNERS }, (_, index) =>
    world.learner(`Learner ${index}`, { number: `1555020${1000 + index}`, language: 'en' }),
  );
  for (const person of everybody) await person.joins();
  const counts: Record<string, number>[] = [];
  for (let morning = 0; morning < MORNINGS; morning++) {
    await world.leap({ days: DAYS_BETWEEN });
    await liveThrough(world, everybody, morning);
    counts.push(await rowsOf(world));
  }
  await world.close();

  const steady = counts.slice(STEADY_FROM, STEADY_FROM + 3);
  const late = counts.slice(-3);
  expect(Object.keys(steady[0] ?? {}).length).toBeGreaterThan(10);
  for (const table of Object.keys(late[0] ?? {})) {
    const most = (some: typeof counts) => Math.max(...some.map((count) => count[table] ?? 0));
    expect([table, most(late)]).toEqual([table, Math.min(most(late), Math.ceil(most(steady) * 1.1))]);
  }
  // What the above says means something only where rows came and went.
  for (const table of ['spoken_messages', 'inbox', 'deliveries', 'answers', 'assessments']) {
    expect([table, late[0]?.[table]]).not.toEqual([table, 0]);
  }
});

/** Most answer, some take a hint, somebody is always silent, and in each group one says STOP and comes back. */
async function liveThrough(world: World, everybody: readonly Person[], morning: number): Promise<void> {
  for (const [index, person] of everybody.entries()) {
    const newest = person.phone.messages.findLast((message) => message.from === 'bot');
    if (index % 10 === 0) continue;
    if (index % 10 === 1) person.phone.say(morning % 2 === 0 ? 'STOP' : 'START');
    else if (newest?.buttons.some(({ title }) => title === 'Show question'))
      person.phone.tap('Show question');
    else if (index % 10 === 2) person.phone.say('hint');
  }
  await world.pass({ seconds: 20 });
  for (const [index, person] of everybody.entries()) {
    if (index % 10 > 1)
      person.phone.say('A closure keeps the variables of the function in which it was made.');
  }
  for (const seconds of [10, 20]) await world.pass({ seconds });
}

/** What is kept with a learner is at most as much as the bank has: a row a question, or a concept of one. */
const BOUND_BY_THE_BANK = ['asked_questions', 'gaps'];

/** Of every table that is not kept for good, nor bound by something else. */
async function rowsOf(world: World): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const [table, kept] of Object.entries(RETENTION)) {
    if (kept !== 'good' && !BOUND_BY_THE_BANK.includes(table) && table !== 'messages') {
      rows[table] = await world.count(table);
    }
  }
  // What remains of a message without its words belongs to its question.
  rows.spoken_messages = await world.count(`messages WHERE outgoing_sealed <> ''`);
  return rows;
}
