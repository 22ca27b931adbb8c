const SECONDS = 1000;
const MINUTES = 60 * SECONDS;

/**
 * How long to wait before the next attempt: 2 s, 4 s, 8 s … up to 15 minutes, each up to a quarter shorter or longer,
 * so that jobs that failed together do not come back together. `luck` is a number in [0, 1).
 */
export function backoffMs(attempt: number, luck: number): number {
  const plain = Math.min(15 * MINUTES, 2 * SECONDS * 2 ** (attempt - 1));
  return Math.round(plain * (0.75 + luck / 2));
}
