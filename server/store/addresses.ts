import type { Recipient } from '../channels/channel.ts';
import { newId, type Reader, type Writer } from './store.ts';
import type { AddressesTable } from './tables.ts';

/** One way to reach or recognise a person. Phone numbers are digits only. */
export type Address = { readonly kind: AddressesTable['kind']; readonly value: string };

/** The learner behind any of these identifiers; the business-scoped id first, because numbers move to other people. */
export async function learnerAt(db: Reader, values: readonly string[]): Promise<string | null> {
  for (const value of values) {
    const learnerId = await holderOf(db, value);
    if (learnerId !== null) return learnerId;
  }
  return null;
}

/** All learners behind them: nobody knew yet that they are one person. */
export async function learnersAt(db: Reader, values: readonly string[]): Promise<string[]> {
  const learners = new Set<string>();
  for (const value of values) {
    const learnerId = await holderOf(db, value);
    if (learnerId !== null) learners.add(learnerId);
  }
  return [...learners];
}

/** The learner behind each of many identifiers; one that nobody has is not in the answer. */
export async function holdersOf(db: Reader, values: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const valueBehind = new Map(values.map((value) => [db.sealer.hash(value), value]));
  const hashes = [...valueBehind.keys()].toSorted();
  const holders = new Map<string, string>();
  for (let start = 0; start < hashes.length; start += VALUES_PER_STATEMENT) {
    const rows = await db.q
      .selectFrom('addresses')
      .select(['value_hash', 'learner_id'])
      .where('value_hash', 'in', hashes.slice(start, start + VALUES_PER_STATEMENT))
      .execute();
    for (const row of rows) holders.set(valueBehind.get(row.value_hash) ?? '', row.learner_id);
  }
  return holders;
}

const VALUES_PER_STATEMENT = 500;

async function holderOf(db: Reader, value: string): Promise<string | null> {
  const row = await db.q
    .selectFrom('addresses')
    .select('learner_id')
    .where('value_hash', '=', db.sealer.hash(value))
    .executeTakeFirst();
  return row?.learner_id ?? null;
}

/** Adds what is new, and says what that was; an address that belongs to another learner stays there. */
export async function addAddresses(
  tx: Writer,
  it: { learnerId: string; addresses: readonly Address[]; now: number },
): Promise<Address[]> {
  const added: Address[] = [];
  for (const address of it.addresses) {
    const id = newId();
    const result = await tx.q
      .insertInto('addresses')
      .values({
        id,
        learner_id: it.learnerId,
        kind: address.kind,
        value_sealed: tx.sealer.seal(address.value, 'addresses.value', id),
        value_hash: tx.sealer.hash(address.value),
        created_at: it.now,
      })
      .onConflict((oc) => oc.column('value_hash').doNothing())
      .executeTakeFirst();
    if (result.numInsertedOrUpdatedRows !== 0n) added.push(address);
  }
  return added;
}

/** The person is no longer reached there: the number may soon be somebody else's. */
export async function dropAddresses(tx: Writer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.q.deleteFrom('addresses').where('id', 'in', ids).execute();
}

/** The addresses of a learner, opened. */
export async function addressesOf(db: Reader, learnerId: string): Promise<KnownAddress[]> {
  const rows = await db.q.selectFrom('addresses').selectAll().where('learner_id', '=', learnerId).execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    value: db.sealer.open(row.value_sealed, 'addresses.value', row.id),
    since: row.created_at,
  }));
}

export type KnownAddress = Address & { readonly id: string; readonly since: number };

/** Where to send: the registered number before the id WhatsApp derived from it; null when nothing is left. */
export async function recipientOf(db: Reader, learnerId: string): Promise<Recipient | null> {
  const rows = await db.q
    .selectFrom('addresses')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('kind', '!=', 'variant')
    .orderBy('created_at', 'desc')
    .execute();
  const value = (kind: AddressesTable['kind']) => {
    const row = rows.find((candidate) => candidate.kind === kind);
    return row === undefined ? null : db.sealer.open(row.value_sealed, 'addresses.value', row.id);
  };
  const recipient = { phone: value('phone') ?? value('wa_id'), bsuid: value('bsuid') };
  return recipient.phone === null && recipient.bsuid === null ? null : recipient;
}
