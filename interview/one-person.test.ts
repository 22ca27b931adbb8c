import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAYS, HOURS, MONDAY_MORNING } from '../test/build/learner.ts';
import { localDate } from './day.ts';
import { onePerson, type PersonRecord } from './one-person.ts';

const NOW = MONDAY_MORNING;
const TOMORROW = Date.parse('2026-11-24T12:00:00Z');

describe('two records of one person', () => {
  it('become the one that was registered by number', () => {
    const byNumber = someRecord({ id: 'b', byPhone: true, state: 'registered', confirmedAt: null });
    const byId = someRecord({ id: 'a', confirmedAt: NOW });
    expect(onePerson(byId, byNumber, NOW)).toMatchObject({ kept: 'b', gone: 'a', state: 'active' });
  });

  it('have the preferences that were confirmed last', () => {
    const one = someRecord({ id: 'a', byPhone: true, confirmedAt: NOW - 2 * DAYS });
    const other = someRecord({ id: 'b', confirmedAt: NOW - 1 * DAYS });
    expect(onePerson(one, other, NOW).preferencesOf).toBe('b');
    expect(onePerson(one, { ...other, state: 'stopped', stoppedAt: NOW - 3 * DAYS }, NOW).preferencesOf).toBe(
      'a',
    );
  });

  it.each([
    ['a STOP after the other’s yes', NOW - 1 * HOURS, NOW - 2 * HOURS, 'stopped'],
    ['a STOP in the same second', NOW, NOW, 'stopped'],
    ['a yes after the other’s STOP', NOW - 2 * HOURS, NOW - 1 * HOURS, 'active'],
  ] as const)('follow the latest word: %s', (_which, stoppedAt, confirmedAt, state) => {
    const stopped = someRecord({ id: 'a', state: 'stopped', confirmedAt: null, stoppedAt, nextAskAt: null });
    const active = someRecord({ id: 'b', confirmedAt });
    const person = onePerson(stopped, active, NOW);
    expect(person.state).toBe(state);
    expect(person.nextAskAt === null).toBe(state === 'stopped');
    expect(person.stoppedAt).toBe(state === 'stopped' ? stoppedAt : null);
  });

  it('are forgotten when the latest word was “Not me”', () => {
    const refused = someRecord({ id: 'a', state: 'stopped', stoppedAt: NOW, toBeForgotten: true });
    const pending = someRecord({ id: 'b', byPhone: true, state: 'registered', confirmedAt: null });
    expect(onePerson(refused, pending, NOW).toBeForgotten).toBe(true);
    expect(onePerson(refused, someRecord({ id: 'b', confirmedAt: NOW + 1 }), NOW).toBeForgotten).toBe(false);
  });

  it('are asked next when the date has not seen a daily question', () => {
    const due = someRecord({ id: 'a', byPhone: true, confirmedAt: NOW - DAYS, nextAskAt: NOW - 5000 });
    const asked = someRecord({ id: 'b', confirmedAt: NOW - 5 * DAYS, lastDailyOn: '2026-11-23' });
    expect(onePerson(due, asked, NOW).nextAskAt).toBe(TOMORROW);
    expect(onePerson(due, { ...asked, lastDailyOn: '2026-11-22' }, NOW).nextAskAt).toBe(NOW - 5000);
  });

  it('still owe the first question that the record that is gone was to be asked', () => {
    const kept = someRecord({ id: 'a', byPhone: true, state: 'registered', confirmedAt: null });
    const gone = someRecord({ id: 'b', everAsked: false, lastDailyOn: null });
    expect(onePerson(kept, gone, NOW).firstQuestionOwed).toBe(true);
    expect(onePerson(kept, { ...gone, everAsked: true }, NOW).firstQuestionOwed).toBe(false);
  });

  it('have the latest window, and are reached when one of them is', () => {
    const one = someRecord({ id: 'a', lastInboundAt: NOW, unreachableSince: NOW });
    const other = someRecord({ id: 'b', lastInboundAt: NOW - DAYS, lastCourtesyOn: '2026-11-22' });
    expect(onePerson(one, other, NOW)).toMatchObject({
      lastInboundAt: NOW,
      unreachableSince: null,
      lastCourtesyOn: '2026-11-22',
    });
  });

  it('become the same, whichever of them comes first', () => {
    fc.assert(
      fc.property(records, ([one, other]) => {
        expect(onePerson(one, other, NOW)).toEqual(onePerson(other, one, NOW));
      }),
    );
  });

  it('are never asked on a date that has seen a daily question, and never after a STOP', () => {
    fc.assert(
      fc.property(records, ([one, other]) => {
        const person = onePerson(one, other, NOW);
        const preferred = person.preferencesOf === one.id ? one : other;
        const dates = [one.lastDailyOn, other.lastDailyOn].filter((date) => date !== null);
        if (person.nextAskAt !== null) {
          const date = localDate(person.nextAskAt, preferred.zone);
          for (const seen of dates) expect(date > seen).toBe(true);
        }
        const stops = [one.stoppedAt ?? 0, other.stoppedAt ?? 0];
        const yeses = [one.confirmedAt ?? 0, other.confirmedAt ?? 0];
        if (Math.max(...stops) > 0 && Math.max(...stops) >= Math.max(...yeses)) {
          expect(person).toMatchObject({ state: 'stopped', nextAskAt: null, firstQuestionOwed: false });
        }
      }),
    );
  });
});

function someRecord(change: Partial<PersonRecord> = {}): PersonRecord {
  return {
    id: 'a',
    byPhone: false,
    state: 'active',
    createdAt: NOW - 10 * DAYS,
    confirmedAt: NOW - 9 * DAYS,
    stoppedAt: null,
    toBeForgotten: false,
    zone: 'America/Sao_Paulo',
    askMinute: 9 * 60,
    nextAskAt: TOMORROW,
    lastDailyOn: '2026-11-22',
    everAsked: true,
    lastInboundAt: null,
    lastCourtesyOn: null,
    unreachableSince: null,
    withheldUntil: null,
    slowedUntil: null,
    ...change,
  };
}

const moment = fc.integer({ min: -10, max: 0 }).map((hours) => NOW + hours * 6 * HOURS);

const record: fc.Arbitrary<Omit<PersonRecord, 'id'>> = fc
  .record({
    byPhone: fc.boolean(),
    state: fc.constantFrom('registered' as const, 'active' as const, 'stopped' as const),
    word: moment,
    stopAfter: fc.integer({ min: 0, max: 5 }),
    zone: fc.constantFrom('America/Sao_Paulo', 'Asia/Kathmandu', 'Pacific/Auckland', 'UTC'),
    askMinute: fc.integer({ min: 0, max: 1439 }),
    nextAskAt: moment.map((at) => at + 1 * DAYS),
    lastDailyOn: fc.option(fc.constantFrom('2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24')),
  })
  .map(({ state, word, stopAfter, nextAskAt, ...rest }) =>
    someRecord({
      ...rest,
      state,
      confirmedAt: state === 'registered' ? null : word,
      stoppedAt: state === 'stopped' ? word + stopAfter * HOURS : null,
      nextAskAt: state === 'active' ? nextAskAt : null,
    }),
  );

const records = fc.tuple(record, record).map(([one, other]): [PersonRecord, PersonRecord] => [
  { ...one, id: 'a' },
  { ...other, id: 'b' },
]);
