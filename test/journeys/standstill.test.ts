import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type Person, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

async function people(count: number): Promise<Person[]> {
  const everybody = Array.from({ length: count }, (_, index) =>
    world.learner(`Learner ${index}`, { number: `1555010${1000 + index}`, language: 'en' }),
  );
  for (const person of everybody) await person.joins();
  return everybody;
}

async function troubles(): Promise<{ status: string; troubles: string[] }> {
  return (await (await world.get('/health/ready')).json()) as { status: string; troubles: string[] };
}

describe('a morning on which the access token has expired', () => {
  it('costs one call a minute instead of one per learner, says what to mend, and ends well', async () => {
    const everybody = await people(5);
    await world.itIs('Tuesday 08:59', 'UTC');
    const before = world.emulator.sends.length;
    world.emulator.faults.next(100, { code: 190 });
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 50 });
    for (const person of everybody) person.hearsNothing();
    expect(await troubles()).toEqual({
      status: 'degraded',
      troubles: [
        'The access token has expired or is not valid: create a new system user token and set WHATSAPP_TOKEN.',
      ],
    });
    world.emulator.faults.clear();
    await world.pass({ minutes: 3 });
    for (const person of everybody) person.hears(/JavaScript/);
    expect(world.emulator.sends.length - before).toBe(5);
    expect(await troubles()).toEqual({ status: 'ready', troubles: [] });
  });

  it('is forgotten by no restart', async () => {
    const [ana] = await people(1);
    await world.itIs('Tuesday 08:59', 'UTC');
    world.emulator.faults.next(100, { code: 190 });
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.restart();
    ana?.hearsNothing();
    world.emulator.faults.clear();
    await world.pass({ minutes: 5 });
    ana?.hears(/JavaScript/);
  });

  it('does not bring yesterday’s question the day after', async () => {
    const [ana] = await people(1);
    await world.itIs('Tuesday 08:59', 'UTC');
    world.emulator.faults.next(10_000, { code: 190 });
    await world.itIs('Wednesday 09:00', 'UTC');
    await world.pass({ minutes: 1 });
    world.emulator.faults.clear();
    await world.pass({ minutes: 30 });
    ana?.hears(/JavaScript/);
    await world.pass({ hours: 5 });
    ana?.hearsNothing();
  });

  it('lets a STOP be the last word all the same', async () => {
    const [ana] = await people(1);
    await world.itIs('Tuesday 08:59', 'UTC');
    world.emulator.faults.next(10_000, { code: 190 });
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 10 });
    await ana?.says('stop');
    world.emulator.faults.clear();
    await world.pass({ minutes: 30 });
    ana?.hears(/no more messages/);
    await world.pass({ days: 1 });
    ana?.hearsNothing();
  });
});

describe('a template', () => {
  it('that Meta moved to MARKETING is told once, and the question comes by the one it did not', async () => {
    const ana = world.learner('Ana', { number: '5511955501234', language: 'pt' });
    await ana.joins();
    world.emulator.templates.setCategory('daily_question', 'MARKETING', 'pt_BR');
    await world.settle();
    expect((await troubles()).troubles).toEqual([
      expect.stringMatching(/^Meta moved template daily_question \(pt_BR\) to MARKETING: /),
    ]);
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 5 });
    // Brazil’s is marketing, so Portugal’s wording stands in for it.
    ana.hears(/^A sua pergunta de JavaScript/);
  });

  it('that is marketing never goes to a number of the United States, and goes when it is utility again', async () => {
    const ana = world.learner('Ana', { number: '12025550123', language: 'en' });
    await ana.joins();
    for (const name of ['daily_question', 'daily_question_teaser']) {
      world.emulator.templates.setCategory(name, 'MARKETING');
    }
    await world.settle();
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ hours: 1 });
    ana.hearsNothing();
    world.emulator.templates.setCategory('daily_question', 'UTILITY');
    await world.pass({ seconds: 10 });
    ana.hears(/JavaScript/);
  });

  it('that is paused in Brazil’s Portuguese is replaced by Portugal’s', async () => {
    const ana = world.learner('Ana', { number: '5511955501234', language: 'pt' });
    await ana.joins();
    for (const name of ['daily_question', 'daily_question_teaser']) {
      world.emulator.templates.setStatus(name, 'PAUSED', 'pt_BR');
    }
    await world.settle();
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 5 });
    ana.hears(/JavaScript/);
  });
});

describe('a learner whom nothing reaches', () => {
  it('is not asked any more after three days, and is asked again once they write', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    ana.phone.block();
    await world.itIs('Friday 12:00', 'UTC');
    const tried = world.emulator.sends.length;
    await world.itIs('Sunday 12:00', 'UTC');
    expect(world.emulator.sends.length).toBe(tried);
    ana.phone.unblock();
    await ana.says('I am back, what did I miss?');
    // The question that never arrived still waits for its answer.
    ana.hearsAtLast(/JavaScript/);
    await world.itIs('Monday 09:00', 'UTC');
    await world.pass({ seconds: 5 });
    ana.hears(/JavaScript/);
  });

  it('is not given up after a bad day and a good one', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    for (const [bad, good] of [
      ['Tuesday', 'Wednesday'],
      ['Thursday', 'Friday'],
      ['Saturday', 'Sunday'],
    ]) {
      ana.phone.block();
      await world.itIs(`${bad} 10:00`, 'UTC');
      ana.phone.unblock();
      await world.itIs(`${good} 10:00`, 'UTC');
      ana.hearsAtLast(/JavaScript/);
    }
  });

  it('is erased thirty days later, as whoever has left', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    ana.phone.block();
    await world.pass({ days: 4 });
    await world.pass({ days: 31 });
    expect(await world.count('learners')).toBe(0);
  });
});
