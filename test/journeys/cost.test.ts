import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** How many messages Meta has counted since this was asked last. */
function billedNow(): () => number {
  let before = 0;
  return () => {
    const all = world.emulator.sends.filter((send) => send.billable).length;
    const since = all - before;
    before = all;
    return since;
  };
}

it('each step costs one message, and the books of the month say what Meta says', async () => {
  const billed = billedNow();
  const ana = world.learner('Ana', { number: '5511955501234', language: 'pt' });
  await ana.registers();
  expect(['the welcome', billed()]).toEqual(['the welcome', 1]);
  ana.hears(/./);
  await ana.taps('Começar');
  expect(['the first question', billed()]).toEqual(['the first question', 1]);
  const question = ana.questionIn(ana.hears(/./));
  await ana.taps('Dica');
  expect(['a hint', billed()]).toEqual(['a hint', 1]);
  const [first = '', ...rest] = question.modelAnswer.split('. ');
  await ana.says(first);
  await ana.says(rest.join('. '));
  await world.pass({ seconds: 9 });
  expect(['feedback on an answer in two messages', billed()]).toEqual([
    'feedback on an answer in two messages',
    1,
  ]);
  await ana.says('obrigada!');
  await ana.says('obrigada mesmo!');
  expect(['politeness, once a day', billed()]).toEqual(['politeness, once a day', 1]);
  await world.itIs('Wednesday 08:00', 'UTC');
  expect(['Tuesday’s question', billed()]).toEqual(['Tuesday’s question', 1]);
  await world.itIs('Wednesday 12:00', 'UTC');
  expect(['Wednesday’s question, in a template', billed()]).toEqual([
    'Wednesday’s question, in a template',
    1,
  ]);
  ana.phone.react('👍', question.slug);
  await world.settle();
  await ana.says('parar');
  expect(['the goodbye', billed()]).toEqual(['the goodbye', 1]);
  await world.pass({ days: 2 });
  expect(['silence', billed()]).toEqual(['silence', 0]);

  const metrics = await (await world.get('/metrics')).text();
  const counted = (type: string, category: string) =>
    Number(
      new RegExp(`interview_bot_billed_messages_total{type="${type}",category="${category}"} (\\d+)`).exec(
        metrics,
      )?.[1] ?? 0,
    );
  const templates = world.emulator.sends.filter((send) => send.templateName !== null && send.billable).length;
  const free = world.emulator.sends.filter((send) => send.templateName === null && send.billable).length;
  expect(counted('regular', 'utility')).toBe(templates);
  expect(counted('free_customer_service', 'service')).toBe(free);
});
