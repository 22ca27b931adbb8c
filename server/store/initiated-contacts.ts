import { sql } from 'kysely';
import type { Reader, Writer } from './store.ts';
import type { InitiatedContactsTable, MessagesTable } from './tables.ts';

const HOURS = 60 * 60 * 1000;
const SECONDS = 1000;

/** Meta counts over a moving day; a few seconds more, because it counts by its own clock. */
export const CONTACT_COUNTS_MS = 24 * HOURS + 5 * SECONDS;

export async function contactOf(db: Reader, learnerId: string): Promise<InitiatedContactsTable | null> {
  const row = await db.q
    .selectFrom('initiated_contacts')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row ?? null;
}

/** We write to a person outside their window: they count from now on, and wait no longer. */
export async function recordContact(tx: Writer, learnerId: string, now: number): Promise<void> {
  await tx.q
    .insertInto('initiated_contacts')
    .values({ learner_id: learnerId, last_at: now, waiting_since: null })
    .onConflict((oc) => oc.column('learner_id').doUpdateSet({ last_at: now, waiting_since: null }))
    .execute();
}

/** Their place in the waiting list, the earlier one if they have one. It is kept until they have been written to. */
export async function startWaiting(tx: Writer, learnerId: string, since: number): Promise<void> {
  await tx.q
    .insertInto('initiated_contacts')
    .values({ learner_id: learnerId, last_at: 0, waiting_since: since })
    .onConflict((oc) =>
      oc
        .column('learner_id')
        .doUpdateSet({ waiting_since: since })
        .where((eb) =>
          eb.or([
            eb('initiated_contacts.waiting_since', 'is', null),
            eb('initiated_contacts.waiting_since', '>', since),
          ]),
        ),
    )
    .execute();
}

/** They wrote first, or want nothing more. */
export async function stopWaiting(tx: Writer, learnerId: string): Promise<void> {
  await tx.q
    .updateTable('initiated_contacts')
    .set({ waiting_since: null })
    .where('learner_id', '=', learnerId)
    .where('waiting_since', 'is not', null)
    .execute();
}

export async function isAnybodyWaiting(db: Reader): Promise<boolean> {
  const row = await db.q
    .selectFrom('initiated_contacts')
    .select('learner_id')
    .where('waiting_since', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many people count against the limit now. */
export async function contactsCounted(db: Reader, now: number): Promise<number> {
  const row = await db.q
    .selectFrom('initiated_contacts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('last_at', '>', now - CONTACT_COUNTS_MS)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Those who have left, or cannot be reached, or never confirmed and have nothing more to hear, keep no place. */
export async function clearLeftPlaces(tx: Writer): Promise<void> {
  await tx.q
    .updateTable('initiated_contacts')
    .set({ waiting_since: null })
    .where('waiting_since', 'is not', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('learners')
            .select('learners.id')
            .whereRef('learners.id', '=', 'initiated_contacts.learner_id')
            .where('learners.unreachable_since', 'is', null)
            .where((or) =>
              or.or([
                or('learners.state', '=', 'active'),
                or.and([
                  or('learners.state', '=', 'registered'),
                  or.exists(
                    or
                      .selectFrom('messages')
                      .select('messages.id')
                      .whereRef('messages.learner_id', '=', 'learners.id')
                      .where('messages.state', '=', 'planned'),
                  ),
                ]),
              ]),
            ),
        ),
      ),
    )
    .execute();
}

/**
 * The head of the waiting list: those with something to send, the longest waiting first. A message that has not asked
 * for a place yet counts too, or others would pass in the moment between yesterday's question and today's.
 */
export async function nextInLine(
  db: Reader,
  limit: number,
): Promise<(Pick<MessagesTable, 'id' | 'kind'> & Pick<InitiatedContactsTable, 'learner_id' | 'last_at'>)[]> {
  return (
    db.q
      .selectFrom('initiated_contacts as contact')
      // SQLite takes a cross join in the order in which it is written: along the line, not through all that is planned.
      .crossJoin('messages')
      .select(['messages.id', 'messages.kind', 'contact.learner_id', 'contact.last_at'])
      .where('contact.waiting_since', 'is not', null)
      .whereRef('messages.learner_id', '=', 'contact.learner_id')
      .where('messages.state', '=', 'planned')
      .where('messages.kind', 'in', ['question', 'welcome'])
      .where((eb) =>
        eb.or([eb('messages.held_for', '=', 'daily-limit'), eb('messages.held_for', 'is', null)]),
      )
      .orderBy('contact.waiting_since')
      .orderBy('contact.learner_id')
      .orderBy('messages.id')
      .limit(limit)
      .execute()
  );
}

/** For whoever watches: how many wait, and since when the first of them. */
export async function waitingList(db: Reader): Promise<{ count: number; since: number | null }> {
  const row = await db.q
    .selectFrom('initiated_contacts')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      sql<number | null>`min(waiting_since)`.as('since'),
    ])
    .where('waiting_since', 'is not', null)
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), since: row.since };
}
