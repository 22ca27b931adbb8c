import type { Selectable } from 'kysely';
import type { Preferences } from '../../interview/learner.ts';
import type { Registration } from '../../interview/scene.ts';
import { preferenceColumns } from './learners.ts';
import type { Reader, Writer } from './store.ts';
import type { RegistrationsTable } from './tables.ts';

export async function insertRegistration(
  tx: Writer,
  it: { id: string; learnerId: string; preferences: Preferences; code: string; ticket: string; now: number },
): Promise<void> {
  await tx.q
    .insertInto('registrations')
    .values({
      id: it.id,
      learner_id: it.learnerId,
      state: 'pending',
      ...preferenceColumns(tx, 'registrations', it.id, it.preferences),
      code_hash: tx.sealer.hash(it.code),
      ticket_hash: tx.sealer.hash(it.ticket),
      created_at: it.now,
    })
    .execute();
}

const DAYS = 24 * 60 * 60 * 1000;

/** Whoever confirms later than this no longer knows what was typed into the form. */
const LIFE_MS = 7 * DAYS;

/** The newest one of a learner that waits for its owner's word. */
export async function pendingRegistration(
  db: Reader,
  learnerId: string,
  now: number,
): Promise<Registration | null> {
  const row = await waiting(db, now)
    .where('learner_id', '=', learnerId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : registrationFrom(db, row);
}

/** By the id in a button's payload; only that learner's own, only while it waits. */
export async function registrationById(
  db: Reader,
  id: string,
  learnerId: string,
  now: number,
): Promise<Registration | null> {
  const row = await waiting(db, now)
    .where('id', '=', id)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row === undefined ? null : registrationFrom(db, row);
}

/** By the code that a learner sent, whoever they are: the code was shown only to who filled in the form. */
export async function registrationByCode(
  db: Reader,
  code: string,
  now: number,
): Promise<{ registration: Registration; learnerId: string } | null> {
  const row = await waiting(db, now).where('code_hash', '=', db.sealer.hash(code)).executeTakeFirst();
  return row === undefined ? null : { registration: registrationFrom(db, row), learnerId: row.learner_id };
}

/** The number that sent the code is the one that is registered, whatever was typed into the form. */
export async function moveRegistration(tx: Writer, id: string, learnerId: string): Promise<void> {
  await tx.q.updateTable('registrations').set({ learner_id: learnerId }).where('id', '=', id).execute();
}

export async function settleRegistration(
  tx: Writer,
  id: string,
  state: 'confirmed' | 'dropped',
): Promise<void> {
  await tx.q.updateTable('registrations').set({ state, code_hash: null }).where('id', '=', id).execute();
}

export async function dropRegistrations(tx: Writer, learnerId: string): Promise<void> {
  await tx.q
    .updateTable('registrations')
    .set({ state: 'dropped', code_hash: null })
    .where('learner_id', '=', learnerId)
    .where('state', '=', 'pending')
    .execute();
}

/** What became of the registration whose page holds this ticket. */
export async function registrationState(
  db: Reader,
  ticket: string,
): Promise<RegistrationsTable['state'] | null> {
  const row = await db.q
    .selectFrom('registrations')
    .select('state')
    .where('ticket_hash', '=', db.sealer.hash(ticket))
    .executeTakeFirst();
  return row?.state ?? null;
}

/** How many were made for a learner since an instant. */
export async function registrationsSince(db: Reader, learnerId: string, since: number): Promise<number> {
  const row = await db.q
    .selectFrom('registrations')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('learner_id', '=', learnerId)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Those that may still be confirmed. */
function waiting(db: Reader, now: number) {
  return db.q
    .selectFrom('registrations')
    .selectAll()
    .where('state', '=', 'pending')
    .where('created_at', '>', now - LIFE_MS);
}

function registrationFrom(db: Reader, row: Selectable<RegistrationsTable>): Registration {
  return {
    id: row.id,
    preferences: {
      name: db.sealer.open(row.name_sealed, 'registrations.name', row.id),
      language: row.language,
      area: row.area,
      zone: row.zone,
      askMinute: row.ask_minute,
    },
  };
}
