import type { Pace } from '../queue/engine.ts';

/** Meta counts in its own seconds, not in ours: three percent below the limit never meets it. */
const MARGIN = 0.97;
/** How much may go at once after a pause, as a share of a second. */
const BURST_SECONDS = 0.1;

/** A token bucket over the clock it is given: at most `perSecond` in any second, after a pause a tenth of that at once. */
export function createPace(it: { perSecond: number; now: () => number }): Pace {
  const ratePerMs = (it.perSecond * MARGIN) / 1000;
  const capacity = Math.max(1, it.perSecond * BURST_SECONDS);
  let tokens = capacity;
  let filledAt = it.now();

  return {
    take(wanted) {
      fill();
      const taken = Math.min(wanted, Math.floor(tokens));
      tokens -= taken;
      return taken;
    },
    nextAt() {
      fill();
      return tokens >= 1 ? filledAt : Math.ceil(filledAt + (1 - tokens) / ratePerMs);
    },
  };

  function fill(): void {
    const now = it.now();
    tokens = Math.min(capacity, tokens + Math.max(0, now - filledAt) * ratePerMs);
    filledAt = now;
  }
}
