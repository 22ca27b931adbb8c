import type { Database } from '../server/store/connections.ts';
import { preferenceColumns } from '../server/store/learners.ts';
import { createSealer } from '../server/store/sealing.ts';
import { newId, openStore, type Writer } from '../server/store/store.ts';
import { ENCRYPTION_KEYS } from './configuration.ts';

const HOURS = 60 * 60 * 1000;
/** PostgreSQL takes 65,535 parameters in one statement. */
const BATCH = 500;

/**
 * Writes active learners whose window is closed and whose next question is not due, past the service that will run
 * on them. `waves`: so many times as many, to be made due one wave after another.
 */
export async function addLearners(
  database: Database,
  it: { count: number; waves?: number; firstWave?: number; openQuestion?: OpenQuestion },
): Promise<void> {
  const store = await openStore({ database, sealer: createSealer(ENCRYPTION_KEYS) });
  const total = it.count * (it.waves ?? 1);
  const { found } = await store.read.q
    .selectFrom('learners')
    .select((eb) => eb.fn.countAll<number>().as('found'))
    .executeTakeFirstOrThrow();
  for (let from = 0; from < total; from += BATCH) {
    const indexes = Array.from({ length: Math.min(BATCH, total - from) }, (_, index) => from + index);
    await store.transact((tx) => addBatch(tx, indexes, { ...it, found: Number(found) }));
  }
  await store.close();
}

/** What waits for their answer. */
export type OpenQuestion = { readonly slug: string; readonly version: number };

/** The number of one of them, digits only. */
export function phoneOf(index: number): string {
  return `5511${900_000_000 + index}`;
}

async function addBatch(
  tx: Writer,
  indexes: readonly number[],
  it: { count: number; firstWave?: number; found: number; openQuestion?: OpenQuestion },
): Promise<void> {
  const now = Date.now();
  const people = indexes.map((index) => ({
    index,
    phone: phoneOf(it.found + index),
    id: newId(),
    addressId: newId(),
  }));
  await tx.q
    .insertInto('learners')
    .values(
      people.map(({ index, id }) => ({
        id,
        state: 'active' as const,
        ...preferenceColumns(tx, 'learners', id, {
          name: `Learner ${index}`,
          language: 'en',
          area: 'javascript',
          zone: 'UTC',
          askMinute: 9 * 60,
        }),
        next_ask_at: now + 48 * HOURS,
        last_inbound_at: now - 30 * HOURS,
        last_courtesy_on: null,
        stopped_at: null,
        confirmed_at: now - 240 * HOURS,
        unreachable_since: null,
        withheld_until: null,
        slowed_until: null,
        // Tells the waves apart.
        created_at: (it.firstWave ?? 0) + Math.floor(index / it.count),
      })),
    )
    .execute();
  await tx.q
    .insertInto('addresses')
    .values(
      people.map(({ phone, id, addressId }) => ({
        id: addressId,
        learner_id: id,
        kind: 'phone' as const,
        value_sealed: tx.sealer.seal(phone, 'addresses.value', addressId),
        value_hash: tx.sealer.hash(phone),
        created_at: now,
      })),
    )
    .execute();
  const { openQuestion } = it;
  if (openQuestion === undefined) return;
  await tx.q
    .insertInto('asked_questions')
    .values(
      people.map(({ id }) => ({
        id: newId(),
        learner_id: id,
        local_date: new Date(now).toISOString().slice(0, 10),
        slot: 0,
        slug: openQuestion.slug,
        version: openQuestion.version,
        language: 'en' as const,
        state: 'asked' as const,
        shown_at: now,
        coverage: null,
        reason: 'a measurement',
        asked_at: now,
      })),
    )
    .execute();
}
