import { dailyLimit } from '../store/account-facts.ts';
import {
  CONTACT_COUNTS_MS,
  contactOf,
  contactsCounted,
  isAnybodyWaiting,
} from '../store/initiated-contacts.ts';
import type { Reader } from '../store/store.ts';

const HOURS = 60 * 60 * 1000;
const SECONDS = 1000;

/** A second message to the same person on the same day uses the place that the first one took. */
const SAME_DAY_MS = 12 * HOURS;
/** Places only become free with time, so counting them more often than this would find nothing new. */
const COUNT_EVERY_MS = 5 * SECONDS;

export type Admission = ReturnType<typeof createAdmission>;

/**
 * Meta limits how many different people we may write to outside their windows in a moving day. Whoever finds no place
 * waits, the longest waiting first, and nobody passes those who wait: not even somebody written to yesterday, whose
 * place would cost nothing but would never become free again.
 */
export function createAdmission(it: { configuredLimit: number | null; now: () => number }) {
  const { configuredLimit, now } = it;
  let free = 0;
  let countedAt = Number.NEGATIVE_INFINITY;

  return {
    /** Whether this person may be written to now. */
    async mayWriteTo(db: Reader, learnerId: string): Promise<boolean> {
      const contact = await contactOf(db, learnerId);
      const lastAt = contact?.last_at ?? 0;
      if (lastAt > now() - SAME_DAY_MS) return true;
      if (await isAnybodyWaiting(db)) return false;
      if (lastAt > now() - CONTACT_COUNTS_MS) return true;
      if (now() - countedAt >= COUNT_EVERY_MS) {
        free = await freePlaces(db);
        countedAt = now();
      }
      if (free <= 0) return false;
      free -= 1;
      return true;
    },
    /** How many more people there are places for, counted now. Whoever asks is about to give them away. */
    async placesToGive(db: Reader): Promise<number> {
      countedAt = now();
      free = 0;
      return freePlaces(db);
    },
  };

  async function freePlaces(db: Reader): Promise<number> {
    const limit = await dailyLimit(db, configuredLimit);
    return limit === null ? Number.POSITIVE_INFINITY : limit - (await contactsCounted(db, now()));
  }
}
