/** All in the browser's own time zone. */

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const DATE = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** `09:00` */
export function timeOf(at: number): string {
  return TIME.format(at);
}

/** `Mon 23 Nov 2026` */
export function weekdayAndDate(at: number): string {
  return DATE.format(at).replace(',', '');
}

/** Midnight at the beginning of the local day: two instants with the same one are on the same day. */
export function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** `Today`, `Yesterday`, else the weekday and the date. Both are days as `dayOf` makes them. */
export function dayName(day: number, today: number): string {
  if (day === today) return 'Today';
  if (day === dayOf(new Date(today).setDate(new Date(today).getDate() - 1))) return 'Yesterday';
  return DAY.format(day);
}

/**
 * Five seconds past nine on the next local date: learners are asked at nine sharp, and a moment later everything
 * that falls due at nine has fallen due.
 */
export function tomorrowAtNine(now: number): number {
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  return tomorrow.setHours(9, 0, 5, 0);
}

export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
