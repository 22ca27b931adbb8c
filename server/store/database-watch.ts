import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseUnavailable } from './unavailable.ts';

const LOOK_EVERY_MS = 1000;

/** Knows whether the database does its work: it is told when it did not, and then looks until it does again. */
export type DatabaseWatch = {
  /** Somebody met it. */
  lost(error: DatabaseUnavailable): void;
  /** What is wrong now, as far as we know. */
  trouble(): string | null;
  /** When it last failed somebody, epoch milliseconds: notifications may have been turned away until then. */
  lastLostAt(): number;
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
  let lastLostAt = Number.NEGATIVE_INFINITY;
  let last: DatabaseUnavailable | null = null;
  let confirmed = false;
  let looking: Promise<void> | null = null;

  return {
    lost(error) {
      last = error;
      lastLostAt = now();
      looking ??= look(now()).finally(() => {
        looking = null;
      });
    },
    trouble: () => (confirmed ? (last?.sentence ?? null) : null),
    lastLostAt: () => lastLostAt,
    async stop() {
      ending.abort();
      await looking;
    },
  };

  /** One broken connection is replaced and no outage: only when the first look fails too does anybody hear of it. */
  async function look(since: number): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await prove();
        if (confirmed) onBack(now() - since);
        confirmed = false;
        return;
      } catch {
        lastLostAt = now();
        if (!confirmed && last !== null) onLost(last);
        confirmed = true;
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal: ending.signal, ref: false }).catch(() => {});
    }
  }
}
