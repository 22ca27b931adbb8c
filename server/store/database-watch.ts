import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseUnavailable } from './unavailable.ts';

const LOOK_EVERY_MS = 1000;
/** Longer than Meta's pause after an outage, as a share of the outage. */
const LONGEST_PAUSE = 2;

/** Knows whether the database does its work: it is told when it did not, and then looks until it does again. */
export type DatabaseWatch = {
  /** Somebody met it. */
  lost(error: DatabaseUnavailable): void;
  /** What is wrong now, as far as we know. */
  trouble(): string | null;
  /**
   * Until when what was turned away meanwhile may not have been brought again, epoch milliseconds: Meta tries again after
   * pauses that grow with the time for which it was turned away.
   */
  heldBackUntil(): number;
  stop(): Promise<void>;
};

export function createDatabaseWatch(it: {
  /** Throws while the database cannot read and write. */
  prove: () => Promise<void>;
  now: () => number;
  onLost: (error: DatabaseUnavailable) => void;
  onBack: (awayMs: number) => void;
}): DatabaseWatch {
  const { prove, now, onLost, onBack } = it;
  const ending = new AbortController();
  let heldBackUntil = Number.NEGATIVE_INFINITY;
  let since = 0;
  let last: DatabaseUnavailable | null = null;
  let confirmed = false;
  let looking: Promise<void> | null = null;

  return {
    lost(error) {
      last = error;
      if (looking === null) since = now();
      holdBack();
      looking ??= look().finally(() => {
        looking = null;
      });
    },
    trouble: () => (confirmed ? (last?.sentence ?? null) : null),
    heldBackUntil: () => heldBackUntil,
    async stop() {
      ending.abort();
      await looking;
    },
  };

  function holdBack(): void {
    heldBackUntil = Math.max(heldBackUntil, now() + LONGEST_PAUSE * (now() - since));
  }

  /** One broken connection is replaced and no outage: only when the first look fails too does anybody hear of it. */
  async function look(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await prove();
        if (confirmed) onBack(now() - since);
        confirmed = false;
        return;
      } catch {
        holdBack();
        if (!confirmed && last !== null) onLost(last);
        confirmed = true;
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal: ending.signal, ref: false }).catch(() => {});
    }
  }
}
