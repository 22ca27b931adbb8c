import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { travelInTemplate } from '../../content/check.ts';
import { loadBank } from '../../content/load-bank.ts';
import { writeQuestions } from '../../content/write-questions.ts';
import { writeWhole } from '../../content/write-whole.ts';
import { createPretendOpenAI } from '../../emulator/pretend-openai.ts';
import type { Question } from '../../interview/question.ts';
import { openWorld, type World } from '../world.ts';

/** So few that every one of them comes again within days. */
const FEW = travelInTemplate(loadBank().questions)
  .filter((question) => question.area === 'javascript')
  .slice(0, 4);

let openai: ReturnType<typeof createPretendOpenAI>;
let folder: string;
let world: World;
beforeEach(async () => {
  openai = createPretendOpenAI({ port: 0, apiKey: 'sk-test', model: 'gpt-6-luna' });
  const { baseUrl } = await openai.start();
  folder = mkdtempSync(join(tmpdir(), 'bank-'));
  writeBank(FEW);
  world = await openWorld({
    bankFolder: folder,
    config: { openai: { apiKey: 'sk-test', baseUrl, model: 'gpt-6-luna', api: 'responses' } },
  });
});
afterEach(async () => {
  await world.close();
  await openai.close();
  rmSync(folder, { recursive: true });
});

function writeBank(questions: readonly Question[]): void {
  writeWhole(join(folder, 'javascript', 'few.yaml'), writeQuestions(questions));
}

/** The program goes on with another version of its bank. */
async function update(change: (question: Question) => Partial<Question>): Promise<void> {
  writeBank(FEW.map((question) => ({ ...question, ...change(question) })));
  await world.restart();
}

const retire = (slug: string) => update((question) => ({ retired: question.slug === slug }));

describe('a question that is retired while it waits for its answer', () => {
  it('is graded all the same, and comes to nobody again', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    await retire(question.slug);
    await ana.taps('Hint');
    ana.hears(/💡/);
    await ana.answers(question.modelAnswer);
    ana.hears(/\*Score: \d+\/10\*/);
    await ana.taps('Model answer');
    expect(ana.phone.messages.at(-1)?.text).toContain(question.modelAnswer);

    const bia = world.learner('Bia', { number: '15550100299', language: 'en' });
    await bia.joins();
    await world.itIs('Tuesday 09:00', 'UTC');
    for (let day = 0; day < 5; day++) await world.leap({ days: 1 });
    const asked = await world.rows('SELECT slug, count(*) AS number FROM asked_questions GROUP BY slug');
    const times = new Map(asked.map((row) => [row.slug, Number(row.number)]));
    expect(times.get(question.slug)).toBe(1);
    expect(Math.max(...times.values())).toBeGreaterThan(2);
  });

  it('is graded when the answer comes a day late', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const first = await ana.joins();
    const question = ana.questionIn(first);
    await retire(question.slug);
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 1 });
    ana.hears(/JavaScript/);
    await ana.answers(question.modelAnswer, { quoting: first.wamid });
    ana.hears(/\*Score: \d+\/10\*/);
  });

  it('is graded again by the model that was away', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    openai.next(2, '500');
    await ana.answers(question.modelAnswer);
    ana.hears(/Strong answer/);
    await retire(question.slug);
    await world.pass({ hours: 1 });
    ana.hears(/A second, closer look at your answer:\n\*Score: \d+\/10\*/);
  });
});

describe('a question that changes its meaning', () => {
  it('leaves assessments the version that they were made with', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    await ana.answers(question.modelAnswer);
    ana.hears(/Score/);
    await update(() => ({ version: 2 }));

    const bia = world.learner('Bia', { number: '15550100299', language: 'en' });
    await bia.answers(bia.questionIn(await bia.joins()).modelAnswer);
    bia.hears(/Score/);
    const versions = await world.rows('SELECT question_version FROM assessments ORDER BY created_at');
    expect(versions.map((row) => Number(row.question_version))).toEqual([1, 2]);
  });
});
