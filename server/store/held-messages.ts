import type { LeaveJob } from '../jobs.ts';
import { priorityOf } from './messages.ts';
import type { Writer } from './store.ts';
import type { HeldFor, MessagesTable } from './tables.ts';

/** Puts a message aside without a job: whoever ends what it waits for lets it go. */
export async function holdMessage(
  tx: Writer,
  it: { row: MessagesTable; heldFor: HeldFor; reason: string; expiresAt: number | null },
): Promise<void> {
  const { row } = it;
  await tx.q
    .updateTable('messages')
    .set({
      state: 'planned',
      held_for: it.heldFor,
      reason: it.reason,
      expires_at: row.expires_at ?? it.expiresAt,
      // It may be out there already: the doubt is not forgotten while it waits.
      doubts: row.doubts + (row.state === 'sending' ? 1 : 0),
    })
    .where('id', '=', row.id)
    .execute();
}

export type HeldMessage = Pick<MessagesTable, 'id' | 'kind' | 'planned_at'>;

/** Lets up to `limit` of them go, the longest waiting first; the last one that went. `after` is the last one before. */
export async function releaseHeld(
  tx: Writer,
  it: { heldFor: HeldFor; leave: LeaveJob; after: HeldMessage | null; limit: number },
): Promise<HeldMessage | null> {
  const { after } = it;
  const rows = await tx.q
    .selectFrom('messages')
    .select(['id', 'kind', 'planned_at'])
    .where('held_for', '=', it.heldFor)
    .where('state', '=', 'planned')
    .$if(after !== null, (query) =>
      query.where((eb) =>
        eb.or([
          eb('planned_at', '>', after?.planned_at ?? 0),
          eb.and([eb('planned_at', '=', after?.planned_at ?? 0), eb('id', '>', after?.id ?? '')]),
        ]),
      ),
    )
    .orderBy('planned_at')
    .orderBy('id')
    .limit(it.limit)
    .execute();
  await letGo(tx, it.leave, rows);
  return rows.at(-1) ?? null;
}

/** The learner wrote, so the window is open: what waited for that, or for a way around it, goes out freely now. */
export async function releaseForOpenWindow(tx: Writer, leave: LeaveJob, learnerId: string): Promise<void> {
  const rows = await tx.q
    .selectFrom('messages')
    .select(['id', 'kind'])
    .where('learner_id', '=', learnerId)
    .where('state', '=', 'planned')
    .where('held_for', 'is not', null)
    // The number itself, or its country, stands still for free text too.
    .where('held_for', '!=', 'everything')
    .where('held_for', 'not like', 'country:%')
    .orderBy('planned_at')
    .execute();
  await letGo(tx, leave, rows);
}

export async function letGo(
  tx: Writer,
  leave: LeaveJob,
  rows: readonly Pick<MessagesTable, 'id' | 'kind'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.q
    .updateTable('messages')
    .set({ held_for: null })
    .where(
      'id',
      'in',
      rows.map((row) => row.id),
    )
    .execute();
  for (const { id, kind } of rows) {
    await leave(tx, 'send-message', { messageId: id }, { key: id, priority: priorityOf(kind) });
  }
}
