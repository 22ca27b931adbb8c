import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe('somebody who is not registered', () => {
  it.each([
    ['15550100188', 'en', /You are not signed up yet.*http:\/\/bot\.test.*help@bot\.test/s],
    ['5215555550123', 'es', /Todavía no estás en la lista.*http:\/\/bot\.test.*help@bot\.test/s],
    ['5511955501234', 'pt', /Você ainda não está na lista.*http:\/\/bot\.test.*help@bot\.test/s],
  ] as const)('with the number %s gets one line a day in %s', async (number, language, line) => {
    const stranger = world.learner('Nobody', { number, language });
    await stranger.says('hello');
    stranger.hears(line);
    await stranger.says('anybody there?');
    stranger.phone.sendImage();
    await world.settle();
    stranger.hearsNothing();
    await world.pass({ days: 1 });
    await stranger.says('hello again');
    stranger.hears(line);
  });

  it('who shows no number gets it too, in the language of the country in their id', async () => {
    const stranger = world.learner('Nobody', {
      number: '5511955501234',
      language: 'pt',
      identity: 'bsuid-only',
    });
    await stranger.says('oi');
    stranger.hears(/Você ainda não está na lista/);
    expect(world.emulator.sends.at(-1)?.body).toMatchObject({ recipient: stranger.phone.bsuid });
    // The same person, who shows the number now.
    world.emulator.phone(stranger.number, { name: 'Nobody', identity: 'both' });
    await stranger.says('oi?');
    stranger.hearsNothing();
  });

  it('is shown the way to a person by HELP', async () => {
    const stranger = world.learner('Nobody', { number: '15550100188', language: 'en' });
    await stranger.says('hello');
    stranger.hears(/not signed up/);
    await stranger.says('help');
    stranger.hears(/To reach a person: help@bot\.test/);
    await stranger.says('help');
    stranger.hearsNothing();
  });

  it('who says STOP hears nothing, then or later, and is not written to when somebody registers the number', async () => {
    const stranger = world.learner('Nobody', { number: '15550100188', language: 'en' });
    await stranger.says('stop');
    await world.pass({ days: 2 });
    await stranger.says('hello');
    await stranger.registers();
    stranger.hearsNothing();
  });

  it('comes in all the same with the code of the page', async () => {
    const stranger = world.learner('Ana', { number: '15550100188', language: 'en' });
    await stranger.says('stop');
    await world.pass({ minutes: 5 });
    const { body } = await stranger.registers();
    await stranger.says(new URL(String(body.whatsapp_link)).searchParams.get('text') ?? '');
    stranger.hears(/You're in, Ana!/);
  });

  it('who asks, registers and confirms hears no more about what they asked', async () => {
    const stranger = world.learner('Ana', { number: '15550100188', language: 'en' });
    await stranger.says('How does a day with you look like?');
    stranger.hears(/not signed up/);
    await stranger.registers();
    stranger.hears(/Tap Start/);
    await stranger.taps('Start');
    stranger.hears(/You're in, Ana!/);
    await world.pass({ minutes: 2 });
    stranger.hearsNothing();
  });

  it('who said Not me a while ago is a stranger again', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.registers();
    ana.hears(/Tap Start/);
    await ana.taps('Not me');
    ana.hears(/We have erased this number/);
    await world.pass({ hours: 1 });
    await ana.says('who is this?');
    ana.hears(/not signed up/);
  });

  it('gets no line for a thumb up, nor for what was said the day before yesterday', async () => {
    const stranger = world.learner('Nobody', { number: '15550100188', language: 'en' });
    stranger.phone.react('👍', 'wamid.ANY');
    await world.settle();
    world.emulator.webhookSwitches.hold = true;
    stranger.phone.say('hello');
    await world.pass({ days: 2 });
    world.emulator.webhookSwitches.hold = false;
    await world.settle();
    stranger.hearsNothing();
  });

  it('is greeted at most once, whatever happens to the call', async () => {
    const stranger = world.learner('Nobody', { number: '15550100188', language: 'en' });
    world.emulator.faults.next(1, '503');
    await stranger.says('hello');
    await world.restart();
    await world.pass({ hours: 2 });
    stranger.hearsNothing();
  });

  it('leaves no trace in the clear', async () => {
    const stranger = world.learner('Nobody', { number: '15550100188', language: 'en' });
    await stranger.says('hello');
    stranger.hears(/not signed up/);
    expect(await world.holdsInTheClear(/15550100188/)).toBe(false);
    expect(await world.holdsInTheClear(new RegExp(stranger.phone.bsuid.replace('.', '\\.')))).toBe(false);
  });
});
