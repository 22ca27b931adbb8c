const SECONDS = 1000;
const MINUTES = 60 * SECONDS;
const HOURS = 60 * MINUTES;
const DAYS = 24 * HOURS;

const DELAYS_MS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800].map((seconds) => seconds * SECONDS);

/** Meta keeps trying for a week, then drops the notification for good: there is no way to ask for it. */
export const GIVE_UP_AFTER_MS = 7 * DAYS;

/** The pause after so many failed attempts. */
export function retryDelayMs(failedAttempts: number): number {
  return DELAYS_MS[failedAttempts - 1] ?? 1 * HOURS;
}
