import { hear } from '../../interview/conversation.ts';
import { localDate } from '../../interview/day.ts';
import type { MessageState } from '../../interview/message-state.ts';
import { UNREACHABLE_AFTER_DAYS } from '../../interview/reachability.ts';
import type { Service } from '../../interview/scene.ts';
import type { Bank } from '../bank.ts';
import type { Failure } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import { backoffMs } from '../queue/backoff.ts';
import { recipientOf } from '../store/addresses.ts';
import type { CommitTurn } from '../store/commit-turn.ts';
import { holdMessage } from '../store/held-messages.ts';
import { findLearner } from '../store/learners.ts';
import { outgoingOf, suppressWaiting } from '../store/messages.ts';
import { sceneOf } from '../store/scene-of.ts';
import { openStoppage, waitingFor } from '../store/stoppages.ts';
import type { Writer } from '../store/store.ts';
import type { MessagesTable, StoppageScope } from '../store/tables.ts';
import { raiseTrouble } from '../store/troubles.ts';
import { recordUndeliverable } from '../store/undeliverable-days.ts';
import { countryOf } from './country-of.ts';
import type { SendingPace } from './pace.ts';

const SECONDS = 1000;
const MINUTES = 60 * SECONDS;
const HOURS = 60 * MINUTES;

/** A passing fault that lasts this long is no longer passing. */
const GIVE_UP_AFTER_MS = 6 * HOURS;
/** What Meta withholds from a person is not offered again for a day. */
const WITHHELD_MS = 24 * HOURS;
/** Our own mistakes stand on the operator's page for so long. */
const FAULT_SHOWN_MS = 24 * HOURS;
const LONGEST_SLOWING_MS = 5 * MINUTES;

/** Where the refusal was seen: Meta may give any code in the answer to the call or later in a status. */
export type SeenIn = 'answer' | 'status';

/**
 * `again`: planned once more for that instant. `held`: it waits without a job until somebody lets it go.
 * `over`: it has failed, or went out after all.
 */
export type AfterRefusal =
  | { readonly kind: 'again'; readonly at: number }
  | { readonly kind: 'held' }
  | { readonly kind: 'over' };

type RefusalOf = { row: MessagesTable; failure: Failure; from: readonly MessageState[]; seenIn: SeenIn };

/**
 * What becomes of a message that was refused. `from` are the states in which the refusal still means something: a
 * delivery that was reported meanwhile counts for more.
 */
export function createAfterRefusal(it: {
  events: Events;
  commitTurn: CommitTurn;
  bank: Bank;
  service: Service;
  pace: SendingPace;
  now: () => number;
  luck: () => number;
}): (tx: Writer, refused: RefusalOf) => Promise<AfterRefusal> {
  const { events, commitTurn, bank, service, pace, now, luck } = it;

  return async (tx, refused) => {
    const { row, failure } = refused;
    switch (failure.class) {
      case 'retry':
        return triedEnough(row, failure) ? giveUp(tx, refused) : again(tx, refused, soon(row));
      case 'pace':
        return slowDown(tx, refused);
      case 'template':
        return asTemplate(tx, refused);
      case 'user':
        if (await fail(tx, refused)) await countUndeliverable(tx, row, failure);
        return OVER;
      case 'opt-out':
        if (await fail(tx, refused)) await takeAsStop(tx, row);
        return OVER;
      case 'wait':
        if (await fail(tx, refused)) {
          await tx.q
            .updateTable('learners')
            .set({ withheld_until: now() + WITHHELD_MS })
            .where('id', '=', row.learner_id)
            .execute();
        }
        return OVER;
      case 'operator':
        return standStill(tx, refused);
      case 'bug':
        return giveUp(tx, refused);
      default: {
        const impossible: never = failure.class;
        throw new Error(`Unknown class of failure: ${String(impossible)}`);
      }
    }
  };

  function triedEnough(row: MessagesTable, { mostTries }: Failure): boolean {
    const worn = mostTries !== null && row.attempts >= mostTries;
    return worn || now() - row.planned_at >= GIVE_UP_AFTER_MS;
  }

  function soon(row: MessagesTable): number {
    return now() + backoffMs(row.attempts, luck());
  }

  /** Too fast for the number, or for this one person: then nobody else waits. */
  async function slowDown(tx: Writer, refused: RefusalOf): Promise<AfterRefusal> {
    const { row, failure } = refused;
    if (triedEnough(row, failure)) return giveUp(tx, refused);
    if (failure.reach !== 'learner') {
      tx.afterCommit(() => pace.slowDown());
      return again(tx, refused, soon(row));
    }
    // 4, 16, 64 seconds, as Meta asks, a little later each so that they do not come in step.
    const pauseMs = Math.min(LONGEST_SLOWING_MS, SECONDS * 4 ** Math.min(row.attempts, 5));
    const at = Math.round(now() + pauseMs * (1 + luck() / 4));
    await tx.q.updateTable('learners').set({ slowed_until: at }).where('id', '=', row.learner_id).execute();
    return again(tx, refused, at);
  }

  /** Meta says the window is closed, and Meta decides: a template from here on, until the learner writes again. */
  async function asTemplate(tx: Writer, refused: RefusalOf): Promise<AfterRefusal> {
    const { row } = refused;
    await tx.q
      .updateTable('learners')
      .set({ last_inbound_at: null })
      .where('id', '=', row.learner_id)
      // They may have written since this message was sent: that window is open.
      .where('last_inbound_at', '<=', row.sending_at ?? now())
      .execute();
    const { whole, teaser } = outgoingOf(tx, row);
    const hasTemplate = whole !== null || teaser !== null;
    if (row.form === 'free' && (hasTemplate || row.kind === 'feedback')) return again(tx, refused, now());
    await fail(tx, refused);
    return OVER;
  }

  async function countUndeliverable(tx: Writer, row: MessagesTable, failure: Failure): Promise<void> {
    const learner = await findLearner(tx, row.learner_id);
    if (learner === null) return;
    const days = await recordUndeliverable(tx, learner.id, localDate(now(), learner.zone));
    if (days < UNREACHABLE_AFTER_DAYS || learner.state !== 'active' || learner.unreachableSince !== null)
      return;
    await tx.q
      .updateTable('learners')
      .set({ unreachable_since: now(), next_ask_at: null })
      .where('id', '=', learner.id)
      .execute();
    const reason = `nothing reached the learner on ${days} different days`;
    await suppressWaiting(tx, { learnerId: learner.id, reason, now: now() });
    const { code, sentence } = failure;
    tx.afterCommit(() => events.learnerUnreachable({ learnerId: learner.id, code, reason: sentence }));
  }

  /** The learner turned our messages off in WhatsApp itself: the switch means what STOP means. */
  async function takeAsStop(tx: Writer, row: MessagesTable): Promise<void> {
    const scene = await sceneOf(tx, {
      learnerId: row.learner_id,
      now: now(),
      service,
      bank,
      heardNow: null,
    });
    if (scene === null) return;
    await commitTurn(tx, scene, hear(scene, { kind: 'marketing-preference', wanted: false }), null);
  }

  /** Only an operator can mend it. Whatever would meet the same refusal waits; it is not lost. */
  async function standStill(tx: Writer, refused: RefusalOf): Promise<AfterRefusal> {
    const { row, failure, seenIn } = refused;
    const scope = await scopeOf(tx, row, failure);
    if (scope === null) return giveUp(tx, refused);
    await openStoppage(tx, { scope, failure, seenIn, messageId: row.id, events, now: now() });
    // Another template may still do, so it is looked at again at once.
    if (scope.startsWith('template:')) return again(tx, refused, now());
    if (!(await move(tx, refused, 'planned'))) return OVER;
    await notShown(tx, row);
    const heldFor = waitingFor(scope);
    await holdMessage(tx, {
      row: { ...row, state: 'planned' },
      heldFor,
      reason: failure.sentence,
      expiresAt: null,
    });
    return { kind: 'held' };
  }

  /** Trying again would not help, and somebody must look: the message is kept as failed, with its reason. */
  async function giveUp(tx: Writer, refused: RefusalOf): Promise<AfterRefusal> {
    const { failure } = refused;
    if (!(await fail(tx, refused))) return OVER;
    const cause = `refusal:${failure.code ?? failure.sentence}`;
    const { sentence, detail } = failure;
    const about = failure.class === 'bug' ? 'a fault of ours' : 'sending';
    const trouble = { cause, about, sentence, detail, endsAt: now() + FAULT_SHOWN_MS };
    await raiseTrouble(tx, events, trouble, now());
    return OVER;
  }

  async function again(tx: Writer, refused: RefusalOf, at: number): Promise<AfterRefusal> {
    if (!(await move(tx, refused, 'planned'))) return OVER;
    await notShown(tx, refused.row);
    return { kind: 'again', at };
  }

  /** False when it went out after all. */
  async function fail(tx: Writer, refused: RefusalOf): Promise<boolean> {
    const { row, failure } = refused;
    if (!(await move(tx, refused, 'failed'))) return false;
    await notShown(tx, row);
    const { id: messageId, learner_id: learnerId, kind } = row;
    const reason = failure.sentence;
    tx.afterCommit(() => events.messageSettled({ messageId, learnerId, kind, outcome: 'failed', reason }));
    return true;
  }

  async function move(tx: Writer, refused: RefusalOf, state: 'planned' | 'failed'): Promise<boolean> {
    const { row, failure, from } = refused;
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

const OVER: AfterRefusal = { kind: 'over' };

/** What stands still with this message; null when it is only this message, or only this learner. */
async function scopeOf(tx: Writer, row: MessagesTable, failure: Failure): Promise<StoppageScope | null> {
  switch (failure.reach) {
    case 'everything':
    case 'templates':
      return failure.reach;
    case 'template':
      return row.template === null ? 'templates' : `template:${row.template}`;
    case 'country': {
      const recipient = await recipientOf(tx, row.learner_id);
      const country = recipient === null ? null : countryOf(recipient);
      return country === null ? null : `country:${country}`;
    }
    case 'learner':
    case 'message':
      return null;
    default: {
      const impossible: never = failure.reach;
      throw new Error(`Unknown reach of a failure: ${String(impossible)}`);
    }
  }
}

/** The text did not reach anybody's eyes after all. */
async function notShown(tx: Writer, row: MessagesTable): Promise<void> {
  if (row.asked_id === null || row.kind !== 'question' || row.form === 'teaser') return;
  await tx.q.updateTable('asked_questions').set({ shown_at: null }).where('id', '=', row.asked_id).execute();
}
