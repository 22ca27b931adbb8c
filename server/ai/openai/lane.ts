import { bulkhead } from 'cockatiel';

/** A limit on how many run at once; the others wait in line. */
export type Lane = {
  /** What `work` returns; `full` when the line is too long already, `gave-up` when the signal came before the turn. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T | 'full' | 'gave-up'>;
};

/** The daily question reaches many learners in the same minute, so their answers come in waves. */
export function createLane(limits: { atOnce: number; waiting: number }): Lane {
  const line = bulkhead(limits.atOnce, limits.waiting);
  return {
    async run(work, signal) {
      if (signal.aborted) return 'gave-up';
      if (line.executionSlots <= 0 && line.queueSlots <= 0) return 'full';
      let begun = false;
      // The bulkhead looks at a signal only when the turn comes, which may be long after everybody stopped waiting.
      const gaveUp = new Promise<'gave-up'>((resolve) => {
        signal.addEventListener('abort', () => begun || resolve('gave-up'), { once: true });
      });
      const turn = line.execute(() => {
        begun = true;
        return work();
      }, signal);
      return Promise.race([turn, gaveUp]);
    },
  };
}
