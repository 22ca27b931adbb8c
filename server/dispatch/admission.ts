import { dailyLimit } from '../store/account-facts.ts';
import {
  CONTACT_COUNTS_MS,
  contactOf,
  contactsCounted,
  isAnybodyWaiting,
} from '../store/initiated-contacts.ts';
import type { Reader, Writer } from '../store/store.ts';

const HOURS = 60 * 60 * 1000;
const MINUTES = 60 * 1000;
const SECONDS = 1000;

/** A second message to the same person on the same day uses the place that the first one took. */
const SAME_DAY_MS = 12 * HOURS;
/** Places only become free with time, so counting them more often than this would find nothing new. */
const COUNT_EVERY_MS = 5 * SECONDS;
/** No transaction of ours lives for so long: one that took a place and was rolled back gives it back after this. */
const TAKEN_FOR_MS = 2 * MINUTES;

export type Admission = ReturnType<typeof createAdmission>;

/**
 * Meta limits how many different people we may write to outside their windows in a moving day. Whoever finds no place
 * waits, the longest waiting first, and nobody passes those who wait: not even somebody written to yesterday, whose
 * place would cost nothing but would never become free again.
 *
 * On PostgreSQL many transactions take places side by side, and a count sees only what is committed. So one count runs
 * at a time, nobody takes a place meanwhile, and places that were taken in transactions still open count as taken.
 */
export function createAdmission(it: { configuredLimit: number | null; now: () => number }) {
  const { configuredLimit, now } = it;
  let free = 0;
  let countedAt = Number.NEGATIVE_INFINITY;
  let counting: Promise<unknown> | null = null;
  const takenAt = new Map<string, number>();

  return {
    /** Whether this person may be written to now. */
    async mayWriteTo(tx: Writer, learnerId: string): Promise<boolean> {
      const contact = await contactOf(tx, learnerId);
      const lastAt = contact?.last_at ?? 0;
      if (lastAt > now() - SAME_DAY_MS) return true;
      if (await isAnybodyWaiting(tx)) return false;
      if (lastAt > now() - CONTACT_COUNTS_MS) return true;
      await nobodyCounts();
      while (now() - countedAt >= COUNT_EVERY_MS) {
        await count(tx, (places) => {
          free = places;
        });
        await nobodyCounts();
      }
      if (free <= 0) return false;
      free -= 1;
      takenAt.set(learnerId, now());
      tx.afterCommit(() => takenAt.delete(learnerId));
      return true;
    },
    /** How many more people there are places for, counted now. Whoever asks is about to give them away. */
    async placesToGive(tx: Writer): Promise<number> {
      await nobodyCounts();
      let places = 0;
      await count(tx, (counted) => {
        places = counted;
        free = 0;
      });
      return places;
    },
  };

  async function nobodyCounts(): Promise<void> {
    while (counting !== null) await counting.catch(() => {});
  }

  async function count(db: Reader, set: (places: number) => void): Promise<void> {
    // As of before the count: one that commits during it may have been missed by it.
    const taken = takenInOpenTransactions();
    counting = freePlaces(db).then((places) => {
      set(places - taken);
      countedAt = now();
    });
    try {
      await counting;
    } finally {
      counting = null;
    }
  }

  function takenInOpenTransactions(): number {
    for (const [learnerId, at] of takenAt) if (at <= now() - TAKEN_FOR_MS) takenAt.delete(learnerId);
    return takenAt.size;
  }

  async function freePlaces(db: Reader): Promise<number> {
    const limit = await dailyLimit(db, configuredLimit);
    return limit === null ? Number.POSITIVE_INFINITY : limit - (await contactsCounted(db, now()));
  }
}
