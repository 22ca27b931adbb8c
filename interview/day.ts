import type { Learner } from './learner.ts';

const HOURS = 60 * 60 * 1000;

/** Asked up to this much late, a question is still this morning's; later, the day is skipped. */
export const LATEST_ASK_MS = 4 * HOURS;

export const DEFAULT_ASK_MINUTE = 9 * 60;

/** `2026-11-23`, by the learner's own calendar. */
export function localDate(instantMs: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/**
 * The first instant strictly after `afterMs` at which the learner's clock shows the hour.
 * A time the clock skips in spring is asked as soon as the clock has passed it; one it shows twice in autumn is
 * asked the first time: `compatible` is the rule everybody's calendar follows. Where that would be past midnight
 * (Greenland skips the last hour of a Saturday) it is asked before the clock changes: every date keeps its question.
 */
export function nextAskAt(afterMs: number, zone: string, askMinute: number): number {
  const now = Temporal.Instant.fromEpochMilliseconds(afterMs).toZonedDateTimeISO(zone);
  for (let daysAhead = 0; ; daysAhead++) {
    const instant = askOn(now.toPlainDate().add({ days: daysAhead }), zone, askMinute);
    if (instant > afterMs) return instant;
  }
}

/** The next daily question after one was asked now: the hour on the next local date at the earliest. */
export function nextAskAfterAsking(nowMs: number, zone: string, askMinute: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone).toPlainDate();
  return nextAskAt(Math.max(nowMs, askOn(today, zone, askMinute)), zone, askMinute);
}

/** What the clock should do about one learner now. `localDate` is the date the question counts for. */
export type DueDecision =
  | { readonly kind: 'not-due' }
  | { readonly kind: 'ask'; readonly localDate: string; readonly nextAskAt: number }
  | { readonly kind: 'too-late'; readonly localDate: string; readonly nextAskAt: number };

/** A date of the zone, decided from `nextAskAt`: the moment the question was due, not the moment we got to it. */
export function decideDue(learner: Learner, now: number): DueDecision {
  if (learner.state !== 'active' || learner.nextAskAt === null || learner.nextAskAt > now)
    return { kind: 'not-due' };
  const due = {
    localDate: localDate(learner.nextAskAt, learner.zone),
    nextAskAt: nextAskAt(now, learner.zone, learner.askMinute),
  };
  return now - learner.nextAskAt < LATEST_ASK_MS ? { kind: 'ask', ...due } : { kind: 'too-late', ...due };
}

function askOn(date: Temporal.PlainDate, zone: string, askMinute: number): number {
  const time = Temporal.PlainTime.from({ hour: Math.floor(askMinute / 60), minute: askMinute % 60 });
  const usual = date.toZonedDateTime({ timeZone: zone, plainTime: time });
  if (usual.toPlainDate().equals(date)) return usual.epochMilliseconds;
  return date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds;
}
