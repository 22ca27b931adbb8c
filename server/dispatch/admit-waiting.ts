import type { LeaveJob } from '../jobs.ts';
import { letGo } from '../store/held-messages.ts';
import {
  CONTACT_COUNTS_MS,
  clearLeftPlaces,
  isAnybodyWaiting,
  nextInLine,
  recordContact,
} from '../store/initiated-contacts.ts';
import type { Store } from '../store/store.ts';
import type { Admission } from './admission.ts';

const BATCH = 200;

/** Gives the places of the day that have become free to those who wait longest. */
export function createAdmitWaiting(it: {
  store: Store;
  leave: LeaveJob;
  admission: Admission;
  now: () => number;
}): () => Promise<void> {
  const { store, leave, admission, now } = it;

  return async () => {
    if (!(await isAnybodyWaiting(store.read))) return;
    await store.transact(clearLeftPlaces);
    while ((await admitBatch()) === BATCH);
  };

  function admitBatch(): Promise<number> {
    return store.transact(async (tx) => {
      let places = await admission.placesToGive(tx);
      const line = await nextInLine(tx, BATCH);
      const admitted = new Map<string, typeof line>();
      for (const message of line) {
        const sameLearner = admitted.get(message.learner_id);
        if (sameLearner !== undefined) {
          sameLearner.push(message);
          continue;
        }
        // Whoever was written to within the day still has their place. But nobody passes the first who has none.
        const holdsPlace = message.last_at > now() - CONTACT_COUNTS_MS;
        if (!holdsPlace && places <= 0) break;
        if (!holdsPlace) places -= 1;
        admitted.set(message.learner_id, [message]);
      }
      for (const [learnerId, messages] of admitted) {
        await recordContact(tx, learnerId, now());
        await letGo(tx, leave, messages);
      }
      return admitted.size === 0 ? 0 : line.length;
    });
  }
}
