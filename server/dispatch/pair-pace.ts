const SECONDS = 1000;

/** WhatsApp's rule for one number writing to one person: a message each six seconds. */
const PAUSE_MS = 6 * SECONDS;
/** It tolerates up to 45 at once, borrowed from later. A conversation needs a few: a hint, a reply, a question. */
const BURST = 10;
/** What was sent longer ago than this no longer counts. */
export const PAIR_MEMORY_MS = BURST * PAUSE_MS;

/**
 * When the next message to one person may go out, a token bucket over the instants at which earlier ones did (in
 * order, at least those of the last `PAIR_MEMORY_MS`). It is kept in the messages themselves, so it survives a restart.
 */
export function nextToOnePerson(sentAt: readonly number[], now: number): number {
  // The instant at which the bucket would be full again: each message moves it by one pause.
  let fullAt = Number.NEGATIVE_INFINITY;
  for (const at of sentAt) fullAt = Math.max(fullAt, at) + PAUSE_MS;
  return Math.max(now, fullAt - (BURST - 1) * PAUSE_MS);
}
