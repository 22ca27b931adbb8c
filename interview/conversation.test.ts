import { describe, expect, it } from 'vitest';
import { MINUTES, MONDAY_MORNING } from '../test/build/learner.ts';
import { someQuestionInLanguage } from '../test/build/question.ts';
import { effectIn, effectsOf, messageIn, saidIn } from '../test/build/read-turn.ts';
import {
  sceneWithOpenQuestion,
  someAsked,
  someGathering,
  someRegistration,
  someScene,
} from '../test/build/scene.ts';
import { hear } from './conversation.ts';
import type { Heard } from './heard.ts';
import { phrases } from './languages/phrases.ts';
import type { Scene } from './scene.ts';

const SECONDS = 1000;
const NOW = MONDAY_MORNING;
const TODAY = someAsked();
const YESTERDAY = someAsked({ id: '0193a1b2-0000-7000-8000-000000000009', localDate: '2026-11-22' });
const ANSWER = 'A closure keeps the variables of the place where it was made.';

const PICTURE: Heard = { kind: 'media', what: 'image' };
const VOICE: Heard = {
  kind: 'voice',
  media: { mediaId: '1', url: null, mimeType: 'audio/ogg', sha256: null },
};

describe('STOP', () => {
  const everywhere: readonly [string, Scene][] = [
    ['by a learner with nothing open', someScene()],
    ['with a question open', sceneWithOpenQuestion()],
    ['with a question that was only announced', sceneWithOpenQuestion({}, someAsked({ shown: false }))],
    ['in the middle of an answer', sceneWithOpenQuestion({ gathering: someGathering() })],
    [
      'while feedback is being made',
      someScene({ newest: someAsked({ state: 'answered' }), assessing: true }),
    ],
    ['quoting an older question', sceneWithOpenQuestion({ about: YESTERDAY })],
    ['after the day’s line of courtesy', someScene({ learner: { lastCourtesyOn: '2026-11-23' } })],
    ['while a change of preferences waits', someScene({ pending: someRegistration() })],
    [
      'by someone who never confirmed',
      someScene({ learner: { state: 'registered' }, pending: someRegistration() }),
    ],
  ];

  it.each(everywhere)('%s ends everything at once, with exactly one confirmation', (_, scene) => {
    const turn = hear(scene, text('STOP'));
    expect(effectsOf(turn)).toEqual(['stop', 'say', 'acknowledge']);
    expect(saidIn(turn)).toBe(phrases.en.stopped);
    expect(messageIn(turn)).toMatchObject({ kind: 'goodbye', expiresAt: null });
  });

  it('said again by someone who has stopped is not answered again', () => {
    expect(hear(someScene({ learner: { state: 'stopped' } }), text('STOP'))).toEqual([]);
  });

  it.each(['Stop. Thank you', 'para, por favor', 'SAIR', 'Unsubscribe'])(
    'is heard in %j, whatever the learner’s language',
    (said) => {
      const turn = hear(sceneWithOpenQuestion({ learner: { language: 'es' } }), text(said));
      expect(effectsOf(turn)).toContain('stop');
      expect(saidIn(turn)).toBe(phrases.es.stopped);
    },
  );

  it.each([
    'I would stop the timer first',
    'Stop is not a keyword in JavaScript',
    'stop() ends the source node',
  ])('is not heard in the answer %j', (said) => {
    expect(effectsOf(hear(sceneWithOpenQuestion(), text(said)))).toEqual(['collect', 'acknowledge']);
  });

  it.each([
    ['label', { kind: 'tap', payload: 'Stop promotions', title: 'Stop promotions' }],
    ['payload', { kind: 'tap', payload: 'STOP', title: 'No more of this' }],
  ] as const)('is heard in a button of WhatsApp’s own with such a %s', (_, heard) => {
    expect(effectsOf(hear(sceneWithOpenQuestion(), heard))).toContain('stop');
  });
});

describe('an answer to the open question', () => {
  it('is collected while the learner may still be writing, with ticks and the typing indicator', () => {
    expect(hear(sceneWithOpenQuestion(), text(ANSWER))).toEqual([
      { kind: 'collect', askedId: TODAY.id, quietUntil: NOW + 8 * SECONDS },
      { kind: 'acknowledge', typing: true },
    ]);
  });

  it('in several messages is one answer: each of them extends the wait', () => {
    const gathering = someGathering({ startedAt: NOW - 20 * SECONDS });
    const turn = hear(sceneWithOpenQuestion({ gathering }), text('and it is garbage collected later'));
    expect(turn[0]).toEqual({ kind: 'collect', askedId: TODAY.id, quietUntil: NOW + 8 * SECONDS });
  });

  it('is waited for no longer than a minute after its first message', () => {
    const gathering = someGathering({ startedAt: NOW - 58 * SECONDS });
    const turn = hear(sceneWithOpenQuestion({ gathering }), text('and another thing'));
    expect(effectIn(turn, 'collect').quietUntil).toBe(NOW + 2 * SECONDS);
  });

  it('goes on although a new question comes in the middle of it', () => {
    const gathering = someGathering({ asked: YESTERDAY });
    const turn = hear(sceneWithOpenQuestion({ gathering }), text('and it is garbage collected later'));
    expect(effectIn(turn, 'collect').askedId).toBe(YESTERDAY.id);
  });

  it('begins its own minute when it quotes another question than the one that is being answered', () => {
    const gathering = someGathering({ startedAt: NOW - 58 * SECONDS });
    const turn = hear(sceneWithOpenQuestion({ gathering, about: YESTERDAY }), text(ANSWER));
    expect(turn[0]).toEqual({ kind: 'collect', askedId: YESTERDAY.id, quietUntil: NOW + 8 * SECONDS });
  });

  it('counts the next day too, as long as the question is the newest', () => {
    const scene = sceneWithOpenQuestion({ now: NOW + 20 * 60 * MINUTES, lastDailyOn: '2026-11-23' });
    expect(effectIn(hear(scene, text(ANSWER)), 'collect').askedId).toBe(TODAY.id);
  });

  it('goes to the question it quotes when that one still waits', () => {
    expect(effectIn(hear(sceneWithOpenQuestion({ about: YESTERDAY }), text(ANSWER)), 'collect').askedId).toBe(
      YESTERDAY.id,
    );
  });

  it.each(['answered', 'skipped'] as const)(
    'is not graded again when it quotes a question that is %s',
    (state) => {
      const closed = someAsked({ state });
      const turn = hear(
        someScene({ about: closed, newest: closed, lastDailyOn: '2026-11-23' }),
        text(ANSWER),
      );
      expect(effectsOf(turn)).toEqual(['courtesy-said', 'say', 'acknowledge']);
    },
  );

  it('is a remark, and no answer to the open question, when it quotes one that is closed', () => {
    const scene = sceneWithOpenQuestion({ about: someAsked({ id: YESTERDAY.id, state: 'answered' }) });
    expect(hear(scene, text(ANSWER))).toEqual([{ kind: 'acknowledge', typing: false }]);
  });

  it.each(['Thanks!', 'ok', 'Hi, good morning', 'Obrigada', 'vale, gracias'])(
    'is more than kindness: %j is read and left at that',
    (said) => {
      expect(hear(sceneWithOpenQuestion(), text(said))).toEqual([{ kind: 'acknowledge', typing: false }]);
    },
  );

  it('may end with a word of thanks', () => {
    const scene = sceneWithOpenQuestion({ gathering: someGathering() });
    expect(effectsOf(hear(scene, text('thanks')))).toEqual(['collect', 'acknowledge']);
  });

  it('may hold a sentence that names a command', () => {
    expect(
      effectsOf(hear(sceneWithOpenQuestion(), text('To start, more than one function may share it'))),
    ).toEqual(['collect', 'acknowledge']);
  });
});

describe('a question of which only the announcement was sent', () => {
  const announced = someAsked({ shown: false });

  it.each([
    [
      'the tap on its button',
      { kind: 'tap', payload: `show:${announced.id}`, title: 'Show question' },
      { about: announced },
    ],
    ['any text', text('Show question'), {}],
    ['what looks like an answer', text(ANSWER), {}],
    ['a greeting that quotes it', text('good morning'), { about: announced }],
  ] as const)('is shown by %s', (_name, heard, change) => {
    const turn = hear(sceneWithOpenQuestion(change, announced), heard);
    expect(effectsOf(turn)).toEqual(['shown', 'say', 'acknowledge']);
    expect(effectIn(turn, 'shown').askedId).toBe(announced.id);
    expect(saidIn(turn)).toBe('*JavaScript*\n\nWhat is a closure?');
  });

  it('is shown again by another tap, even when it is answered', () => {
    const answered = someAsked({ state: 'answered' });
    const tap: Heard = { kind: 'tap', payload: `show:${answered.id}`, title: 'Show question' };
    expect(saidIn(hear(someScene({ about: answered, newest: answered }), tap))).toContain(
      'What is a closure?',
    );
  });
});

describe('“I don’t know”', () => {
  it.each(['I don’t know', 'no sé', 'não sei', 'hmm, no idea, sorry', '?', '🤷'])(
    '(%j) teaches at once, without an assessment',
    (said) => {
      const turn = hear(sceneWithOpenQuestion(), text(said));
      expect(turn[0]).toEqual({ kind: 'close-question', askedId: TODAY.id, as: 'answered' });
      expect(effectsOf(turn)).toEqual(['close-question', 'say', 'acknowledge']);
      expect(saidIn(turn)).toBe(
        'No problem, that is what this is for. A good answer would be:\n\nA closure is a function that keeps the variables of the place where it was made.',
      );
    },
  );

  it('teaches in the language of the question', () => {
    const asked = someAsked({ question: someQuestionInLanguage({ language: 'pt' }) });
    expect(saidIn(hear(sceneWithOpenQuestion({}, asked), text('no idea')))).toContain(
      phrases.pt.feedback.taught,
    );
  });

  it('in the middle of an answer is part of the answer', () => {
    const scene = sceneWithOpenQuestion({ gathering: someGathering() });
    expect(effectsOf(hear(scene, text('not sure')))).toEqual(['collect', 'acknowledge']);
  });
});

describe('when the day is complete', () => {
  const closed = someAsked({ state: 'answered' });
  const complete = (change: Parameters<typeof someScene>[0] = {}) =>
    someScene({ newest: closed, lastDailyOn: '2026-11-23', ...change });

  it.each([
    ['a text', text('thanks!')],
    ['a picture', PICTURE],
    ['a voice note', VOICE],
  ])('%s gets one line that says when the next question comes', (_, heard) => {
    const turn = hear(complete(), heard);
    expect(effectsOf(turn)).toEqual(['courtesy-said', 'say', 'acknowledge']);
    expect(effectIn(turn, 'courtesy-said').on).toBe('2026-11-23');
    expect(saidIn(turn)).toBe(
      "That's it for now. Your next question comes tomorrow at 09:00. Want another one now? Reply MORE.",
    );
  });

  it.each([
    ['a text', text('you too')],
    ['a picture', PICTURE],
    ['a voice note', VOICE],
  ])('then %s meets silence, so that two machines come to an end', (_, heard) => {
    expect(hear(complete({ learner: { lastCourtesyOn: '2026-11-23' } }), heard)).toEqual([]);
  });

  it('the line comes again on the next of the learner’s own days', () => {
    expect(effectsOf(hear(complete({ learner: { lastCourtesyOn: '2026-11-22' } }), text('hello')))).toContain(
      'say',
    );
    const learner = { lastCourtesyOn: '2026-11-23', zone: 'Pacific/Auckland' };
    expect(effectIn(hear(complete({ learner }), text('hello')), 'courtesy-said').on).toBe('2026-11-24');
  });

  it.each([
    ['a text', text('one more thing')],
    ['a picture', PICTURE],
    ['a voice note', VOICE],
  ])('%s gets no line of its own while feedback is being made', (_, heard) => {
    expect(hear(complete({ assessing: true }), heard)).toEqual([]);
  });

  it('commands still work', () => {
    const learner = { lastCourtesyOn: '2026-11-23' };
    expect(effectsOf(hear(complete({ learner }), text('more')))).toContain('ask-soon');
    expect(saidIn(hear(complete({ learner }), text('help')))).toContain('*Interview Bot*');
  });
});

describe('what is not text', () => {
  it('is declined kindly while a question waits: a voice note', () => {
    const turn = hear(sceneWithOpenQuestion(), VOICE);
    expect(effectsOf(turn)).toEqual(['say', 'acknowledge']);
    expect(saidIn(turn)).toBe(phrases.en.voiceNotYet);
  });

  it.each<Heard>([PICTURE, { kind: 'media', what: 'sticker' }, { kind: 'unsupported', what: 'poll' }])(
    'is declined kindly while a question waits: %j',
    (heard) => {
      expect(saidIn(hear(sceneWithOpenQuestion(), heard))).toBe(phrases.en.textOnly);
    },
  );

  it.each<Heard>([
    { kind: 'reaction', emoji: '👍', to: 'wamid.1' },
    { kind: 'reaction', emoji: null, to: 'wamid.1' },
    { kind: 'address-changed', phone: '15550001111', bsuid: null, previousBsuid: null },
    { kind: 'marketing-preference', wanted: true },
  ])('needs no answer: %j', (heard) => {
    for (const state of ['registered', 'active', 'stopped'] as const) {
      expect(hear(sceneWithOpenQuestion({ learner: { state } }), heard)).toEqual([]);
    }
  });
});

describe('WhatsApp’s own switch against marketing', () => {
  const off: Heard = { kind: 'marketing-preference', wanted: false };

  it.each(['registered', 'active'] as const)('silences us too, without a word, for who is %s', (state) => {
    expect(hear(sceneWithOpenQuestion({ learner: { state } }), off)).toEqual([{ kind: 'stop' }]);
  });

  it('changes nothing for who has stopped', () => {
    expect(hear(someScene({ learner: { state: 'stopped' } }), off)).toEqual([]);
  });
});

describe('what was said before a STOP and comes after it', () => {
  const learner = { state: 'stopped', nextAskAt: null, stoppedAt: NOW - 5 * SECONDS } as const;

  it.each(['START', 'HELP', ANSWER])('changes nothing: %j', (said) => {
    expect(hear(someScene({ learner, saidAt: NOW - 6 * SECONDS }), text(said))).toEqual([]);
  });

  it.each([NOW - 5 * SECONDS, NOW])('is not a START that was said at the same second or later', (saidAt) => {
    expect(effectsOf(hear(someScene({ learner, saidAt }), text('START')))).toContain('resume');
  });
});

describe('what comes more than a day after it was said', () => {
  const late = (change: Parameters<typeof someScene>[0] = {}) =>
    sceneWithOpenQuestion({ saidAt: NOW - 25 * 60 * MINUTES, ...change });
  const registered = { state: 'registered', nextAskAt: null } as const;
  const stopped = { state: 'stopped', nextAskAt: null, stoppedAt: NOW - 26 * 60 * MINUTES } as const;
  const registration = someRegistration();
  const startTap: Heard = { kind: 'tap', payload: `start:${registration.id}`, title: 'Start' };

  it('stops us all the same', () => {
    expect(effectsOf(hear(late(), text('STOP')))).toContain('stop');
  });

  it.each<[string, Heard]>([
    ['by its button', { kind: 'tap', payload: `not_me:${registration.id}`, title: 'Not me' }],
    ['by a static button', { kind: 'tap', payload: 'Not me', title: 'Not me' }],
    ['typed', text('Not me')],
  ])('erases who said Not me, %s', (_how, heard) => {
    const turn = hear(late({ learner: registered, pending: registration, named: registration }), heard);
    expect(effectsOf(turn)).toContain('erase');
  });

  it.each<[string, Heard]>([
    ['the code of the page', text('START K7QX2MBC')],
    ['the button of the welcome', startTap],
    ['the word', text('start')],
    ['a static button', { kind: 'tap', payload: 'Start', title: 'Start' }],
  ])('confirms a registration that still waits: %s', (_how, heard) => {
    const pending = { pending: registration, named: registration, lastDailyOn: null };
    const turn = hear(late({ learner: registered, ...pending }), heard);
    expect(effectsOf(turn)).toEqual(['confirm', 'ask-soon', 'acknowledge']);
  });

  it('brings back who said START after their STOP, without a word', () => {
    expect(effectsOf(hear(late({ learner: stopped }), text('START')))).toEqual(['resume']);
  });

  it('is a late answer to a question that still waits, without the typing indicator', () => {
    const turn = hear(late(), text(ANSWER));
    expect(turn).toEqual([
      { kind: 'collect', askedId: TODAY.id, quietUntil: NOW + 8 * SECONDS },
      { kind: 'acknowledge', typing: false },
    ]);
    const quoting = hear(late({ about: YESTERDAY }), text(ANSWER));
    expect(effectIn(quoting, 'collect').askedId).toBe(YESTERDAY.id);
  });

  it.each<Heard>([
    text('HINT'),
    text('MORE'),
    text('SKIP'),
    text('HELP'),
    text('ANSWER'),
    { kind: 'tap', payload: `hint:${TODAY.id}`, title: 'Hint' },
    { kind: 'tap', payload: `more:${TODAY.id}`, title: 'More' },
    { kind: 'tap', payload: `show:${TODAY.id}`, title: 'Show question' },
    { kind: 'tap', payload: 'start:0193', title: 'Start' },
    { kind: 'tap', payload: 'anything', title: 'Anything' },
    text('START K7QX2MBC'),
    text('START'),
    PICTURE,
    VOICE,
    { kind: 'media-lost', what: 'video' },
    { kind: 'unsupported', what: 'edit' },
    { kind: 'reaction', emoji: null, to: 'wamid.1' },
  ])('starts nothing and gets no reply out of the blue: %j', (heard) => {
    expect(hear(late({ about: heard.kind === 'tap' ? TODAY : null }), heard)).toEqual([]);
  });

  it.each([
    ['the day was complete', late({ open: null })],
    ['it quotes a question that is closed', late({ about: someAsked({ state: 'answered' }) })],
    ['it quotes a question that is gone', late({ aboutGone: true })],
    ['only the announcement was sent', late({ open: someAsked({ shown: false }) })],
    ['nobody has confirmed', late({ learner: registered, pending: registration })],
    ['they have stopped', late({ learner: { ...stopped, stoppedAt: NOW } })],
  ])('meets silence where %s', (_when, scene) => {
    expect(hear(scene, text(ANSWER))).toEqual([]);
  });
});

describe('what was said before the newest question was asked', () => {
  it('goes to the one before it, which still waits', () => {
    const scene = sceneWithOpenQuestion({ open: YESTERDAY, newest: YESTERDAY, askedSince: true });
    expect(effectIn(hear(scene, text(ANSWER)), 'collect').askedId).toBe(YESTERDAY.id);
  });

  it('is read and left at that, where the one before it is closed', () => {
    const scene = someScene({ newest: someAsked({ id: YESTERDAY.id, state: 'answered' }), askedSince: true });
    expect(hear(scene, text(ANSWER))).toEqual([{ kind: 'acknowledge', typing: false }]);
    expect(hear(scene, PICTURE)).toEqual([]);
  });
});

describe('a question that is gone', () => {
  it.each(['A closure keeps its scope', 'HINT', 'SKIP', 'ANSWER'])(
    'quoted with %j gets one kind sentence a day, and the open one is left alone',
    (said) => {
      const turn = hear(sceneWithOpenQuestion({ aboutGone: true }), text(said));
      expect(saidIn(turn)).toBe(phrases.en.questionGone({ next: 'tomorrow at 09:00' }));
    },
  );

  it('does not stand in the way of MORE and HELP', () => {
    expect(effectsOf(hear(someScene({ aboutGone: true }), text('more')))).toContain('ask-soon');
    expect(saidIn(hear(someScene({ aboutGone: true }), text('help')))).toContain('*Interview Bot*');
  });
});

describe('Skip under a question that is closed', () => {
  it('says so, once a day', () => {
    const closed = someAsked({ state: 'answered' });
    const tap: Heard = { kind: 'tap', payload: `skip:${closed.id}`, title: 'Skip' };
    const turn = hear(someScene({ about: closed, newest: closed }), tap);
    expect(saidIn(turn)).toBe(phrases.en.questionClosed({ next: 'tomorrow at 09:00' }));
    expect(
      hear(someScene({ about: closed, newest: closed, learner: { lastCourtesyOn: '2026-11-23' } }), tap),
    ).toEqual([]);
  });
});

describe('a label that is no word of ours', () => {
  const label: Heard = { kind: 'tap', payload: 'area:python', title: 'Python' };

  it('is never an answer', () => {
    expect(effectsOf(hear(sceneWithOpenQuestion(), label))).toEqual(['courtesy-said', 'say', 'acknowledge']);
  });

  it('shows the question that was only announced', () => {
    expect(effectsOf(hear(sceneWithOpenQuestion({}, someAsked({ shown: false })), label))).toContain('shown');
  });
});

describe('a learner who has stopped', () => {
  const stopped = (change: Parameters<typeof someScene>[0] = {}) =>
    sceneWithOpenQuestion({ learner: { state: 'stopped', nextAskAt: null }, ...change });

  it.each<Heard>([
    text(ANSWER),
    text('hello?'),
    text('MORE'),
    text('hint'),
    text('skip'),
    text('answer'),
    text('I don’t know'),
    PICTURE,
    VOICE,
    { kind: 'unsupported', what: 'poll' },
    { kind: 'tap', payload: `hint:${TODAY.id}`, title: 'Hint' },
    { kind: 'tap', payload: `show:${TODAY.id}`, title: 'Show question' },
    { kind: 'tap', payload: `more:${TODAY.id}`, title: 'More' },
    { kind: 'tap', payload: 'More', title: 'More' },
  ])('hears nothing after %j', (heard) => {
    expect(hear(stopped({ about: TODAY }), heard)).toEqual([]);
  });

  it('is helped when asking for help', () => {
    expect(effectsOf(hear(stopped(), text('HELP')))).toEqual(['say', 'acknowledge']);
  });

  it('comes back with START', () => {
    const turn = hear(stopped({ lastDailyOn: null }), text('START'));
    expect(effectsOf(turn)).toEqual(['resume', 'say', 'acknowledge']);
  });
});

describe('a tap', () => {
  it.each([
    ['hint', `hint:${TODAY.id}`, 'Hint'],
    ['skip', `skip:${TODAY.id}`, 'Skip'],
    ['answer', `answer:${TODAY.id}`, 'Model answer'],
  ])('on %s does what the typed word does', (word, payload, title) => {
    const scene = sceneWithOpenQuestion({ about: TODAY });
    expect(hear(scene, { kind: 'tap', payload, title })).toEqual(hear(scene, text(word)));
  });

  it('on More does what the typed word does', () => {
    const scene = someScene({ about: someAsked({ state: 'answered' }) });
    const tap: Heard = { kind: 'tap', payload: `more:${TODAY.id}`, title: 'More' };
    expect(hear(scene, tap)).toEqual(hear(scene, text('more')));
  });

  it('on a static button means what the same words would mean if typed', () => {
    const scene = sceneWithOpenQuestion();
    expect(hear(scene, { kind: 'tap', payload: 'Pista', title: 'Pista' })).toEqual(
      hear(scene, text('pista')),
    );
  });

  it.each(['show', 'hint', 'skip', 'answer'])(
    'on %s of a question that has left the bank does not act on another, and says so once a day',
    (act) => {
      const tap: Heard = { kind: 'tap', payload: `${act}:0193`, title: 'Any' };
      const turn = hear(sceneWithOpenQuestion(), tap);
      expect(effectsOf(turn)).toEqual(['courtesy-said', 'say', 'acknowledge']);
      expect(saidIn(turn)).toBe(
        'That belongs to a question I no longer have. Your next question comes tomorrow at 09:00.',
      );
      expect(hear(sceneWithOpenQuestion({ learner: { lastCourtesyOn: '2026-11-23' } }), tap)).toEqual([]);
    },
  );
});

function text(said: string): Heard {
  return { kind: 'text', text: said };
}
