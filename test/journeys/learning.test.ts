import { afterEach, expect, it } from 'vitest';
import type { ChatMessage } from '../../contract/phone.ts';
import { createPretendOpenAI } from '../../emulator/pretend-openai.ts';
import { openWorld, type Person, type World } from '../world.ts';

const POOR = 'Something with the values that are in there, as far as I remember it.';

let world: World;
afterEach(() => world.close());

it('what was missing in an answer comes back some mornings later, in another question', async () => {
  world = await openWorld();
  const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
  await world.itIs('Monday 12:00', 'UTC');
  const missed = [ana.questionIn(await ana.joins()).slug];
  await ana.answers(POOR);
  ana.hears(/Still missing/);
  let back: Record<string, unknown> | undefined;
  for (const day of ['Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']) {
    await world.itIs(`${day} 09:00`, 'UTC');
    await world.pass({ seconds: 1 });
    const question = ana.questionIn(await seen(ana));
    [back] = await world.rows('SELECT * FROM asked_questions WHERE recalls_slug IS NOT NULL');
    await ana.answers(back === undefined ? POOR : question.modelAnswer);
    ana.hears(/./);
    if (back !== undefined) break;
    missed.push(question.slug);
  }
  expect(missed).toContain(back?.recalls_slug);
  expect(missed).not.toContain(back?.slug);
  expect(back?.reason).toMatch(
    new RegExp(`^brings back ${back?.recalls_concept} of ${back?.recalls_slug}; unseen in javascript`),
  );

  // It was known this time: it is due later than the day after.
  const [gap] = await world.rows(
    `SELECT * FROM gaps WHERE slug = '${back?.recalls_slug}' AND concept_id = '${back?.recalls_concept}'`,
  );
  expect(gap?.met_in).toBe(back?.id);
  expect(Number(gap?.due_at)).toBeGreaterThan(Number(gap?.reviewed_at) + 24 * 60 * 60 * 1000);
});

it('nothing is forgotten twice because an answer was graded twice', async () => {
  const openai = createPretendOpenAI({ port: 0, apiKey: 'sk-test', model: 'gpt-6-luna' });
  const { baseUrl } = await openai.start();
  world = await openWorld({
    config: { openai: { apiKey: 'sk-test', baseUrl, model: 'gpt-6-luna', api: 'responses' } },
  });
  const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
  await ana.joins();
  openai.next(2, '500');
  await ana.answers(POOR);
  const offline = await learned();
  expect(offline.gaps.length).toBeGreaterThan(0);
  expect(offline.ratings).toMatchObject([{ answers: 1 }]);
  await world.pass({ hours: 1 });
  expect(await world.rows('SELECT grader FROM assessments ORDER BY grader')).toEqual([
    { grader: 'offline' },
    { grader: 'openai' },
  ]);
  expect(await learned()).toEqual(offline);
  await openai.close();
});

it('“I don’t know” leaves everything open that the answer should have had', async () => {
  world = await openWorld();
  const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
  const question = ana.questionIn(await ana.joins());
  await ana.says("I don't know");
  const { gaps, ratings, coverage } = await learned();
  const heavy = question.concepts.filter(({ core, weight }) => core || weight >= 2).map(({ id }) => id);
  expect(gaps.map((gap) => gap.concept_id)).toEqual(heavy.toSorted());
  expect(ratings).toMatchObject([{ slug: question.slug, answers: 1 }]);
  expect(coverage).toEqual([{ coverage: 0 }]);
});

/** What is announced only is asked for. */
async function seen(person: Person): Promise<ChatMessage> {
  const announced = person.hears(/JavaScript/);
  if (announced.template !== 'daily_question_teaser') return announced;
  await person.taps('Show question', { of: announced.wamid });
  return person.hears(/```/);
}

async function learned() {
  return {
    gaps: await world.rows('SELECT * FROM gaps ORDER BY slug, concept_id'),
    ratings: await world.rows('SELECT * FROM question_ratings'),
    coverage: await world.rows('SELECT coverage FROM asked_questions'),
  };
}
