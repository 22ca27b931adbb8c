import { describe, expect, it } from 'vitest';
import { somePreferences } from '../../test/build/learner.ts';
import { someQuestionInLanguage } from '../../test/build/question.ts';
import { effectIn, effectsOf, messageIn, saidIn } from '../../test/build/read-turn.ts';
import {
  sceneWithOpenQuestion,
  someAsked,
  someGathering,
  someRegistration,
  someScene,
  someService,
} from '../../test/build/scene.ts';
import { phrases } from '../languages/phrases.ts';
import { commands } from './commands.ts';

const OPEN = someAsked();
const ANNOUNCED = someAsked({ shown: false });
const OLDER = someAsked({
  id: '0193a1b2-0000-7000-8000-000000000009',
  question: someQuestionInLanguage({ slug: 'older', hint: 'An older hint', modelAnswer: 'An older answer' }),
});
const NEXT = 'The next one comes tomorrow at 09:00.';

describe('START', () => {
  it('brings a learner who stopped back at their next hour', () => {
    const evening = Date.parse('2026-11-23T22:00:00Z');
    const turn = commands.start(someScene({ now: evening, learner: { state: 'stopped', nextAskAt: null } }));
    expect(turn[0]).toEqual({ kind: 'resume', nextAskAt: Date.parse('2026-11-24T12:00:00Z') });
    expect(saidIn(turn)).toBe(
      'Welcome back! Your next question comes tomorrow at 09:00. Reply MORE for one right now.',
    );
  });

  it('brings them back today when the hour is still to come', () => {
    const early = Date.parse('2026-11-23T10:00:00Z');
    const turn = commands.start(someScene({ now: early, learner: { state: 'stopped', nextAskAt: null } }));
    expect(effectIn(turn, 'resume').nextAskAt).toBe(Date.parse('2026-11-23T12:00:00Z'));
  });

  it('never brings a second daily question on one date', () => {
    const early = Date.parse('2026-11-23T10:00:00Z');
    const turn = commands.start(
      someScene({ now: early, learner: { state: 'stopped', nextAskAt: null }, lastDailyOn: '2026-11-23' }),
    );
    expect(effectIn(turn, 'resume').nextAskAt).toBe(Date.parse('2026-11-24T12:00:00Z'));
  });

  it('comes back with what the learner had: what was typed into the page meanwhile needs its own yes', () => {
    const pending = someRegistration({ preferences: somePreferences({ area: 'ruby', askMinute: 0 }) });
    const turn = commands.start(someScene({ learner: { state: 'stopped', nextAskAt: null }, pending }));
    expect(effectsOf(turn)).toEqual(['resume', 'say', 'acknowledge']);
    expect(effectIn(turn, 'resume').nextAskAt).toBe(Date.parse('2026-11-24T12:00:00Z'));
  });

  it('said by an active learner changes nothing', () => {
    const turn = commands.start(someScene());
    expect(effectsOf(turn)).toEqual(['say', 'acknowledge']);
    expect(saidIn(turn)).toBe("You're already signed up. Your next question comes tomorrow at 09:00.");
  });
});

describe('HELP', () => {
  it('names the bot, the commands and a person', () => {
    const help = saidIn(commands.help(someScene()));
    expect(help).toContain('*Interview Bot*');
    expect(help).toContain('*STOP*');
    expect(help).toContain('help@example.org');
  });

  it('in the demo, where there is no person, names none', () => {
    expect(saidIn(commands.help(someScene({ service: someService({ contact: null }) })))).not.toContain(
      'a person',
    );
  });
});

describe('HINT', () => {
  it('gives the hint of the open question and leaves it open', () => {
    const turn = commands.hint(sceneWithOpenQuestion());
    expect(effectsOf(turn)).toEqual(['say', 'acknowledge']);
    expect(saidIn(turn)).toBe('💡 What does the inner function still see?');
    expect(messageIn(turn).askedId).toBe(OPEN.id);
  });

  it('shows the question itself when it was only announced', () => {
    const turn = commands.hint(sceneWithOpenQuestion({}, ANNOUNCED));
    expect(effectIn(turn, 'shown').askedId).toBe(ANNOUNCED.id);
    expect(saidIn(turn)).toContain('What is a closure?');
  });

  it('is that of the question it quotes', () => {
    expect(saidIn(commands.hint(sceneWithOpenQuestion({ about: OLDER })))).toBe('💡 An older hint');
  });

  it('without a question says when the next one comes', () => {
    expect(saidIn(commands.hint(someScene()))).toContain(NEXT);
  });
});

describe('SKIP', () => {
  it('closes the open question without an answer and offers what is left', () => {
    const turn = commands.skip(sceneWithOpenQuestion());
    expect(turn[0]).toEqual({ kind: 'close-question', askedId: OPEN.id, as: 'skipped' });
    expect(saidIn(turn)).toBe(phrases.en.skipped);
    expect(messageIn(turn).free?.buttons.map((button) => button.payload)).toEqual([
      `answer:${OPEN.id}`,
      `more:${OPEN.id}`,
    ]);
  });

  it('closes the quoted question, not the open one', () => {
    expect(effectIn(commands.skip(sceneWithOpenQuestion({ about: OLDER })), 'close-question').askedId).toBe(
      OLDER.id,
    );
  });

  it.each(['answered', 'skipped'] as const)(
    'of a question that is %s changes nothing and says nothing',
    (state) => {
      expect(commands.skip(someScene({ about: someAsked({ state }) }))).toEqual([]);
    },
  );

  it('without a question says when the next one comes', () => {
    expect(saidIn(commands.skip(someScene()))).toContain(NEXT);
  });
});

describe('ANSWER', () => {
  it('of the open question shows the model answer and closes it: what follows would not be the learner’s own', () => {
    const turn = commands.answer(sceneWithOpenQuestion());
    expect(turn[0]).toEqual({ kind: 'close-question', askedId: OPEN.id, as: 'skipped' });
    expect(saidIn(turn)).toBe(
      '*Model answer*\nA closure is a function that keeps the variables of the place where it was made.',
    );
  });

  it('after feedback shows that of the last question and closes nothing', () => {
    const answered = someAsked({ state: 'answered' });
    expect(effectsOf(commands.answer(someScene({ newest: answered })))).toEqual(['say', 'acknowledge']);
  });

  it('under older feedback shows that of its own question', () => {
    const turn = commands.answer(sceneWithOpenQuestion({ about: { ...OLDER, state: 'answered' } }));
    expect(saidIn(turn)).toBe('*Model answer*\nAn older answer');
    expect(effectsOf(turn)).not.toContain('close-question');
  });

  it('right after an answer ends the wait for more of it: that answer counts, and feedback comes', () => {
    const gathering = someGathering();
    expect(commands.answer(sceneWithOpenQuestion({ gathering }))).toEqual([
      { kind: 'end-gathering', answerId: gathering.id },
      { kind: 'acknowledge', typing: true },
    ]);
  });

  it('without any question says when the first one comes', () => {
    expect(saidIn(commands.answer(someScene()))).toContain(NEXT);
  });
});

describe('MORE', () => {
  it.each([
    [0, 1],
    [1, 2],
    [2, 3],
  ])('after %d further questions asks for one in place %d of the day', (extrasToday, slot) => {
    const turn = commands.more(someScene({ lastDailyOn: '2026-11-23', extrasToday }));
    expect(turn).toEqual([
      { kind: 'ask-soon', occasion: 'more', slot },
      { kind: 'acknowledge', typing: false },
    ]);
  });

  it('before the daily question leaves that one its place', () => {
    const slotAfter = (extrasToday: number) =>
      effectIn(commands.more(someScene({ lastDailyOn: '2026-11-22', extrasToday })), 'ask-soon').slot;
    expect([slotAfter(0), slotAfter(1)]).toEqual([1, 2]);
  });

  it('ends at the limit of the day', () => {
    const turn = commands.more(someScene({ lastDailyOn: '2026-11-23', extrasToday: 3 }));
    expect(effectsOf(turn)).toEqual(['say']);
    expect(saidIn(turn)).toBe('That was a lot for one day. Your next question comes tomorrow at 09:00.');
  });

  it('can be turned off', () => {
    const service = someService({ extraQuestionsPerDay: 0 });
    expect(effectsOf(commands.more(someScene({ service, lastDailyOn: '2026-11-23' })))).toEqual(['say']);
  });

  it('shows the question that still waits instead of piling up another', () => {
    const turn = commands.more(sceneWithOpenQuestion({}, ANNOUNCED));
    expect(effectsOf(turn)).toEqual(['shown', 'say', 'acknowledge']);
    expect(saidIn(turn)).toContain('What is a closure?');
  });

  it('right after the last words of an answer asks for another: that question no longer waits', () => {
    const turn = commands.more(sceneWithOpenQuestion({ gathering: someGathering() }));
    expect(effectsOf(turn)).toContain('ask-soon');
  });
});
