import type { Line } from './bench.ts';

/** That nothing is lost and nothing doubled is proved by a test, not measured: it says how to run it. */
export async function benchCrashes(): Promise<Line[]> {
  return [
    {
      what: 'kill -9 at random moments, 20 times',
      database: null,
      measured: 'npx vitest run test/crash.test.ts',
      yardstick: 'a test of both databases',
      ratio: null,
      target: 'lost 0, doubled 0',
      isReached: null,
    },
  ];
}
