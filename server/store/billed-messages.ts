import type { Reader, Writer } from './store.ts';
import type { BilledMessagesTable } from './tables.ts';

/** Delivered service messages that a number may send free of charge in a calendar month, since October 2026. */
export const FREE_SERVICE_MESSAGES = 1000;
export const FREE_SERVICE = { type: 'free_customer_service', category: 'service' } as const;

/** Counts one delivered message in the month of its sending; how many of its kind that month has seen. */
export async function countBilled(
  tx: Writer,
  it: { sentAt: number; type: string; category: string },
): Promise<{ month: string; count: number }> {
  const month = monthOf(it.sentAt);
  const { type, category } = it;
  const row = await tx.q
    .insertInto('billed_messages')
    .values({ month, type, category, count: 1 })
    .onConflict((oc) =>
      oc
        .columns(['month', 'type', 'category'])
        .doUpdateSet((eb) => ({ count: eb('billed_messages.count', '+', 1) })),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  return { month, count: Number(row.count) };
}

/** What the months have cost, the newest first: messages by price type and category. */
export function billedMessages(db: Reader): Promise<BilledMessagesTable[]> {
  return db.q
    .selectFrom('billed_messages')
    .selectAll()
    .orderBy('month', 'desc')
    .orderBy('category')
    .orderBy('type')
    .execute();
}

/** `2026-11`, in UTC: Meta bills by the account's own zone, so the last hours of a month may fall into the next one. */
export function monthOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 7);
}
