import { describe, expect, it } from 'vitest';
import { clockTime, spokenTime } from './when.ts';

const ZONE = 'America/Sao_Paulo';
const MONDAY = Date.parse('2026-11-23T12:00:05Z');

describe('when something comes, in the learner’s words', () => {
  it.each([
    ['2026-11-23T21:00:00Z', 'en', 'today at 18:00'],
    ['2026-11-23T21:00:00Z', 'es', 'hoy a las 18:00'],
    ['2026-11-23T21:00:00Z', 'pt', 'hoje às 18:00'],
    ['2026-11-24T12:00:00Z', 'en', 'tomorrow at 09:00'],
    ['2026-11-24T12:00:00Z', 'es', 'mañana a las 09:00'],
    ['2026-11-24T12:00:00Z', 'pt', 'amanhã às 09:00'],
    ['2026-11-26T12:30:00Z', 'en', 'on Thursday at 09:30'],
    ['2026-11-26T12:30:00Z', 'es', 'el jueves a las 09:30'],
    ['2026-11-26T12:30:00Z', 'pt', 'na quinta-feira às 09:30'],
    ['2026-11-28T12:00:00Z', 'pt', 'no sábado às 09:00'],
    ['2026-11-29T12:00:00Z', 'pt', 'no domingo às 09:00'],
    ['2026-11-24T04:15:00Z', 'en', 'tomorrow at 01:15'],
    ['2026-11-24T04:15:00Z', 'es', 'mañana a la 01:15'],
    ['2026-11-24T04:15:00Z', 'pt', 'amanhã à 01:15'],
  ] as const)('%s is, in %s, %j', (at, language, words) => {
    expect(spokenTime(Date.parse(at), { now: MONDAY, zone: ZONE, language })).toBe(words);
  });

  it('is by the learner’s own clock and calendar', () => {
    const now = Date.parse('2026-11-23T23:00:00Z');
    const at = Date.parse('2026-11-24T12:00:00Z');
    // Late on Monday in São Paulo it is Tuesday in Auckland already; there, that instant falls on Wednesday.
    expect(spokenTime(at, { now, zone: ZONE, language: 'en' })).toBe('tomorrow at 09:00');
    expect(spokenTime(at, { now, zone: 'Pacific/Auckland', language: 'en' })).toBe('tomorrow at 01:00');
    expect(spokenTime(at, { now, zone: 'Pacific/Honolulu', language: 'en' })).toBe('tomorrow at 02:00');
    expect(spokenTime(Date.parse('2026-11-25T00:00:00Z'), { now, zone: 'UTC', language: 'en' })).toBe(
      'on Wednesday at 00:00',
    );
  });
});

describe('a time of day', () => {
  it.each([
    [0, '00:00'],
    [9 * 60, '09:00'],
    [23 * 60 + 59, '23:59'],
  ])('%d minutes after midnight is %s', (minute, time) => {
    expect(clockTime(minute)).toBe(time);
  });
});
