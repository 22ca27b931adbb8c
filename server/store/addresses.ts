import type { Recipient } from '../channels/channel.ts';
import { newId, type Reader, type Writer } from './store.ts';
import type { AddressesTable } from './tables.ts';

/** One way to reach or recognise a person. Phone numbers are digits only. */
export type Address = { readonly kind: AddressesTable['kind']; readonly value: string };

/** The learner behind any of these identifiers; the business-scoped id first, because numbers move to other people. */
export async function learnerAt(db: Reader, values: readonly string[]): Promise<string | null> {
  for (const value of values) {
    const row = await db.q
      .selectFrom('addresses')
      .select('learner_id')
      .where('value_hash', '=', db.sealer.hash(value))
      .executeTakeFirst();
    if (row !== undefined) return row.learner_id;
  }
  return null;
}

/** Adds what is new; an address that belongs to another learner stays there. */
export async function addAddresses(
  tx: Writer,
  it: { learnerId: string; addresses: readonly Address[]; now: number },
): Promise<void> {
  for (const address of it.addresses) {
    const id = newId();
    await tx.q
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
      .execute();
  }
}

/** The person moved: the old number may soon belong to somebody else, so it is no longer theirs. */
export async function moveAddress(
  tx: Writer,
  it: { learnerId: string; phone: string | null; bsuid: string | null; now: number },
): Promise<void> {
  const replaced: AddressesTable['kind'][] = [
    ...(it.phone === null ? [] : (['phone', 'wa_id', 'variant'] as const)),
    ...(it.bsuid === null ? [] : (['bsuid'] as const)),
  ];
  if (replaced.length === 0) return;
  await tx.q
    .deleteFrom('addresses')
    .where('learner_id', '=', it.learnerId)
    .where('kind', 'in', replaced)
    .execute();
  await addAddresses(tx, {
    learnerId: it.learnerId,
    addresses: [
      ...(it.phone === null ? [] : [{ kind: 'phone' as const, value: it.phone }]),
      ...(it.bsuid === null ? [] : [{ kind: 'bsuid' as const, value: it.bsuid }]),
    ],
    now: it.now,
  });
}

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
