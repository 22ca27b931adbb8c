import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAILY_QUESTION, dailyQuestion, startWorkbench, type Workbench } from '../testing/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
  bench.emulator.templates.addApproved(DAILY_QUESTION);
  bench.emulator.templates.addApproved({ ...DAILY_QUESTION, language: 'es' });
});
afterEach(() => bench.close());

const NAME = DAILY_QUESTION.name;

async function control(body?: unknown, name = NAME): Promise<unknown> {
  const path = body === undefined ? 'templates' : `templates/${name}`;
  const answer = await fetch(`${bench.url}/__emulator/${path}`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return answer.json();
}

test('templates are listed', async () => {
  expect(await control()).toEqual([
    { name: NAME, language: 'pt_BR', status: 'APPROVED', category: 'UTILITY' },
    { name: NAME, language: 'es', status: 'APPROVED', category: 'UTILITY' },
  ]);
});

test('one of them is changed, or all of a name, and the service is told', async () => {
  expect(await control({ language: 'es', status: 'PAUSED' })).toMatchObject([
    { language: 'pt_BR', status: 'APPROVED' },
    { language: 'es', status: 'PAUSED' },
  ]);
  expect(await control({ category: 'MARKETING' })).toMatchObject([
    { category: 'MARKETING' },
    { category: 'MARKETING' },
  ]);
  await bench.emulator.settle();
  expect(bench.news('message_template_status_update').at(-1)).toMatchObject({
    event: 'PAUSED',
    message_template_language: 'es',
  });
  expect(bench.news('template_category_update')).toHaveLength(2);
});

test('a move is announced, quality falls, sends are held', async () => {
  await control({ language: 'es', announcedCategory: 'MARKETING', quality: 'YELLOW', sends: 'hold' });
  await bench.emulator.settle();
  expect(bench.news('template_category_update')).toMatchObject([{ correct_category: 'MARKETING' }]);
  expect(bench.news('message_template_quality_update')).toMatchObject([{ new_quality_score: 'YELLOW' }]);
  await bench.send(dailyQuestion());
  await control({ sends: 'send' });
  await bench.emulator.settle();
  expect(bench.emulator.sends).toMatchObject([{ heldForQuality: true, outcome: 'delivered' }]);
});

test('refused: a template that is not there, and a state that is none', async () => {
  expect(await control({ status: 'PAUSED' }, 'nobody')).toEqual({ error: 'there is no template nobody' });
  expect(await control({ status: 'PAUSED', language: 'en' })).toEqual({
    error: `there is no template ${NAME} in en`,
  });
  expect(await control({ status: 'TIRED' })).toEqual({ error: expect.stringContaining('status') });
});
