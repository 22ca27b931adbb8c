import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hear } from '../interview/conversation.ts';
import type { Heard } from '../interview/heard.ts';
import { en } from '../interview/languages/en.ts';
import { hearStranger, strangerLine } from '../interview/strangers.ts';
import type { Turn } from '../interview/turn.ts';
import type { InboundMessage } from '../server/channels/channel.ts';
import { readWebhook } from '../server/channels/whatsapp/read-webhook.ts';
import { sceneWithOpenQuestion, someAsked, someRegistration, someScene, someService } from './build/scene.ts';

const FOLDER = new URL('./payloads/whatsapp/', import.meta.url);
const SAID_AT = Date.parse('2026-11-23T10:00:00Z');
const NEXT = { next: 'tomorrow at 09:00' };
const SERVICE = someService();

/** What is answered, in words; in brackets what is done without any. */
type Answer = string;
const SILENCE = '(silence)';
const READ = '(read)';
const COLLECTED = '(part of the answer)';
const STOPPED = '(stopped without a word)';
const CONFIRM = en.pleaseConfirm;
const COMPLETE = en.dayComplete(NEXT);
const GONE = en.questionGone(NEXT);
const LINE = strangerLine(SERVICE, 'en');

/** With a question open · with none · registered and not confirmed · stopped · a stranger. */
type Answers = readonly [open: Answer, none: Answer, registered: Answer, stopped: Answer, stranger: Answer];

const ANSWER: Answers = [COLLECTED, COMPLETE, CONFIRM, SILENCE, LINE];
const GREETING: Answers = [READ, COMPLETE, CONFIRM, SILENCE, LINE];
const NO_TEXT: Answers = [en.textOnly, COMPLETE, CONFIRM, SILENCE, LINE];
const LOST: Answers = [en.mediaLost, COMPLETE, CONFIRM, SILENCE, LINE];
const NOT_HEARD: Answers = [en.voiceNotYet, COMPLETE, CONFIRM, SILENCE, LINE];
const NOT_OURS: Answers = [GONE, GONE, CONFIRM, SILENCE, LINE];
const NOTHING: Answers = [SILENCE, SILENCE, SILENCE, SILENCE, SILENCE];

const ANSWERS: Readonly<Record<string, Answers>> = {
  'text-plain': ANSWER,
  'text-accents-emoji-slash': ANSWER,
  'quoted-reply': ANSWER,
  forwarded: ANSWER,
  referral: ANSWER,
  'keys-of-tomorrow': GREETING,
  'sender-with-username': GREETING,
  'sender-bsuid-only': GREETING,
  'sender-bsuid-inside-from': GREETING,
  'sender-parent-bsuid': GREETING,
  'sender-other-spelling': GREETING,
  'sender-without-contacts': GREETING,
  'timestamp-in-milliseconds': GREETING,
  // Nothing in it to assess: it teaches.
  'text-empty': ['(taught)', COMPLETE, CONFIRM, SILENCE, LINE],
  'audio-with-url': NOT_HEARD,
  'audio-without-url': NOT_HEARD,
  'audio-shared-file': NOT_HEARD,
  'audio-old-spelling': NOT_HEARD,
  'audio-too-large': LOST,
  image: NO_TEXT,
  video: NO_TEXT,
  document: NO_TEXT,
  sticker: NO_TEXT,
  location: NO_TEXT,
  contacts: NO_TEXT,
  order: NO_TEXT,
  'call-permission-reply': NO_TEXT,
  'type-of-tomorrow': NO_TEXT,
  'unknown-old-spelling': NO_TEXT,
  'unsupported-edit': [en.editNotSeen, SILENCE, SILENCE, SILENCE, SILENCE],
  reaction: NOTHING,
  'reaction-removed': NOTHING,
  'system-number-change': NOTHING,
  'system-id-change': NOTHING,
  // Its label is “Pular”, which is what it does to the question that waits.
  'button-reply': [en.skipped, en.nothingOpen(NEXT), CONFIRM, SILENCE, LINE],
  'list-reply': NOT_OURS,
  'flow-reply': NOT_OURS,
  'template-button': NOT_OURS,
  'template-button-without-payload': [en.stopped, en.stopped, en.notMe, SILENCE, SILENCE],
  'preference-stop': [STOPPED, STOPPED, STOPPED, SILENCE, SILENCE],
  'preference-resume': NOTHING,
};

/** Never heard by anybody: to a group, to another number, unreadable, no message at all. */
const NOT_FOR_US = [
  'group-message',
  'other-phone-number',
  'other-object',
  'system-identity-key',
  'unused-field',
];

describe.each(Object.entries(ANSWERS))('%s', (file, [open, none, registered, stopped, stranger]) => {
  const [message] = messagesIn(file);

  it('with a question open', () => {
    expect(answerOf(hear(sceneWithOpenQuestion({ saidAt: SAID_AT, now: NOW }), heardOf(message)))).toBe(open);
  });
  it('with none', () => {
    const closed = someAsked({ state: 'answered' });
    const scene = someScene({ newest: closed, lastDailyOn: '2026-11-23', saidAt: SAID_AT, now: NOW });
    expect(answerOf(hear(scene, heardOf(message)))).toBe(none);
  });
  it('by somebody who has not confirmed', () => {
    const scene = someScene({
      learner: { state: 'registered', nextAskAt: null },
      pending: someRegistration(),
      saidAt: SAID_AT,
      now: NOW,
    });
    expect(answerOf(hear(scene, heardOf(message)))).toBe(registered);
  });
  it('by somebody who has stopped', () => {
    const learner = { state: 'stopped', nextAskAt: null, stoppedAt: SAID_AT - 1000 } as const;
    const scene = sceneWithOpenQuestion({ learner, saidAt: SAID_AT, now: NOW });
    expect(answerOf(hear(scene, heardOf(message)))).toBe(stopped);
  });
  it('by a stranger', () => {
    const memory = { greetedAt: null, helpedAt: null, silencedAt: null };
    const turn = hearStranger({ heard: heardOf(message), saidAt: SAID_AT, now: NOW, memory });
    expect(turn === 'greet' || turn === 'help' ? LINE : SILENCE).toBe(stranger);
  });
});

describe('every recorded message', () => {
  it('has its answer in the table', () => {
    const single = readdirSync(FOLDER)
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.replace('.json', ''))
      .filter((file) => messagesIn(file).length === 1);
    expect(single.toSorted()).toEqual(Object.keys(ANSWERS).toSorted());
  });

  it.each(NOT_FOR_US)('is not heard at all when it is not for us: %s', (file) => {
    expect(messagesIn(file)).toEqual([]);
  });
});

/** A minute after it was said. */
const NOW = SAID_AT + 60_000;

function messagesIn(file: string): readonly InboundMessage[] {
  const body = JSON.parse(readFileSync(new URL(`${file}.json`, FOLDER), 'utf8')) as unknown;
  return readWebhook(body, '220330440550660', NOW).messages;
}

function heardOf(message: InboundMessage | undefined): Heard {
  if (message === undefined) throw new Error('Nothing was heard');
  return message.heard;
}

function answerOf(turn: Turn): Answer {
  const kinds = turn.map((effect) => effect.kind);
  const said = turn.flatMap((effect) => (effect.kind === 'say' ? [effect.message.free?.text ?? ''] : []));
  if (said.length > 1) throw new Error(`Said ${said.length} things`);
  if (kinds.includes('collect')) return COLLECTED;
  if (said[0]?.startsWith(en.feedback.taught)) return '(taught)';
  if (said[0] !== undefined) return said[0];
  if (kinds.includes('stop')) return STOPPED;
  return kinds.length === 0 ? SILENCE : READ;
}
