import type { Reader, Writer } from './store.ts';
import type { AccountFact } from './tables.ts';

/** What WhatsApp says of our number and account. An older word, late, changes nothing. */
export async function recordFact(
  tx: Writer,
  it: { fact: AccountFact; value: string; at: number },
): Promise<void> {
  await tx.q
    .insertInto('account_facts')
    .values(it)
    .onConflict((oc) =>
      oc.column('fact').doUpdateSet({ value: it.value, at: it.at }).where('account_facts.at', '<=', it.at),
    )
    .execute();
}

export async function factOf(db: Reader, fact: AccountFact): Promise<string | null> {
  const row = await db.q
    .selectFrom('account_facts')
    .select('value')
    .where('fact', '=', fact)
    .executeTakeFirst();
  return row?.value ?? null;
}

/** What Meta allows a new business, and so the safe guess while nobody has told us. */
const DAILY_LIMIT_UNLESS_TOLD = 250;

/** How many people we may write to outside their windows in a moving day; null: as many as we like. */
export async function dailyLimit(db: Reader, configured: number | null): Promise<number | null> {
  if (configured !== null) return configured;
  const told = await factOf(db, 'daily_limit');
  if (told === 'unlimited') return null;
  return told === null ? DAILY_LIMIT_UNLESS_TOLD : Number(told);
}
