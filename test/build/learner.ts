import type { Learner, Preferences } from '../../interview/learner.ts';

/** Monday 23 November 2026, five seconds past nine in São Paulo: Ana's question has just come. */
export const MONDAY_MORNING = Date.parse('2026-11-23T12:00:05Z');
export const MINUTES = 60 * 1000;
export const HOURS = 60 * MINUTES;
export const DAYS = 24 * HOURS;

export function somePreferences(change: Partial<Preferences> = {}): Preferences {
  return {
    name: 'Ana Souza',
    language: 'en',
    area: 'javascript',
    zone: 'America/Sao_Paulo',
    askMinute: 9 * 60,
    ...change,
  };
}

/** Ana: active, asked every morning at nine in São Paulo. */
export function someLearner(change: Partial<Learner> = {}): Learner {
  return {
    ...somePreferences(),
    id: '0193a1b2-0000-7000-8000-000000000001',
    state: 'active',
    nextAskAt: Date.parse('2026-11-24T12:00:00Z'),
    lastInboundAt: MONDAY_MORNING - 1 * HOURS,
    unreachableSince: null,
    stoppedAt: null,
    lastCourtesyOn: null,
    ...change,
  };
}
