import type { Events } from '../events.ts';
import type { Reader, Writer } from './store.ts';

/** What only an operator can mend. `cause` tells two troubles apart; the same one is never told twice while it lasts. */
export type Trouble = {
  readonly cause: string;
  /** The part of the house it is about, as a metric names it. */
  readonly about: string;
  /** What happened and what to do, in one sentence. */
  readonly sentence: string;
  /** The platform's own words, for whoever looks closer. */
  readonly detail: string | null;
  /** For news that nobody takes back, epoch milliseconds. Null: it stays until `endTrouble`. */
  readonly endsAt: number | null;
};

/** What nobody takes back stays in sight for so long. */
export const NEWS_SHOWN_MS = 7 * 24 * 60 * 60 * 1000;

/** Tells the operator, once per cause until it is over. */
export async function raiseTrouble(tx: Writer, events: Events, it: Trouble, now: number): Promise<void> {
  const known = await tx.q
    .selectFrom('troubles')
    .select('ends_at')
    .where('cause', '=', it.cause)
    .executeTakeFirst();
  const lasts = known !== undefined && (known.ends_at === null || known.ends_at > now);
  const told = { about: it.about, sentence: it.sentence, detail: it.detail, ends_at: it.endsAt };
  await tx.q
    .insertInto('troubles')
    .values({ cause: it.cause, ...told, raised_at: now })
    .onConflict((oc) =>
      oc.column('cause').doUpdateSet(lasts ? { ends_at: it.endsAt } : { ...told, raised_at: now }),
    )
    .execute();
  if (lasts) return;
  const { about, sentence, detail } = it;
  tx.afterCommit(() => events.operatorNeeded({ about, sentence, detail }));
}

/** It is over, whoever mended it. */
export async function endTrouble(tx: Writer, cause: string): Promise<void> {
  await tx.q.deleteFrom('troubles').where('cause', '=', cause).execute();
}

/** What an operator must know now, the oldest first. */
export async function currentTroubles(
  db: Reader,
  now: number,
): Promise<{ about: string; sentence: string; raisedAt: number }[]> {
  const rows = await db.q
    .selectFrom('troubles')
    .select(['about', 'sentence', 'raised_at'])
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]))
    .orderBy('raised_at')
    .orderBy('cause')
    .execute();
  return rows.map((row) => ({ about: row.about, sentence: row.sentence, raisedAt: row.raised_at }));
}
