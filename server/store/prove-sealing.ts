import type { Writer } from './store.ts';

const KNOWN_TEXT = 'the look-up key of this database';

/** Thrown at the start when the look-up key is not the one that the database was made with. */
export class WrongSealingKey extends Error {
  override readonly name = 'WrongSealingKey';
}

/**
 * Finds out at once whether ENCRYPTION_KEYS belong to this database. With another look-up key every learner would be
 * a stranger: a STOP would find nobody, while questions would go on.
 */
export async function proveSealing(tx: Writer): Promise<void> {
  const hash = tx.sealer.hash(KNOWN_TEXT);
  const proof = await tx.q.selectFrom('sealing_proof').select('hash').executeTakeFirst();
  if (proof === undefined) {
    await tx.q.insertInto('sealing_proof').values({ hash }).execute();
  } else if (proof.hash !== hash) {
    throw new WrongSealingKey(
      'ENCRYPTION_KEYS: the last key in the list is not the oldest key of this database. Keep old keys, in their order, behind the new one.',
    );
  }
}
