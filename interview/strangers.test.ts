import { describe, expect, it } from 'vitest';
import { HOURS, MONDAY_MORNING } from '../test/build/learner.ts';
import { someService } from '../test/build/scene.ts';
import type { Heard } from './heard.ts';
import {
  countsAsTheirs,
  hearStranger,
  type StrangerMemory,
  strangerLine,
  wantsSilence,
} from './strangers.ts';

const NOW = MONDAY_MORNING;
const text = (said: string): Heard => ({ kind: 'text', text: said });

describe('a stranger', () => {
  it('is greeted, and not again within a day', () => {
    expect(turn(text('hello'))).toBe('greet');
    expect(turn(text('hello'), { greetedAt: NOW - 23 * HOURS })).toBe('nothing');
    expect(turn(text('hello'), { greetedAt: NOW - 24 * HOURS })).toBe('greet');
  });

  it('is helped on the day of the greeting too, once', () => {
    expect(turn(text('help'), { greetedAt: NOW })).toBe('help');
    expect(turn(text('ayuda'), { helpedAt: NOW - 1 * HOURS })).toBe('nothing');
  });

  it.each<Heard>([
    text('STOP'),
    text('Not me'),
    { kind: 'tap', payload: 'not_me:0193', title: 'Not me' },
    { kind: 'tap', payload: 'Stop promotions', title: 'Stop promotions' },
    { kind: 'marketing-preference', wanted: false },
  ])('wants silence by %j, and gets it at any age', (heard) => {
    expect(wantsSilence(heard)).toBe(true);
    expect(turn(heard, {}, NOW - 100 * HOURS)).toBe('silence');
  });

  it('who wants silence is only helped, until they say START', () => {
    const memory = { silencedAt: NOW - 48 * HOURS };
    expect(turn(text('hello'), memory)).toBe('nothing');
    expect(turn(text('help'), memory)).toBe('help');
    expect(turn(text('start'), memory)).toBe('greet');
    expect(turn(text('start'), { silencedAt: NOW + 1 })).toBe('nothing');
  });

  it.each<Heard>([
    { kind: 'reaction', emoji: '👍', to: 'wamid.1' },
    { kind: 'unsupported', what: 'edit' },
    { kind: 'address-changed', phone: '15550001111', bsuid: null, previousBsuid: null },
    { kind: 'marketing-preference', wanted: true },
  ])('waits for no line after %j', (heard) => {
    expect(turn(heard)).toBe('nothing');
  });

  it('hears nothing about what was said more than a day ago', () => {
    expect(turn(text('hello'), {}, NOW - 25 * HOURS)).toBe('nothing');
  });

  it('is told where to register, and of a person where there is one', () => {
    expect(strangerLine(someService(), 'en')).toMatch(/bot\.example\.org.*help@example\.org/s);
    expect(strangerLine(someService({ contact: null }), 'en')).not.toMatch(/null|person/);
  });
});

describe('what a stranger said, when we learn who they are,', () => {
  const counts = (said: string, confirmedAt: number | null) =>
    countsAsTheirs({ heard: text(said), saidAt: NOW, confirmedAt });

  it('counts if they had joined before', () => {
    expect(counts('A closure keeps its scope', NOW - HOURS)).toBe(true);
    expect(counts('stop', NOW - HOURS)).toBe(true);
  });

  it('counts only as a STOP if they never joined', () => {
    expect(counts('stop', null)).toBe(true);
    expect(counts('How does this work?', null)).toBe(false);
  });

  it('does not count if they joined later', () => {
    expect(counts('stop', NOW + 1)).toBe(false);
    expect(counts('How does this work?', NOW + 1)).toBe(false);
  });
});

function turn(heard: Heard, memory: Partial<StrangerMemory> = {}, saidAt = NOW) {
  const nothingYet = { greetedAt: null, helpedAt: null, silencedAt: null };
  return hearStranger({ heard, saidAt, now: NOW, memory: { ...nothingYet, ...memory } });
}
