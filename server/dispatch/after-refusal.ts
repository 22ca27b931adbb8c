import type { MessageState } from '../../interview/message-state.ts';
import type { Failure } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import { backoffMs } from '../queue/backoff.ts';
import { outgoingOf } from '../store/messages.ts';
import type { Writer } from '../store/store.ts';
import type { MessagesTable } from '../store/tables.ts';

const MINUTES = 60 * 1000;
const HOURS = 60 * MINUTES;

/** A passing fault that lasts this long is no longer passing. */
const GIVE_UP_AFTER_MS = 6 * HOURS;
/** How soon to look again for a trouble that a person must mend: token, payment, templates. */
export const OPERATOR_RETRY_MS = 5 * MINUTES;

/** `again`: the message is planned once more for that instant. `over`: it has failed, or went out after all. */
export type AfterRefusal = { readonly kind: 'again'; readonly at: number } | { readonly kind: 'over' };

/**
 * What becomes of a message that was refused, in the answer to the call or later by a status: Meta may do either for
 * any code. `from` are the states in which the refusal still means something: a delivery that was reported meanwhile
 * counts for more.
 */
export function createAfterRefusal(it: {
  events: Events;
  now: () => number;
  luck: () => number;
}): (
  tx: Writer,
  row: MessagesTable,
  failure: Failure,
  from: readonly MessageState[],
) => Promise<AfterRefusal> {
  const { events, now, luck } = it;

  return async (tx, row, failure, from) => {
    switch (failure.class) {
      case 'retry':
      case 'pace':
        return now() - row.planned_at < GIVE_UP_AFTER_MS
          ? again(tx, row, failure, from, now() + backoffMs(row.attempts + 1, luck()))
          : fail(tx, row, failure, from);
      case 'template':
        return asTemplate(tx, row, failure, from);
      case 'operator':
        tell('sending', failure);
        return again(tx, row, failure, from, now() + OPERATOR_RETRY_MS);
      case 'bug':
        tell('a fault of ours', failure);
        return fail(tx, row, failure, from);
      case 'user':
      case 'opt-out':
      case 'wait':
        return fail(tx, row, failure, from);
      default: {
        const impossible: never = failure.class;
        throw new Error(`Unknown class of failure: ${String(impossible)}`);
      }
    }

    function tell(about: string, { sentence, detail }: Failure): void {
      tx.afterCommit(() => events.operatorNeeded({ about, sentence, detail }));
    }
  };

  /** Meta says the window is closed, and Meta decides: a template from here on, until the learner writes again. */
  async function asTemplate(
    tx: Writer,
    row: MessagesTable,
    failure: Failure,
    from: readonly MessageState[],
  ): Promise<AfterRefusal> {
    await tx.q
      .updateTable('learners')
      .set({ last_inbound_at: null })
      .where('id', '=', row.learner_id)
      // They may have written since this message was sent: that window is open.
      .where('last_inbound_at', '<=', row.sending_at ?? now())
      .execute();
    const { whole, teaser } = outgoingOf(tx, row);
    const hasTemplate = whole !== null || teaser !== null;
    return row.form === 'free' && (hasTemplate || row.kind === 'feedback')
      ? again(tx, row, failure, from, now())
      : fail(tx, row, failure, from);
  }

  async function again(
    tx: Writer,
    row: MessagesTable,
    failure: Failure,
    from: readonly MessageState[],
    at: number,
  ): Promise<AfterRefusal> {
    const moved = await move(tx, row, from, 'planned', failure);
    if (!moved) return { kind: 'over' };
    await notShown(tx, row);
    return { kind: 'again', at };
  }

  async function fail(
    tx: Writer,
    row: MessagesTable,
    failure: Failure,
    from: readonly MessageState[],
  ): Promise<AfterRefusal> {
    if (await move(tx, row, from, 'failed', failure)) {
      await notShown(tx, row);
      const { id: messageId, learner_id: learnerId, kind } = row;
      const reason = failure.sentence;
      tx.afterCommit(() => events.messageSettled({ messageId, learnerId, kind, outcome: 'failed', reason }));
    }
    return { kind: 'over' };
  }

  async function move(
    tx: Writer,
    row: MessagesTable,
    from: readonly MessageState[],
    state: 'planned' | 'failed',
    failure: Failure,
  ): Promise<boolean> {
    const result = await tx.q
      .updateTable('messages')
      .set({
        state,
        reason: failure.sentence,
        failure_code: failure.code,
        settled_at: state === 'failed' ? now() : null,
      })
      .where('id', '=', row.id)
      .where('state', 'in', from)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }
}

/** The text did not reach anybody's eyes after all. */
async function notShown(tx: Writer, row: MessagesTable): Promise<void> {
  if (row.asked_id === null || row.kind !== 'question' || row.form === 'teaser') return;
  await tx.q.updateTable('asked_questions').set({ shown_at: null }).where('id', '=', row.asked_id).execute();
}
