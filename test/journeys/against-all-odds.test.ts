import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type Person, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

function ana(): Person {
  return world.learner('Ana', { number: '15550100199', language: 'en' });
}

describe('a question', () => {
  it('that is refused once and then left without an answer still arrives, once', async () => {
    const learner = ana();
    await learner.joins();
    world.emulator.faults.next(1, '503');
    world.emulator.faults.next(1, 'reset');
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 20 });
    learner.hearsNothing();
    await world.pass({ minutes: 2 });
    learner.hears(/JavaScript/);
  });

  it('whose answer was lost after Meta took it is not sent again', async () => {
    const learner = ana();
    await learner.joins();
    world.emulator.faults.next(1, 'accept-then-drop-answer');
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ minutes: 10 });
    learner.hears(/JavaScript/);
  });

  it('is asked half an hour late on the day the service comes back, and the days it missed are let go', async () => {
    const learner = ana();
    await learner.joins();
    await world.itIs('Tuesday 06:00', 'UTC');
    await world.restartAfter({ hours: 2 * 24 + 3.5 });
    learner.hears(/JavaScript/);
    const metrics = await (await world.get('/metrics')).text();
    expect(metrics).toMatch(/days_skipped_total 2/);
  });

  it('that waits for its template is shown once when the learner writes first', async () => {
    const learner = ana();
    await learner.joins();
    for (const template of ['daily_question', 'daily_question_teaser']) {
      world.emulator.templates.setStatus(template, 'PAUSED');
    }
    await world.settle();
    await world.itIs('Tuesday 10:00', 'UTC');
    learner.hearsNothing();
    await learner.says('good morning, where is my question?');
    learner.hears(/JavaScript/);
    await world.pass({ hours: 1 });
    learner.hearsNothing();
  });

  it('that failed at Meta for a passing reason is sent again', async () => {
    const learner = ana();
    await learner.joins();
    await world.itIs('Tuesday 08:59', 'UTC');
    world.emulator.faults.forRecipient(learner.number, 130429);
    await world.itIs('Tuesday 09:00', 'UTC');
    world.emulator.faults.clear();
    await world.pass({ seconds: 20 });
    learner.hearsAtLast(/JavaScript/);
  });

  it('in the next morning does not cut an answer in two', async () => {
    const learner = ana();
    const monday = learner.questionIn(await learner.joins());
    const [first = '', ...rest] = monday.modelAnswer.split('. ');
    await world.itIs('Tuesday 08:59', 'UTC');
    await world.pass({ seconds: 57 });
    await learner.says(first);
    await world.pass({ seconds: 4 });
    learner.hears(/JavaScript/);
    await learner.answers(rest.join('. '));
    learner.hears(/Strong answer/);
    await learner.says('stop');
    learner.hears(/no more messages/);
  });

  it('comes on the date after a move to a zone behind', async () => {
    const learner = world.learner('Ana', { number: '15550100199', language: 'en', zone: 'Asia/Tokyo' });
    await world.itIs('Tuesday 08:30', 'Asia/Tokyo');
    await learner.joins();
    // In Los Angeles it is still Monday; Tuesday’s question was the one in Tokyo.
    await learner.registers({ timezone: 'America/Los_Angeles' });
    learner.hears(/Please confirm/);
    await learner.taps('Start');
    learner.hears(/Saved: \*JavaScript\*. Your next question comes on Wednesday at 09:00/);
    await world.itIs('Wednesday 09:00', 'America/Los_Angeles');
    await world.pass({ seconds: 1 });
    learner.hears(/JavaScript/);
  });
});

describe('the last word after STOP', () => {
  it('arrives although its first sending was lost', async () => {
    const learner = ana();
    await learner.joins();
    world.emulator.faults.next(1, 'reset');
    await learner.says('stop');
    await world.pass({ minutes: 3 });
    learner.hears(/no more messages/);
    await world.pass({ days: 2 });
    learner.hearsNothing();
  });

  it('is the last: a question that fails late is not brought back', async () => {
    const learner = ana();
    await learner.joins();
    await world.itIs('Monday 20:00', 'UTC');
    await learner.says('hint');
    learner.hears(/💡/);
    world.emulator.faults.forRecipient(learner.number, 131000);
    await world.itIs('Tuesday 09:00', 'UTC');
    await learner.says('stop');
    world.emulator.faults.clear();
    await world.pass({ days: 1 });
    learner.hearsAtLast(/no more messages/);
  });

  it('is not undone by a START that was said before it and arrives after it', async () => {
    const learner = ana();
    await learner.joins();
    await world.pass({ minutes: 5 });
    await learner.says('stop');
    learner.hears(/no more messages/);
    learner.phone.send({
      type: 'text',
      text: { body: 'start' },
      timestamp: String(Math.floor(world.now / 1000) - 60),
    });
    await world.settle();
    learner.hearsNothing();
  });

  it('makes a registration by somebody else mean nothing, even when the owner says START', async () => {
    const learner = ana();
    await learner.joins();
    await learner.says('stop');
    learner.hears(/no more messages/);
    await learner.registers({ tech_area: 'ruby' });
    learner.hearsNothing();
    await learner.says('start');
    learner.hears(/Welcome back/);
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 1 });
    learner.hears(/JavaScript/);
  });

  it('also comes after Not me on a welcome that was once confirmed', async () => {
    const learner = ana();
    await learner.joins();
    await learner.taps('Not me');
    learner.hears(/no more messages/);
    await learner.taps('Not me');
    await world.pass({ days: 2 });
    learner.hearsNothing();
    expect(await world.count('learners')).toBe(1);
  });

  it('keeps strangers from writing to the number thirty days later too', async () => {
    const learner = ana();
    await learner.joins();
    await learner.says('stop');
    learner.hears(/no more messages/);
    await world.pass({ days: 31 });
    await learner.registers();
    learner.hearsNothing();
  });
});

describe('what a learner says', () => {
  it('while a question waits, "thanks" and "ok" are not taken for answers', async () => {
    const learner = ana();
    const question = learner.questionIn(await learner.joins());
    for (const politeness of ['ok', 'Thanks!', 'Obrigada!']) await learner.answers(politeness);
    learner.hearsNothing();
    await learner.answers(question.modelAnswer);
    learner.hears(/Strong answer/);
  });

  it('in answer to two questions at once, by quoting, is told apart, and STOP is heard at once', async () => {
    const learner = ana();
    const monday = await learner.joins();
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ seconds: 1 });
    learner.hears(/JavaScript/);
    await learner.says('first half for Monday', { quoting: monday.wamid });
    await learner.says('something for Tuesday');
    await learner.says('second half for Monday', { quoting: monday.wamid });
    await learner.says('stop');
    learner.hears(/no more messages/);
    await world.pass({ hours: 1 });
    learner.hearsNothing();
  });

  it('before asking for the model answer is assessed first', async () => {
    const learner = ana();
    const question = learner.questionIn(await learner.joins());
    await learner.says(question.modelAnswer);
    await learner.says('answer');
    learner.hears(/Strong answer/);
  });

  it('about yesterday’s question after reading it only now counts for that question', async () => {
    const learner = ana();
    await learner.joins();
    await learner.says('skip');
    learner.hears(/Skipped/);
    world.emulator.templates.setStatus('daily_question', 'PAUSED');
    await world.settle();
    await world.itIs('Wednesday 08:00', 'UTC');
    const yesterdays = learner.hears(/is ready/);
    await world.itIs('Wednesday 09:00', 'UTC');
    await world.pass({ seconds: 1 });
    learner.hears(/is ready/);
    await learner.taps('Show question', { of: yesterdays.wamid });
    const shown = learner.questionIn(learner.hears(/JavaScript/));
    await learner.answers(shown.modelAnswer);
    learner.hears(/Strong answer/);
  });
});
