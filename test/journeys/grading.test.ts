import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPretendOpenAI } from '../../emulator/pretend-openai.ts';
import { openWorld, type World } from '../world.ts';

let openai: ReturnType<typeof createPretendOpenAI>;
let world: World;
beforeEach(async () => {
  openai = createPretendOpenAI({ port: 0, apiKey: 'sk-test', model: 'gpt-6-luna' });
  const { baseUrl } = await openai.start();
  world = await openWorld({
    config: { openai: { apiKey: 'sk-test', baseUrl, model: 'gpt-6-luna', api: 'responses' } },
  });
});
afterEach(async () => {
  await world.close();
  await openai.close();
});

describe('with a model', () => {
  it.each([
    ['en', '15550100199', /\*Score: \d+\/10\*/],
    ['es', '525555550123', /\*Puntaje: \d+\/10\*/],
    ['pt', '5511955501234', /\*Nota: \d+\/10\*/],
  ] as const)('feedback in %s has a score that the verdicts explain', async (language, number, score) => {
    const ana = world.learner('Ana', { number, language });
    const question = ana.questionIn(await ana.joins());
    await ana.answers(question.modelAnswer);
    ana.hears(score);
  });

  it('nothing that names the learner is sent to it', async () => {
    const ana = world.learner('Ana Souza', { number: '5511955501234', language: 'pt' });
    const question = ana.questionIn(await ana.joins());
    const before = openai.requests.length;
    await ana.answers(question.modelAnswer);
    ana.hears(/Nota/);
    const sent = JSON.stringify(openai.requests.slice(before));
    expect(sent).not.toMatch(/Ana|Souza|5511955501234|955501234/);
    expect(sent).toContain('"store":false');
  });

  it('that cannot answer, the offline grader does at once, and the model grades again when it is back', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    openai.next(2, '500');
    await ana.answers(question.modelAnswer);
    const feedback = ana.hears(/Strong answer/);
    expect(feedback.text).not.toMatch(/\/10|%/);
    await world.pass({ hours: 1 });
    ana.hears(/A second, closer look at your answer:\n\*Score: \d+\/10\*/);
    await world.pass({ hours: 12 });
    ana.hearsNothing();
  });

  it('a second grade is kept to itself when a newer question has come', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    openai.next(2, '500');
    await ana.answers(question.modelAnswer);
    ana.hears(/Strong answer/);
    await ana.taps('More');
    ana.hears(/JavaScript/);
    await world.pass({ hours: 2 });
    ana.hearsNothing();
  });
});
