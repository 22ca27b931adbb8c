import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe('the daily question', () => {
  it('comes inside the template when the window is closed and it fits', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const first = ana.questionIn(await ana.joins());
    await ana.answers(first.modelAnswer);
    ana.hears(/answer/);
    await world.itIs('Wednesday 08:00', 'UTC');
    // Tuesday’s went into the open window; since then nothing was said for more than a day.
    ana.hears(/JavaScript/);
    await world.itIs('Wednesday 09:00', 'UTC');
    await world.pass({ seconds: 1 });
    // Until there is one without code.
    for (let day = 0; day < 12 && ana.phone.messages.at(-1)?.template !== 'daily_question'; day++) {
      await world.pass({ days: 1 });
    }
    const question = ana.hears(/Your JavaScript question for today/);
    expect(question.template).toBe('daily_question');
    expect(question.buttons.map((button) => button.title)).toEqual(['Hint', 'Skip']);
    await ana.taps('Hint');
    ana.hears(/💡/);
    await ana.answers(ana.questionIn(question).modelAnswer);
    ana.hears(/answer/);
  });

  it('with code is announced by a teaser, whose tap brings the whole text', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    for (let day = 0; day < 12; day++) {
      await world.pass({ days: 1 });
      const latest = ana.phone.messages.at(-1);
      if (latest?.template === 'daily_question_teaser') {
        const { buttons } = latest;
        expect(buttons.map((button) => button.title)).toEqual(['Show question']);
        await ana.taps('Show question', { of: latest.wamid });
        const shown = ana.phone.messages.at(-1);
        expect(shown?.text).toContain('```');
        expect(shown?.template).toBeNull();
        return;
      }
    }
    throw new Error('No question with code came in twelve days');
  });

  it('that was only announced is shown, not graded, when the learner writes instead of tapping', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    for (let day = 0; day < 12; day++) {
      await world.pass({ days: 1 });
      if (ana.phone.messages.at(-1)?.template !== 'daily_question_teaser') continue;
      await ana.answers('good morning, I am ready');
      const shown = ana.phone.messages.at(-1);
      expect(shown?.text).toContain('```');
      return;
    }
    throw new Error('No question with code came in twelve days');
  });

  it('comes although yesterday’s was not answered, and a late answer to the quoted older one still counts', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const monday = await ana.joins();
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 1 });
    const tuesday = ana.hears(/JavaScript/);
    await ana.answers(ana.questionIn(monday).modelAnswer, { quoting: monday.wamid });
    ana.hears(/Strong answer/);
    await ana.answers(ana.questionIn(tuesday).modelAnswer);
    ana.hears(/Strong answer/);
  });

  it('is asked late by less than four hours, and skipped beyond that', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    // The clock jumps over the morning, as when the machine was off.
    const jump = async (moment: string) => world.itIs(moment, 'UTC');
    await jump('Tuesday 08:30');
    await world.restartAfter({ hours: 3 });
    ana.hears(/JavaScript/);
    await jump('Wednesday 08:30');
    ana.hearsNothing();
    await world.restartAfter({ hours: 6 });
    ana.hearsNothing();
    await jump('Thursday 09:01');
    ana.hears(/JavaScript/);
  });

  it('is asked once on a date, however often the clock looks and the service restarts', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    await world.itIs('Tuesday 09:00', 'UTC');
    for (let look = 0; look < 5; look++) {
      await world.restart();
      await world.pass({ seconds: 20 });
    }
    ana.hears(/JavaScript/);
  });

  it('falls back to the teaser when the question’s template is paused', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    world.emulator.templates.setStatus('daily_question', 'PAUSED', 'en');
    await world.settle();
    await world.itIs('Wednesday 08:00', 'UTC');
    await world.itIs('Wednesday 09:00', 'UTC');
    await world.pass({ seconds: 1 });
    expect(ana.phone.messages.at(-1)?.template).toBe('daily_question_teaser');
  });

  it('goes out as a template after all when Meta says that the window is closed', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    await ana.joins();
    await world.itIs('Monday 20:00', 'UTC');
    await ana.says('hint');
    ana.hears(/💡/);
    await world.itIs('Tuesday 08:59', 'UTC');
    world.emulator.faults.next(1, { code: 131047 });
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 5 });
    expect(ana.hears(/JavaScript/).template).not.toBeNull();
  });
});
