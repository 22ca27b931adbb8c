import { describe, expect, it } from 'vitest';
import { somePreferences } from '../test/build/learner.ts';
import { effectIn, effectsOf, messageIn, saidIn } from '../test/build/read-turn.ts';
import { sceneWithOpenQuestion, someRegistration, someScene } from '../test/build/scene.ts';
import { hear } from './conversation.ts';
import type { Heard } from './heard.ts';
import { LANGUAGES } from './languages/language.ts';
import { phrases } from './languages/phrases.ts';
import type { LearnerState } from './learner.ts';

const REGISTRATION = someRegistration();
const TOMORROW_AT_NINE = Date.parse('2026-11-24T12:00:00Z');

const YES: readonly [string, Heard][] = [
  ['taps Start', { kind: 'tap', payload: `start:${REGISTRATION.id}`, title: 'Start' }],
  ['sends the code', { kind: 'text', text: 'START K7QX2MBC' }],
];
const NO: Heard = { kind: 'tap', payload: `not_me:${REGISTRATION.id}`, title: 'Not me' };

describe.each(YES)('someone who %s', (_, heard) => {
  it('and is new is in: the first question comes at once and counts as that day’s', () => {
    const turn = hear(
      someScene({ learner: { state: 'registered', nextAskAt: null }, named: REGISTRATION }),
      heard,
    );
    expect(turn).toEqual([
      { kind: 'confirm', registration: REGISTRATION, nextAskAt: TOMORROW_AT_NINE },
      { kind: 'ask-soon', occasion: 'confirmed', slot: 0 },
      { kind: 'acknowledge', typing: false },
    ]);
  });

  it('before their hour gets that question now and the next one tomorrow, not two on one day', () => {
    const atSeven = Date.parse('2026-11-23T10:00:00Z');
    const scene = someScene({
      now: atSeven,
      learner: { state: 'registered', nextAskAt: null },
      named: REGISTRATION,
    });
    expect(effectIn(hear(scene, heard), 'confirm').nextAskAt).toBe(TOMORROW_AT_NINE);
  });

  it('and had stopped is in again, with the new preferences', () => {
    const inMadrid = someRegistration({
      preferences: somePreferences({ zone: 'Europe/Madrid', askMinute: 8 * 60 }),
    });
    const turn = hear(someScene({ learner: { state: 'stopped', nextAskAt: null }, named: inMadrid }), heard);
    expect(effectsOf(turn)).toEqual(['confirm', 'ask-soon', 'acknowledge']);
    expect(effectIn(turn, 'confirm').nextAskAt).toBe(Date.parse('2026-11-24T07:00:00Z'));
  });

  it('and had stopped after today’s question hears when the next one comes instead of getting a second', () => {
    const scene = someScene({
      learner: { state: 'stopped', nextAskAt: null },
      named: REGISTRATION,
      lastDailyOn: '2026-11-23',
    });
    const turn = hear(scene, heard);
    expect(effectsOf(turn)).toEqual(['confirm', 'say', 'acknowledge']);
    expect(saidIn(turn)).toBe('Saved: *JavaScript*. Your next question comes tomorrow at 09:00.');
  });

  it('and is in already hears, in the new language, that the preferences are saved', () => {
    const toPython = someRegistration({
      preferences: somePreferences({ language: 'pt', area: 'python', askMinute: 18 * 60 }),
    });
    const turn = hear(someScene({ named: toPython }), heard);
    expect(effectsOf(turn)).toEqual(['confirm', 'say', 'acknowledge']);
    expect(effectIn(turn, 'confirm').nextAskAt).toBe(Date.parse('2026-11-23T21:00:00Z'));
    expect(saidIn(turn)).toBe('Salvo: *Python*. Sua próxima pergunta chega hoje às 18:00.');
  });

  it('and is in already, after today’s question, is asked at the new hour from tomorrow', () => {
    const later = someRegistration({ preferences: somePreferences({ askMinute: 18 * 60 }) });
    const turn = hear(someScene({ named: later, lastDailyOn: '2026-11-23' }), heard);
    expect(effectIn(turn, 'confirm').nextAskAt).toBe(Date.parse('2026-11-24T21:00:00Z'));
  });

  it('when it was used up and nothing waits is told where to register, or that they are in', () => {
    expect(saidIn(hear(someScene({ learner: { state: 'registered' } }), heard))).toBe(
      'That code has been used or has expired. Register again here: https://bot.example.org/',
    );
    expect(saidIn(hear(someScene(), heard))).toBe(
      "You're already signed up. Your next question comes tomorrow at 09:00.",
    );
  });

  it('of an older registration confirms the newest one that waits', () => {
    const turn = hear(someScene({ learner: { state: 'registered' }, pending: REGISTRATION }), heard);
    expect(effectIn(turn, 'confirm').registration).toBe(REGISTRATION);
  });
});

describe('someone who says Not me', () => {
  it('and never confirmed is forgotten and hears so', () => {
    const turn = hear(
      someScene({ learner: { state: 'registered' }, named: REGISTRATION, pending: REGISTRATION }),
      NO,
    );
    expect(effectsOf(turn)).toEqual(['erase', 'say']);
    expect(saidIn(turn)).toBe(phrases.en.notMe);
  });

  it('and never confirmed is forgotten by an old button too', () => {
    expect(effectsOf(hear(someScene({ learner: { state: 'registered' } }), NO))).toEqual(['erase', 'say']);
  });

  it('and is in keeps what they had: only the new request is dropped', () => {
    const turn = hear(someScene({ named: REGISTRATION }), NO);
    expect(turn[0]).toEqual({ kind: 'drop-registration', registrationId: REGISTRATION.id });
    expect(saidIn(turn)).toBe(phrases.en.notMeKept);
  });

  it('and had stopped is forgotten, with one last word', () => {
    const turn = hear(someScene({ learner: { state: 'stopped' }, named: REGISTRATION }), NO);
    expect(effectsOf(turn)).toEqual(['erase', 'say']);
    expect(messageIn(turn)).toMatchObject({ kind: 'goodbye' });
  });

  it('by the button of a registration they once confirmed wants to be left alone', () => {
    const turn = hear(someScene(), NO);
    expect(effectsOf(turn)).toEqual(['stop', 'say']);
    expect(messageIn(turn)).toMatchObject({ kind: 'goodbye', free: { text: phrases.en.stopped } });
  });

  it.each(LANGUAGES)(
    'by typing the words of the button instead of tapping it is heard too, in %s',
    (language) => {
      const heard: Heard = { kind: 'text', text: `${phrases[language].buttons.notMe}!` };
      const registered = someScene({ learner: { state: 'registered' }, pending: REGISTRATION });
      expect(effectsOf(hear(registered, heard))).toEqual(['erase', 'say']);
      expect(effectsOf(hear(someScene({ pending: REGISTRATION }), heard))).toEqual([
        'drop-registration',
        'say',
      ]);
    },
  );

  it('when nothing waits for their word is answering a question', () => {
    const heard: Heard = { kind: 'text', text: 'Not me' };
    expect(effectsOf(hear(sceneWithOpenQuestion(), heard))).toEqual(['collect', 'acknowledge']);
  });

  it('by a static button, whose payload is its own label, is heard too', () => {
    const heard: Heard = { kind: 'tap', payload: 'Not me', title: 'Not me' };
    expect(effectsOf(hear(someScene({ learner: { state: 'registered' } }), heard))).toEqual(['erase', 'say']);
  });
});

describe('someone who never confirmed', () => {
  const registered = { state: 'registered' } as const satisfies { state: LearnerState };

  it.each([
    ['a text', { kind: 'text', text: 'Who is this?' }],
    ['what would be an answer', { kind: 'text', text: 'A closure keeps its variables' }],
    ['a command for learners', { kind: 'text', text: 'MORE' }],
    ['a picture', { kind: 'media', what: 'image' }],
    ['a poll', { kind: 'unsupported', what: 'poll' }],
  ] as const satisfies readonly (readonly [string, Heard])[])(
    'gets one line a day with both buttons, for %s',
    (_name, heard) => {
      const turn = hear(someScene({ learner: registered, pending: REGISTRATION }), heard);
      expect(effectsOf(turn)).toEqual(['courtesy-said', 'say', 'acknowledge']);
      expect(effectIn(turn, 'courtesy-said').on).toBe('2026-11-23');
      expect(saidIn(turn)).toBe(phrases.en.pleaseConfirm);
      expect(messageIn(turn).free?.buttons.map((button) => button.payload)).toEqual([
        `start:${REGISTRATION.id}`,
        `not_me:${REGISTRATION.id}`,
      ]);
      const later = someScene({
        learner: { ...registered, lastCourtesyOn: '2026-11-23' },
        pending: REGISTRATION,
      });
      expect(hear(later, heard)).toEqual([]);
    },
  );

  it('whose code has expired is told where to register, once a day', () => {
    const turn = hear(someScene({ learner: registered }), { kind: 'text', text: 'Hi?' });
    expect(effectsOf(turn)).toEqual(['courtesy-said', 'say', 'acknowledge']);
    expect(saidIn(turn)).toContain('https://bot.example.org/');
  });

  it('gets it again on another of their own days', () => {
    const learner = { ...registered, lastCourtesyOn: '2026-11-22' };
    expect(effectsOf(hear(someScene({ learner }), { kind: 'text', text: 'Hi?' }))).toContain('say');
  });

  it('confirms by typing START', () => {
    const turn = hear(someScene({ learner: registered, pending: REGISTRATION }), {
      kind: 'text',
      text: 'Start, please',
    });
    expect(effectsOf(turn)).toEqual(['confirm', 'ask-soon', 'acknowledge']);
  });

  it('is helped when asking for help', () => {
    expect(saidIn(hear(someScene({ learner: registered }), { kind: 'text', text: 'help' }))).toContain(
      'help@example.org',
    );
  });
});
