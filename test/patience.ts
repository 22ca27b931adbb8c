/**
 * How long a test waits for what must come. On a machine busy with other things everything comes late, so only a fault
 * takes longer than this; the limit for a whole test (`vitest.config.ts`) is longer still.
 */
export const PATIENCE_MS = 300_000;
