import type { Pace } from '../queue/engine.ts';

const MINUTES = 60 * 1000;

/** Meta counts in its own seconds, not in ours: three percent below the limit never meets it. */
const MARGIN = 0.97;
/** How much may go at once after a pause, as a share of a second. */
const BURST_SECONDS = 0.1;
/** A tenth of the pace is left however often Meta complains: something must try whether it is over. */
const SLOWEST = 0.1;
/** After a complaint the pace doubles once in this time until it is whole again. */
const RECOVERS_EVERY_MS = 1 * MINUTES;

export type SendingPace = Pace & {
  /** Meta said we are too fast: half the pace from here on, growing back by itself. Once a second counts. */
  slowDown(): void;
};

/** A token bucket over the clock it is given: at most `perSecond` in any second, after a pause a tenth of that at once. */
export function createPace(it: { perSecond: number; now: () => number }): SendingPace {
  const fullRatePerMs = (it.perSecond * MARGIN) / 1000;
  const capacity = Math.max(1, it.perSecond * BURST_SECONDS);
  let tokens = capacity;
  let filledAt = it.now();
  let share = 1;
  let sharedAt = Number.NEGATIVE_INFINITY;

  return {
    take(wanted) {
      fill();
      const taken = Math.min(wanted, Math.floor(tokens));
      tokens -= taken;
      return taken;
    },
    nextAt() {
      fill();
      return tokens >= 1 ? filledAt : Math.ceil(filledAt + (1 - tokens) / (fullRatePerMs * share));
    },
    slowDown() {
      fill();
      // A whole wave may be refused at once: that is one complaint.
      if (it.now() - sharedAt < 1000) return;
      share = Math.max(SLOWEST, share / 2);
      sharedAt = it.now();
      tokens = Math.min(tokens, 1);
    },
  };

  function fill(): void {
    const now = it.now();
    const steps = Math.floor((now - sharedAt) / RECOVERS_EVERY_MS);
    if (share < 1 && steps > 0) {
      share = Math.min(1, share * 2 ** steps);
      sharedAt += steps * RECOVERS_EVERY_MS;
    }
    tokens = Math.min(capacity, tokens + Math.max(0, now - filledAt) * fullRatePerMs * share);
    filledAt = now;
  }
}

/** The pace of the process that may send from our number; the others begin nothing until they may. */
export function paceOfHolder(it: {
  pace: Pace;
  lease: { isHeld(): boolean };
  gate: { isCrowded(): boolean };
  now: () => number;
}): Pace {
  const { pace, lease, gate, now } = it;
  return {
    take: (wanted) => (lease.isHeld() && !gate.isCrowded() ? pace.take(wanted) : 0),
    nextAt() {
      if (!lease.isHeld()) return now() + LOOK_AGAIN_MS;
      return gate.isCrowded() ? now() + CROWD_LASTS_MS : pace.nextAt();
    },
  };
}

/** A job that ends wakes the engine; this is only for one that ended before the engine asked. */
const CROWD_LASTS_MS = 100;
/** Whoever gets the lease is woken by it; this is only for the engine, which asks when to look again. */
const LOOK_AGAIN_MS = 1000;
