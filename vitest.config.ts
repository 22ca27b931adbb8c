import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', 'web/dist/**'],
    // No test may depend on speed: these are for a machine that is busy with other things.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
