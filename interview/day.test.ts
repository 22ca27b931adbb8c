import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAYS, HOURS, MINUTES, someLearner } from '../test/build/learner.ts';
import { decideDue, LATEST_ASK_MS, localDate, nextAskAt } from './day.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const FROM = Date.parse('2026-01-01T00:00:00Z');
const TO = Date.parse('2028-01-01T00:00:00Z');

type ClockChange = { zone: string; at: number; putBackMs: number };
const CLOCK_CHANGES = ZONES.flatMap(clockChangesOf);

/** A zone and a moment: near a change of its clock, or anywhere in the two years. */
const zonedMoment = fc.oneof(
  fc
    .record({
      change: fc.constantFrom(...CLOCK_CHANGES),
      offset: fc.integer({ min: -2 * DAYS, max: 2 * DAYS }),
    })
    .map(({ change, offset }) => ({ zone: change.zone, moment: change.at + offset })),
  fc.record({ zone: fc.constantFrom(...ZONES), moment: fc.integer({ min: FROM, max: TO }) }),
);
const WALLS = new Map<string, Intl.DateTimeFormat>();

const askMinutes = fc.integer({ min: 0, max: 24 * 60 - 1 });

describe('the local date', () => {
  it('is that of the learner, not of the server', () => {
    const instant = Date.parse('2026-11-23T02:30:00Z');
    expect(localDate(instant, 'America/Sao_Paulo')).toBe('2026-11-22');
    expect(localDate(instant, 'UTC')).toBe('2026-11-23');
    expect(localDate(Date.parse('2026-11-23T20:00:00Z'), 'Asia/Kathmandu')).toBe('2026-11-24');
  });
});

describe('the next daily question', () => {
  it.each([
    [
      'today when the hour is still to come',
      'America/Sao_Paulo',
      '2026-11-23T11:59:59.999Z',
      '2026-11-23T12:00:00Z',
    ],
    [
      'tomorrow at the very instant of the hour',
      'America/Sao_Paulo',
      '2026-11-23T12:00:00Z',
      '2026-11-24T12:00:00Z',
    ],
    [
      'at nine where the clock is a quarter of an hour off',
      'Asia/Kathmandu',
      '2026-11-23T12:00:00Z',
      '2026-11-24T03:15:00Z',
    ],
    ['at nine in the easternmost summer', 'Pacific/Chatham', '2026-12-31T00:00:00Z', '2026-12-31T19:15:00Z'],
    [
      'an hour of the sun earlier once summer time began',
      'America/New_York',
      '2026-03-07T14:00:00Z',
      '2026-03-08T13:00:00Z',
    ],
    [
      'an hour of the sun later once summer time ended',
      'America/New_York',
      '2026-10-31T13:00:00Z',
      '2026-11-01T14:00:00Z',
    ],
  ])('comes %s', (_, zone, after, next) => {
    expect(iso(nextAskAt(Date.parse(after), zone, 9 * 60))).toBe(iso(Date.parse(next)));
  });

  it.each([
    [
      'half past two in New York',
      'America/New_York',
      2 * 60 + 30,
      '2026-03-08T05:00:00Z',
      '2026-03-08T07:30:00Z',
    ],
    [
      'quarter past two on Lord Howe Island',
      'Australia/Lord_Howe',
      2 * 60 + 15,
      '2026-10-03T13:00:00Z',
      '2026-10-03T15:45:00Z',
    ],
  ])('comes as soon as the clock has passed an hour it skips: %s', (_, zone, askMinute, after, next) => {
    expect(iso(nextAskAt(Date.parse(after), zone, askMinute))).toBe(iso(Date.parse(next)));
  });

  it('comes once when the clock shows the hour twice, the first time', () => {
    const first = nextAskAt(Date.parse('2026-11-01T04:00:00Z'), 'America/New_York', 90);
    expect(iso(first)).toBe('2026-11-01T05:30:00.000Z');
    expect(iso(nextAskAt(first, 'America/New_York', 90))).toBe('2026-11-02T06:30:00.000Z');
  });

  it('stays on its own date when the clock skips the last hour of the day', () => {
    // Greenland goes from 22:59 on Saturday straight to Sunday: half past eleven exists on no clock that night.
    const friday = nextAskAt(Date.parse('2026-03-27T12:00:00Z'), 'America/Nuuk', 23 * 60 + 30);
    const saturday = nextAskAt(friday, 'America/Nuuk', 23 * 60 + 30);
    const sunday = nextAskAt(saturday, 'America/Nuuk', 23 * 60 + 30);
    expect([friday, saturday, sunday].map((at) => localDate(at, 'America/Nuuk'))).toEqual([
      '2026-03-27',
      '2026-03-28',
      '2026-03-29',
    ]);
  });

  it('is strictly later, and within a day plus what the clock is put back, in every zone of the world', () => {
    fc.assert(
      fc.property(zonedMoment, askMinutes, ({ zone, moment }, askMinute) => {
        const next = nextAskAt(moment, zone, askMinute);
        expect(next).toBeGreaterThan(moment);
        expect(next - moment).toBeLessThanOrEqual(24 * HOURS + mostPutBack(zone));
      }),
      { numRuns: 2000 },
    );
  });

  it('finds the clock on the wall at the hour, unless that date has no such hour, in every zone of the world', () => {
    fc.assert(
      fc.property(zonedMoment, askMinutes, ({ zone, moment }, askMinute) => {
        const next = nextAskAt(moment, zone, askMinute);
        const wall = wallClock(next, zone);
        if (wall.minute === askMinute) return;
        expect(hasMinute(wall.date, zone, askMinute), `${zone} ${wall.date} ${askMinute}`).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds the hour around every single change of a clock, at a common hour and in the hour that changes', () => {
    for (const { zone, at } of CLOCK_CHANGES) {
      const changing = wallClock(at - 1, zone).minute;
      for (const askMinute of [9 * 60, changing, (changing + 30) % (24 * 60)]) {
        const dates = walk(zone, askMinute, at - 3 * DAYS, 6);
        expect(dates, `${zone} at ${askMinute}`).toEqual(consecutive(dates[0]!, 6));
      }
    }
  });

  it.each([
    'America/Sao_Paulo',
    'America/New_York',
    'America/Nuuk',
    'America/Santiago',
    'America/Havana',
    'Africa/Cairo',
    'Africa/Casablanca',
    'Antarctica/Troll',
    'Asia/Beirut',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Europe/Lisbon',
    'Pacific/Apia',
    'Pacific/Chatham',
  ])('walked through a year in %s comes exactly once on every date', (zone) => {
    for (const askMinute of [0, 30, 2 * 60 + 30, 9 * 60, 23 * 60 + 30]) {
      const dates = walk(zone, askMinute, FROM, 366);
      expect(dates).toEqual(consecutive(dates[0]!, 366));
    }
  });
});

describe('the daily question later than that of a date', () => {
  const NINE = 9 * 60;

  it.each([
    ['before the hour', '2026-11-23T09:00:00Z'],
    ['at the hour', '2026-11-23T12:00:00Z'],
    ['after the hour', '2026-11-23T22:00:00Z'],
  ])('comes tomorrow when today’s came %s', (_, now) => {
    const next = nextAskAt(Date.parse(now), 'America/Sao_Paulo', NINE, '2026-11-23');
    expect(iso(next)).toBe('2026-11-24T12:00:00.000Z');
  });

  it('comes today when the last one was that of an earlier date', () => {
    const next = nextAskAt(Date.parse('2026-11-23T09:00:00Z'), 'America/Sao_Paulo', NINE, '2026-11-20');
    expect(iso(next)).toBe('2026-11-23T12:00:00.000Z');
  });

  it('leaves out a date that was asked already, for a learner who flew back to it over the date line', () => {
    // Tuesday's question came in Auckland; in Honolulu it is Monday still.
    const next = nextAskAt(Date.parse('2026-11-23T21:00:00Z'), 'Pacific/Honolulu', NINE, '2026-11-24');
    expect(localDate(next, 'Pacific/Honolulu')).toBe('2026-11-25');
  });

  it('falls on the very next local date in every zone of the world', () => {
    fc.assert(
      fc.property(zonedMoment, askMinutes, ({ zone, moment }, askMinute) => {
        const today = localDate(moment, zone);
        const next = nextAskAt(moment, zone, askMinute, today);
        expect([today, localDate(next, zone)]).toEqual(consecutive(today, 2));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what the clock does about a learner', () => {
  const due = Date.parse('2026-11-23T12:00:00Z');
  const tomorrow = Date.parse('2026-11-24T12:00:00Z');

  it('nothing before the time has come', () => {
    expect(decideDue(someLearner({ nextAskAt: due }), due - 1)).toEqual({ kind: 'not-due' });
  });

  it.each(['registered', 'stopped'] as const)('nothing for a learner who is %s', (state) => {
    expect(decideDue(someLearner({ state, nextAskAt: due }), due)).toEqual({ kind: 'not-due' });
  });

  it('nothing for a learner without a time', () => {
    expect(decideDue(someLearner({ nextAskAt: null }), due)).toEqual({ kind: 'not-due' });
  });

  it.each([0, 1 * MINUTES, 4 * HOURS - 1])('asks when it is %d ms late', (lateMs) => {
    expect(decideDue(someLearner({ nextAskAt: due }), due + lateMs)).toEqual({
      kind: 'due',
      ask: { localDate: '2026-11-23', dueAt: due },
      skipped: [],
      nextAskAt: tomorrow,
    });
  });

  it('gives the day up when it is four hours late', () => {
    expect(decideDue(someLearner({ nextAskAt: due }), due + 4 * HOURS)).toEqual({
      kind: 'due',
      ask: null,
      skipped: ['2026-11-23'],
      nextAskAt: tomorrow,
    });
  });

  it('counts a question that is asked after midnight for the date on which it was due', () => {
    const lateEvening = Date.parse('2026-11-24T02:50:00Z');
    const learner = someLearner({ nextAskAt: lateEvening, askMinute: 23 * 60 + 50 });
    expect(decideDue(learner, lateEvening + 30 * MINUTES)).toEqual({
      kind: 'due',
      ask: { localDate: '2026-11-23', dueAt: lateEvening },
      skipped: [],
      nextAskAt: lateEvening + 1 * DAYS,
    });
  });

  it('asks this morning’s question after an outage of days, and says which dates were lost', () => {
    expect(decideDue(someLearner({ nextAskAt: due }), due + 3 * DAYS + 1 * HOURS)).toEqual({
      kind: 'due',
      ask: { localDate: '2026-11-26', dueAt: due + 3 * DAYS },
      skipped: ['2026-11-23', '2026-11-24', '2026-11-25'],
      nextAskAt: due + 4 * DAYS,
    });
  });

  it('asks today’s question when the outage ends at its very hour', () => {
    expect(decideDue(someLearner({ nextAskAt: due }), due + 1 * DAYS)).toMatchObject({
      ask: { localDate: '2026-11-24', dueAt: due + 1 * DAYS },
      skipped: ['2026-11-23'],
    });
  });

  it('asks nothing when the outage ends in an afternoon', () => {
    expect(decideDue(someLearner({ nextAskAt: due }), due + 1 * DAYS + 5 * HOURS)).toEqual({
      kind: 'due',
      ask: null,
      skipped: ['2026-11-23', '2026-11-24'],
      nextAskAt: due + 2 * DAYS,
    });
  });

  it('asks at most one question, loses no date silently and leaves no time in the past, in every zone', () => {
    fc.assert(
      fc.property(zonedMoment, askMinutes, fc.nat(5 * DAYS), ({ zone, moment }, askMinute, lateMs) => {
        const first = nextAskAt(moment, zone, askMinute);
        const now = first + lateMs;
        const decision = decideDue(someLearner({ zone, askMinute, nextAskAt: first }), now);
        if (decision.kind === 'not-due') throw new Error('It was due');
        const { ask, skipped, nextAskAt: next } = decision;
        expect(next).toBeGreaterThan(now);
        if (ask !== null) expect(now - ask.dueAt).toBeLessThan(LATEST_ASK_MS);
        const dates = [...skipped, ...(ask === null ? [] : [ask.localDate]), localDate(next, zone)];
        expect(dates).toEqual(consecutive(localDate(first, zone), dates.length));
      }),
      { numRuns: 500 },
    );
  });
});

function clockChangesOf(zone: string): ClockChange[] {
  const changes: ClockChange[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(FROM)
    .toZonedDateTimeISO(zone)
    .getTimeZoneTransition('next');
  while (at !== null && at.epochMilliseconds < TO) {
    const before = at.subtract({ milliseconds: 1 });
    changes.push({
      zone,
      at: at.epochMilliseconds,
      putBackMs: (before.offsetNanoseconds - at.offsetNanoseconds) / 1e6,
    });
    at = at.getTimeZoneTransition('next');
  }
  return changes;
}

function mostPutBack(zone: string): number {
  return Math.max(0, ...CLOCK_CHANGES.filter((it) => it.zone === zone).map((it) => it.putBackMs));
}

/** The dates of so many daily questions in a row. */
function walk(zone: string, askMinute: number, from: number, steps: number): string[] {
  let at = from;
  return Array.from({ length: steps }, () => {
    at = nextAskAt(at, zone, askMinute);
    return localDate(at, zone);
  });
}

function consecutive(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, days) => Temporal.PlainDate.from(first).add({ days }).toString());
}

/** The clock on the wall as `Intl` tells it: a witness that shares nothing with the rule. */
function wallClock(instantMs: number, zone: string): { date: string; minute: number } {
  const parts = wallOf(zone).formatToParts(instantMs);
  const part = (type: string) => parts.find((it) => it.type === type)!.value;
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

function wallOf(zone: string): Intl.DateTimeFormat {
  const known = WALLS.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  WALLS.set(zone, made);
  return made;
}

function hasMinute(date: string, zone: string, minute: number): boolean {
  const noon = Date.parse(`${date}T12:00:00Z`);
  for (let at = noon - 30 * HOURS; at <= noon + 30 * HOURS; at += 1 * MINUTES) {
    const wall = wallClock(at, zone);
    if (wall.date === date && wall.minute === minute) return true;
  }
  return false;
}

function iso(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
