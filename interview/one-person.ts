import { localDate, nextAskAt } from './day.ts';
import type { LearnerState } from './learner.ts';

/** One of two records that turn out to be the same person, as far as the decision about them needs it. */
export type PersonRecord = {
  readonly id: string;
  /** The number was typed into the page: what the person gave us themselves. */
  readonly byPhone: boolean;
  readonly state: LearnerState;
  readonly createdAt: number;
  /** When they last said that they want in, by the channel's clock; null before the first time. */
  readonly confirmedAt: number | null;
  /** When they said the STOP that holds; null unless stopped. */
  readonly stoppedAt: number | null;
  /** That STOP was a “Not me”: we said that we forget them. */
  readonly toBeForgotten: boolean;
  readonly zone: string;
  readonly askMinute: number;
  readonly nextAskAt: number | null;
  /** The local date of the last daily question. */
  readonly lastDailyOn: string | null;
  /** Whether they were ever asked anything. */
  readonly everAsked: boolean;
  readonly lastInboundAt: number | null;
  readonly lastCourtesyOn: string | null;
  readonly unreachableSince: number | null;
  readonly withheldUntil: number | null;
  readonly slowedUntil: number | null;
};

export type OnePerson = {
  readonly kept: string;
  readonly gone: string;
  readonly state: LearnerState;
  /** The record whose preferences hold: the one that was confirmed last, else the one that is kept. */
  readonly preferencesOf: string;
  readonly createdAt: number;
  readonly confirmedAt: number | null;
  readonly stoppedAt: number | null;
  readonly toBeForgotten: boolean;
  readonly nextAskAt: number | null;
  /** They confirmed, and the job that was to ask their first question went with the record that is gone. */
  readonly firstQuestionOwed: boolean;
  readonly lastInboundAt: number | null;
  readonly lastCourtesyOn: string | null;
  readonly unreachableSince: number | null;
  readonly withheldUntil: number | null;
  readonly slowedUntil: number | null;
};

/**
 * Two records of one person become one. The record registered by number is kept. The person's latest word counts,
 * whichever record heard it: after a STOP they are left alone, else they are in as soon as one of the two is. No date
 * sees a second daily question.
 */
export function onePerson(one: PersonRecord, other: PersonRecord, now: number): OnePerson {
  const [kept, gone] = keptFirst(one, other);
  const confirmedAt = latest(kept.confirmedAt, gone.confirmedAt);
  const stoppedAt = latest(kept.stoppedAt, gone.stoppedAt);
  const state = stateOf(kept, gone, { confirmedAt, stoppedAt });
  const preferred = state === 'active' ? lastConfirmed(kept, gone) : kept;
  const stopped = (kept.stoppedAt ?? 0) >= (gone.stoppedAt ?? 0) ? kept : gone;
  return {
    kept: kept.id,
    gone: gone.id,
    state,
    preferencesOf: preferred.id,
    createdAt: Math.min(kept.createdAt, gone.createdAt),
    confirmedAt,
    stoppedAt: state === 'stopped' ? stoppedAt : null,
    toBeForgotten: state === 'stopped' && stopped.toBeForgotten,
    nextAskAt:
      state === 'active' ? nextAskOf(preferred, latest(kept.lastDailyOn, gone.lastDailyOn), now) : null,
    firstQuestionOwed: state === 'active' && gone.state === 'active' && !gone.everAsked,
    lastInboundAt: latest(kept.lastInboundAt, gone.lastInboundAt),
    lastCourtesyOn: latest(kept.lastCourtesyOn, gone.lastCourtesyOn),
    // Reached by one of the addresses is reached.
    unreachableSince:
      kept.unreachableSince === null || gone.unreachableSince === null
        ? null
        : latest(kept.unreachableSince, gone.unreachableSince),
    withheldUntil: latest(kept.withheldUntil, gone.withheldUntil),
    slowedUntil: latest(kept.slowedUntil, gone.slowedUntil),
  };
}

/** The same two, whatever order they come in. */
function keptFirst(one: PersonRecord, other: PersonRecord): [PersonRecord, PersonRecord] {
  if (one.byPhone !== other.byPhone) return one.byPhone ? [one, other] : [other, one];
  const [first, second] = one.id < other.id ? [one, other] : [other, one];
  return (second.confirmedAt ?? 0) > (first.confirmedAt ?? 0) ? [second, first] : [first, second];
}

/** Said in the same second, STOP counts: silence is the smaller harm. */
function stateOf(
  kept: PersonRecord,
  gone: PersonRecord,
  word: { confirmedAt: number | null; stoppedAt: number | null },
): LearnerState {
  const states = [kept.state, gone.state];
  const isStopped = states.includes('stopped') && (word.stoppedAt ?? 0) >= (word.confirmedAt ?? 0);
  if (isStopped) return 'stopped';
  if (states.includes('active')) return 'active';
  return states.includes('stopped') ? 'stopped' : 'registered';
}

function lastConfirmed(kept: PersonRecord, gone: PersonRecord): PersonRecord {
  if (kept.state !== 'active') return gone;
  return gone.state === 'active' && (gone.confirmedAt ?? 0) > (kept.confirmedAt ?? 0) ? gone : kept;
}

function nextAskOf(preferred: PersonRecord, lastDailyOn: string | null, now: number): number | null {
  const { zone, askMinute, nextAskAt: planned } = preferred;
  if (planned === null) return nextAskAt(now, zone, askMinute, lastDailyOn);
  if (lastDailyOn === null || localDate(planned, zone) > lastDailyOn) return planned;
  return nextAskAt(Math.max(now, planned), zone, askMinute, lastDailyOn);
}

function latest<T extends number | string>(one: T | null, other: T | null): T | null {
  if (one === null) return other;
  return other === null || one >= other ? one : other;
}
