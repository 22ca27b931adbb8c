import type { MessageKind, Outgoing } from '../../interview/turn.ts';
import { DEFAULT_PRIORITY, type LeaveJob, REPLY_PRIORITY } from '../jobs.ts';
import { currentTrace } from '../trace.ts';
import { newId, type Reader, type Writer } from './store.ts';

/** Writes a message and leaves the job that sends it. Which form it takes is decided at the moment of sending. */
export async function planMessage(
  tx: Writer,
  it: { learnerId: string; outgoing: Outgoing; now: number; leave: LeaveJob },
): Promise<string> {
  const id = newId();
  await tx.q
    .insertInto('messages')
    .values({
      id,
      learner_id: it.learnerId,
      kind: it.outgoing.kind,
      asked_id: it.outgoing.askedId,
      outgoing_sealed: tx.sealer.seal(JSON.stringify(it.outgoing), 'messages.outgoing', id),
      state: 'planned',
      reason: null,
      held_for: null,
      form: null,
      template: null,
      channel_id: null,
      attempts: 0,
      doubts: 0,
      expires_at: it.outgoing.expiresAt,
      planned_at: it.now,
      sending_at: null,
      settled_at: null,
      failure_code: null,
      price_type: null,
      price_category: null,
      trace: currentTrace() ?? id,
    })
    .execute();
  const priority = priorityOf(it.outgoing.kind);
  await it.leave(tx, 'send-message', { messageId: id }, { key: id, priority });
  return id;
}

/** Who waits for a reply comes before the morning's questions. */
export function priorityOf(kind: MessageKind): number {
  return kind === 'welcome' || kind === 'question' ? DEFAULT_PRIORITY : REPLY_PRIORITY;
}

export function outgoingOf(db: Reader, row: { id: string; outgoing_sealed: string }): Outgoing {
  return JSON.parse(db.sealer.open(row.outgoing_sealed, 'messages.outgoing', row.id)) as Outgoing;
}

/** Takes back what was not sent yet; how many. `only` limits it to one kind of message, `askedId` to one question's. */
export async function suppressWaiting(
  tx: Writer,
  it: { learnerId: string; reason: string; now: number; only?: Outgoing['kind']; askedId?: string },
): Promise<number> {
  const result = await tx.q
    .updateTable('messages')
    .set({ state: 'suppressed', reason: it.reason, held_for: null, settled_at: it.now })
    .where('learner_id', '=', it.learnerId)
    .where('state', '=', 'planned')
    .$if(it.askedId !== undefined, (query) =>
      query.where('kind', '=', 'question').where('asked_id', '=', it.askedId ?? ''),
    )
    .$if(it.only !== undefined, (query) => query.where('kind', '=', it.only ?? 'question'))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** When messages went to a learner since an instant, in order. Planned a day ago at the most: older ones have expired. */
export async function sentTo(db: Reader, learnerId: string, since: number): Promise<number[]> {
  const rows = await db.q
    .selectFrom('messages')
    .select('sending_at')
    .where('learner_id', '=', learnerId)
    .where('planned_at', '>', since - LONGEST_PLAN_MS)
    .where('sending_at', '>', since)
    .orderBy('sending_at')
    .execute();
  return rows.flatMap((row) => row.sending_at ?? []);
}

const LONGEST_PLAN_MS = 24 * 60 * 60 * 1000;
