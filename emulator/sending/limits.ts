import type { AccountTroubles } from '../../contract/switches.ts';

const SECONDS = 1000;
const DAYS = 24 * 60 * 60 * SECONDS;

/** One message to one learner every six seconds; up to 45 within six seconds, borrowed from later. */
const PAIR_PAUSE_MS = 6 * SECONDS;
const LARGEST_BURST = 45;

type Burst = { startedAt: number; debt: number; updatedAt: number };

export type LimitKeeper = ReturnType<typeof createLimitKeeper>;

/** Keeps count of what was sent, by the given clock. The limits may change while it counts. */
export function createLimitKeeper(now: () => number, limits: Readonly<AccountTroubles>) {
  const lastSecond: number[] = [];
  const bursts = new Map<string, Burst>();
  const reachedAt = new Map<string, number>();
  const marketingAt = new Map<string, number[]>();

  function isTooFast(): boolean {
    if (limits.messagesPerSecond === null) return false;
    while ((lastSecond[0] ?? Number.POSITIVE_INFINITY) <= now() - 1 * SECONDS) lastSecond.shift();
    if (lastSecond.length >= limits.messagesPerSecond) return true;
    lastSecond.push(now());
    return false;
  }

  function isTooFastFor(number: string): boolean {
    if (!limits.pairLimit) return false;
    const burst = bursts.get(number) ?? { startedAt: now(), debt: 0, updatedAt: now() };
    burst.debt = Math.max(0, burst.debt - (now() - burst.updatedAt) / PAIR_PAUSE_MS);
    burst.updatedAt = now();
    bursts.set(number, burst);
    if (burst.debt === 0) burst.startedAt = now();
    else if (now() - burst.startedAt >= PAIR_PAUSE_MS || burst.debt >= LARGEST_BURST) return true;
    burst.debt++;
    return false;
  }

  return {
    /** The code of the limit that this send runs into, or null; then it counts. */
    codeFor(recipient: string): 130429 | 131056 | null {
      if (isTooFast()) return 130429;
      return isTooFastFor(recipient) ? 131056 : null;
    },
    /** Whether Meta lets another marketing template through to this learner, in a moving day. */
    mayGetMarketing(number: string): boolean {
      const recent = (marketingAt.get(number) ?? []).filter((at) => at > now() - 1 * DAYS);
      marketingAt.set(number, recent);
      return recent.length < (limits.marketingPerLearnerAndDay ?? Number.POSITIVE_INFINITY);
    },
    gotMarketing(number: string): void {
      marketingAt.set(number, [...(marketingAt.get(number) ?? []), now()]);
    },
    /** Whether a learner outside the window may still be reached today; those reached already always may. */
    mayReach(number: string): boolean {
      const { recipientsPerDay } = limits;
      if (recipientsPerDay === null) return true;
      for (const [reached, at] of reachedAt) {
        // In order of time, as whoever is reached again moves to the end.
        if (at > now() - 1 * DAYS) break;
        reachedAt.delete(reached);
      }
      if (!reachedAt.has(number) && reachedAt.size >= recipientsPerDay) return false;
      reachedAt.delete(number);
      reachedAt.set(number, now());
      return true;
    },
  };
}

/** The name of the step, as the number's own page in the API gives it. */
export function tierOf(recipientsPerDay: AccountTroubles['recipientsPerDay']): string {
  switch (recipientsPerDay) {
    case 250:
      return 'TIER_250';
    case 2_000:
      return 'TIER_2K';
    case 10_000:
      return 'TIER_10K';
    case 100_000:
      return 'TIER_100K';
    case null:
      return 'TIER_UNLIMITED';
    default: {
      const impossible: never = recipientsPerDay;
      throw new Error(`no such step: ${impossible}`);
    }
  }
}
