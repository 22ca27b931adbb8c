import { newId, type Reader, type Writer } from './store.ts';
import type { ConsentsTable } from './tables.ts';

/** Adds a line to the ledger. Lines are never changed and survive an erasure: they are the proof. */
export async function recordConsent(tx: Writer, it: Omit<ConsentsTable, 'id'>): Promise<void> {
  await tx.q
    .insertInto('consents')
    .values({ id: newId(), ...it })
    .execute();
}

/** The ledger's last word about a learner; null when there is none. */
export async function lastConsent(
  db: Reader,
  learnerId: string,
): Promise<Pick<ConsentsTable, 'number_hash' | 'wording_version' | 'event'> | null> {
  const row = await db.q
    .selectFrom('consents')
    .select(['number_hash', 'wording_version', 'event'])
    .where('learner_id', '=', learnerId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row ?? null;
}

/** True when the owner of the number said STOP or "not me" and has not come back since: we never write to it first. */
export async function numberRefused(db: Reader, numberHash: string): Promise<boolean> {
  const row = await db.q
    .selectFrom('consents')
    .select('event')
    .where('number_hash', '=', numberHash)
    .where('event', 'in', ['confirmed', 'refused', 'withdrawn'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row !== undefined && row.event !== 'confirmed';
}
