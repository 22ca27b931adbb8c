import type { StrangerMemory } from '../../interview/strangers.ts';
import type { Reader, Writer } from './store.ts';

/** What is remembered of whoever holds any of these addresses. */
export async function strangerMemory(db: Reader, identifiers: readonly string[]): Promise<StrangerMemory> {
  const rows = await db.q
    .selectFrom('strangers')
    .selectAll()
    .where('address_hash', 'in', hashesOf(db, identifiers))
    .execute();
  const latest = (column: 'greeted_at' | 'helped_at' | 'silenced_at') =>
    rows.reduce<number | null>((last, row) => Math.max(last ?? 0, row[column] ?? 0) || null, null);
  return {
    greetedAt: latest('greeted_at'),
    helpedAt: latest('helped_at'),
    silencedAt: latest('silenced_at'),
  };
}

/** Under every address that the person shows: the next time it may be only one of them. */
export async function rememberStranger(
  tx: Writer,
  identifiers: readonly string[],
  change: { greeted_at: number; silenced_at: null } | { helped_at: number } | { silenced_at: number },
): Promise<void> {
  for (const identifier of identifiers) {
    await tx.q
      .insertInto('strangers')
      .values({
        address_hash: tx.sealer.hash(identifier),
        greeted_at: null,
        helped_at: null,
        silenced_at: null,
        ...change,
      })
      .onConflict((oc) => oc.column('address_hash').doUpdateSet(change))
      .execute();
  }
}

/** They are a learner now: what they wanted as a stranger counts no more. */
export async function forgetStranger(tx: Writer, identifiers: readonly string[]): Promise<void> {
  await tx.q.deleteFrom('strangers').where('address_hash', 'in', hashesOf(tx, identifiers)).execute();
}

function hashesOf(db: Reader, identifiers: readonly string[]): string[] {
  return identifiers.map((identifier) => db.sealer.hash(identifier));
}
