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
 * The first instant after `afterMs` at which the learner's clock shows the hour, on a local date later than `laterThan`
 * (the date of their last daily question, in whatever zone that was).
 * A time the clock skips in spring is asked as soon as the clock has passed it; one it shows twice in autumn is
 * asked the first time: `compatible` is the rule everybody's calendar follows. Where that would be past midnight
 * (Greenland skips the last hour of a Saturday) it is asked before the clock changes: every date keeps its question.
 */
export function nextAskAt(
  afterMs: number,
  zone: string,
  askMinute: number,
  laterThan: string | null = null,
): number {
  const now = Temporal.Instant.fromEpochMilliseconds(afterMs).toZonedDateTimeISO(zone);
  for (let daysAhead = 0; ; daysAhead++) {
    const date = now.toPlainDate().add({ days: daysAhead });
    if (laterThan !== null && date.toString() <= laterThan) continue;
    const instant = askOn(date, zone, askMinute);
    if (instant > afterMs) return instant;
  }
}

/** What the clock should do about one learner now. `localDate` is the date the question counts for. */
export type DueDecision =
  | { readonly kind: 'not-due' }
  | {
      readonly kind: 'due';
      /** The question to ask now; null when even the latest hour is too long ago. */
      readonly ask: { readonly localDate: string; readonly dueAt: number } | null;
      /** Dates whose question can no longer be asked: the service was away. */
      readonly skipped: readonly string[];
      readonly nextAskAt: number;
    };

/** Decided from the latest hour that has passed: whoever was away for days still asks this morning's question. */
export function decideDue(learner: Learner, now: number): DueDecision {
  const { nextAskAt: firstDueAt, zone, askMinute } = learner;
  if (learner.state !== 'active' || firstDueAt === null || firstDueAt > now) return { kind: 'not-due' };
  const skipped: string[] = [];
  let dueAt = firstDueAt;
  let following = nextAskAt(dueAt, zone, askMinute, localDate(dueAt, zone));
  while (following <= now) {
    skipped.push(localDate(dueAt, zone));
    dueAt = following;
    following = nextAskAt(dueAt, zone, askMinute, localDate(dueAt, zone));
  }
  const date = localDate(dueAt, zone);
  return now - dueAt < LATEST_ASK_MS
    ? { kind: 'due', ask: { localDate: date, dueAt }, skipped, nextAskAt: following }
    : { kind: 'due', ask: null, skipped: [...skipped, date], nextAskAt: following };
}

function askOn(date: Temporal.PlainDate, zone: string, askMinute: number): number {
  const time = Temporal.PlainTime.from({ hour: Math.floor(askMinute / 60), minute: askMinute % 60 });
  const usual = date.toZonedDateTime({ timeZone: zone, plainTime: time });
  if (usual.toPlainDate().equals(date)) return usual.epochMilliseconds;
  return date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds;
}
