import { describe, expect, it } from 'vitest';
import { dayName, dayOf, timeOf, tomorrowAtNine, weekdayAndDate } from './clock-words.ts';

/** Months count from zero. */
const local = (...parts: [number, number, number, number, number, number?]) => new Date(...parts).getTime();

describe('jumping to tomorrow morning', () => {
  it('lands five seconds past nine on the next local date', () => {
    expect(tomorrowAtNine(local(2026, 10, 23, 18, 40))).toBe(local(2026, 10, 24, 9, 0, 5));
  });

  it('takes the next date even shortly after midnight and just before it', () => {
    expect(tomorrowAtNine(local(2026, 10, 23, 0, 1))).toBe(local(2026, 10, 24, 9, 0, 5));
    expect(tomorrowAtNine(local(2026, 10, 23, 23, 59))).toBe(local(2026, 10, 24, 9, 0, 5));
  });

  it('goes over the ends of months and years', () => {
    expect(tomorrowAtNine(local(2026, 10, 30, 12, 0))).toBe(local(2026, 11, 1, 9, 0, 5));
    expect(tomorrowAtNine(local(2026, 11, 31, 12, 0))).toBe(local(2027, 0, 1, 9, 0, 5));
  });

  it('can be done again and again, a day each time', () => {
    const once = tomorrowAtNine(local(2026, 10, 23, 18, 40));
    expect(tomorrowAtNine(once)).toBe(local(2026, 10, 25, 9, 0, 5));
  });
});

describe('the line between two days', () => {
  const today = dayOf(local(2026, 10, 23, 9, 0));

  it('names today and yesterday', () => {
    expect(dayName(dayOf(local(2026, 10, 23, 0, 0)), today)).toBe('Today');
    expect(dayName(dayOf(local(2026, 10, 22, 23, 59)), today)).toBe('Yesterday');
  });

  it('names other days by weekday and date', () => {
    expect(dayName(dayOf(local(2026, 10, 21, 12, 0)), today)).toBe('Saturday 21 November');
  });

  it('knows yesterday over the end of a month', () => {
    expect(dayName(dayOf(local(2026, 9, 31, 12, 0)), dayOf(local(2026, 10, 1, 12, 0)))).toBe('Yesterday');
  });
});

it('shows the time with 24 hours and two digits', () => {
  expect(timeOf(local(2026, 10, 23, 9, 5))).toBe('09:05');
  expect(timeOf(local(2026, 10, 23, 0, 0))).toBe('00:00');
});

it('shows the weekday with the date', () => {
  expect(weekdayAndDate(local(2026, 10, 23, 9, 5))).toBe('Mon 23 Nov 2026');
});
