import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe('STOP', () => {
  it.each([
    ['en', 'Stop. Thank you', /no more messages/],
    ['es', '¡Para, por favor!', /no te escribiremos más/],
    ['pt', 'SAIR', /não enviaremos mais mensagens/],
  ] as const)(
    'is understood in %s as “%s”, confirmed once, and then there is silence',
    async (language, word, confirmation) => {
      const ana = world.learner('Ana', { number: '15550100199', language });
      await ana.joins();
      await ana.says(word);
      ana.hears(confirmation);
      await ana.says(word);
      await ana.says('hello?');
      await world.pass({ days: 3 });
      ana.hearsNothing();
    },
  );

  it('in the middle of an answer leaves the learner alone at once', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    await ana.says(question.modelAnswer);
    await world.pass({ seconds: 3 });
    await ana.says('STOP');
    ana.hears(/no more messages/);
    await world.pass({ days: 2 });
    ana.hearsNothing();
  });

  it('overtakes a question that waits to be sent', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    world.emulator.faults.next(2, '503');
    await world.itIs('Tuesday 09:00', 'UTC');
    await ana.says('stop');
    await world.pass({ hours: 1 });
    ana.hears(/no more messages/);
    await world.pass({ days: 1 });
    ana.hearsNothing();
  });

  it('is not heard in an answer that merely contains the word', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    await ana.answers('It would stop the loop and return, I think');
    ana.hears(/ideas|answer|start/i);
  });

  it('by the button of a template counts like the word', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    ana.phone.send({ type: 'button', button: { payload: 'Stop promotions', text: 'Stop promotions' } });
    await world.settle();
    ana.hears(/no more messages/);
  });

  it('of a number that never confirmed ends the matter', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.registers();
    ana.hears(/Tap Start/);
    await ana.says('stop');
    ana.hears(/no more messages/);
    await ana.registers();
    await world.pass({ days: 2 });
    ana.hearsNothing();
  });
});

describe('START', () => {
  it('brings the learner back, with the next morning’s question', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    await ana.says('stop');
    ana.hears(/no more messages/);
    await world.pass({ days: 3 });
    await ana.says('Start');
    ana.hears(/Welcome back! Your next question comes today at 09:00/);
    await world.itIs('Thursday 09:00', 'UTC');
    await world.pass({ seconds: 1 });
    ana.hears(/JavaScript/);
  });

  it('is the only word that does', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    await ana.says('stop');
    ana.hears(/no more messages/);
    for (const word of ['more', 'hint', 'ok', 'yes please', 'skip']) await ana.says(word);
    ana.hearsNothing();
  });

  it('of somebody who is in already changes nothing', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    await ana.says('start');
    ana.hears(/already signed up/);
    expect(world.emulator.sends.filter((send) => send.to === ana.number)).toHaveLength(3);
  });
});

describe('thirty days later', () => {
  it('whoever stopped is forgotten: their words and number are gone, and START means nothing any more', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    await ana.says('stop');
    ana.hears(/no more messages/);
    await world.pass({ days: 29 });
    expect(await world.count('learners')).toBe(1);
    await world.pass({ days: 2 });
    expect(await world.count('learners')).toBe(0);
    for (const table of ['addresses', 'registrations', 'asked_questions', 'messages', 'answers', 'inbox']) {
      expect([table, await world.count(table)]).toEqual([table, 0]);
    }
    // The proof of what was agreed to and taken back stays.
    expect(await world.count('consents')).toBe(3);
    // A stranger like any other.
    await ana.says('start');
    ana.hears(/You are not signed up yet/);
  });

  it('whoever never confirmed is forgotten', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.registers();
    await world.pass({ days: 31 });
    expect(await world.count('learners')).toBe(0);
  });

  it('a learner who gets questions is not', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    await world.pass({ days: 31 });
    expect(await world.count('learners')).toBe(1);
  });
});
