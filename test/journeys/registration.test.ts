import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe('registering', () => {
  it('without consent is refused with a sentence, and nothing is sent or kept', async () => {
    const ana = world.learner('Ana', { number: '5511955501234', language: 'pt' });
    for (const consent of [false, undefined, 'yes']) {
      const { status, body } = await ana.registers({ consent });
      expect([400, 422]).toContain(status);
      expect(body.details).toHaveProperty('consent');
    }
    await world.pass({ days: 2 });
    ana.hearsNothing();
  });

  it('answers the same for a number that is known and one that is not', async () => {
    const ana = world.learner('Ana', { number: '5511955501234', language: 'pt' });
    const first = await ana.registers();
    const second = await ana.registers();
    expect(second.status).toBe(first.status);
    expect(Object.keys(second.body)).toEqual(Object.keys(first.body));
    expect(second.body.status).toBe(first.body.status);
  });

  it('brings no daily question before the owner of the number has confirmed', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.registers();
    ana.hears(/Tap Start/);
    await world.pass({ days: 3 });
    ana.hearsNothing();
  });

  it('by somebody else is ended with Not me, and the number is forgotten and never written to first again', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.registers();
    ana.hears(/Tap Start/);
    await ana.taps('Not me');
    ana.hears(/We have erased this number/);
    await world.pass({ hours: 1 });
    await ana.registers();
    await world.pass({ days: 2 });
    ana.hearsNothing();
  });

  it('is confirmed by the code in the link, which proves the number without a welcome', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const { body } = await ana.registers();
    ana.hears(/Tap Start/);
    const link = new URL(String(body.whatsapp_link));
    expect(link.origin + link.pathname).toBe('https://wa.me/15550100200');
    await ana.says(link.searchParams.get('text') ?? '');
    ana.hears(/You're in, Ana!/);
    // Used up: sending it again is no second confirmation.
    await ana.says(link.searchParams.get('text') ?? '');
    ana.hears(/already signed up/);
  });

  it('follows the number that sent the code, when another one was typed', async () => {
    const typed = world.learner('Somebody', { number: '15550100111', language: 'en' });
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const { body } = await typed.registers({ name: 'Ana' });
    typed.hears(/Tap Start/);
    await ana.says(new URL(String(body.whatsapp_link)).searchParams.get('text') ?? '');
    ana.hears(/You're in, Ana!/);
    await typed.taps('Start');
    await world.pass({ days: 1, hours: 12 });
    expect(
      typed.phone.messages.filter((message) => message.from === 'bot' && /JavaScript\*/.test(message.text)),
    ).toEqual([]);
  });

  it('again changes preferences only when the owner confirms', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    await ana.registers({ tech_area: 'ruby', question_time: '10:30' });
    ana.hears(/Please confirm: one \*Ruby\* question a day at 10:30/);
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 1 });
    ana.hears(/JavaScript/);
    await ana.taps('Start');
    ana.hears(/Saved: \*Ruby\*. Your next question comes tomorrow at 10:30/);
    await world.itIs('Wednesday 10:30', 'UTC');
    await world.pass({ seconds: 1 });
    ana.hears(/Ruby/);
  });

  it('again and refused keeps everything as it was', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    await ana.registers({ tech_area: 'ruby' });
    ana.hears(/Ruby/);
    await ana.taps('Not me');
    ana.hears(/everything stays as it was/);
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 1 });
    ana.hears(/JavaScript/);
  });

  it('shows the page when it was confirmed', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const { body } = await ana.registers();
    const path = new URL(String(body.confirmation_url), world.url).pathname;
    const status = async () => ((await (await world.get(path)).json()) as { status: string }).status;
    expect(await status()).toBe('pending');
    await ana.taps('Start');
    expect(await status()).toBe('confirmed');
  });

  it('of one number over and over comes to an end', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const statuses: number[] = [];
    for (let time = 0; time < 7; time++) statuses.push((await ana.registers()).status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429, 429]);
  });
});
