import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** What must hold on both databases alike: the store, the rooms that work on it, and what crosses the whole house. */
const ON_BOTH_DATABASES = [
  'server/store/*.test.ts',
  'server/dispatch/*.test.ts',
  'server/inbox/receive.test.ts',
  'server/upkeep/*.test.ts',
  'server/coaching/learn-from-answer.test.ts',
  // The journeys in which the database is asked most. The others run on SQLite alone, to keep the whole run short.
  'test/journeys/{cost,first-day,grading,identity,learning,restarts,retiring,seen-from-outside,standstill,the-day,webhooks}.test.ts',
  'test/every-kind-of-message.test.ts',
  'test/crash.test.ts',
  'test/many-days.test.ts',
];
/** Its own engine, and what only several processes can show. */
const ON_POSTGRES_ONLY = [
  'test/processes.test.ts',
  'test/outages.test.ts',
  'test/rolling-restart.test.ts',
  'server/queue/engines/pg-boss.test.ts',
  'server/store/postgres.test.ts',
];
const NOT_TESTS = ['**/node_modules/**', 'web/dist/**'];

export default defineConfig({
  test: {
    globalSetup: 'test/postgres.ts',
    // More than there are cores: some tests wait for real processes most of their time.
    maxWorkers: 6,
    sequence: { sequencer: LongestFirst },
    // No test may depend on speed: these are for a machine that is busy with other things.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'SQLite',
          include: ['**/*.test.ts'],
          exclude: [...NOT_TESTS, ...ON_POSTGRES_ONLY],
          provide: { database: 'sqlite' },
        },
      },
      {
        extends: true,
        test: {
          name: 'PostgreSQL',
          include: [...ON_BOTH_DATABASES, ...ON_POSTGRES_ONLY],
          exclude: [...NOT_TESTS, 'server/store/sqlite.test.ts'],
          provide: { database: 'postgres' },
        },
      },
    ],
  },
});
