import type { Channel, ChannelMessage, Failure, Recipient, SendOutcome } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { JobPayloads } from '../jobs.ts';
import { backoffMs } from '../queue/backoff.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { addAddresses, recipientOf } from '../store/addresses.ts';
import { findLearner } from '../store/learners.ts';
import { outgoingOf } from '../store/messages.ts';
import type { Store, Writer } from '../store/store.ts';
import type { MessagesTable } from '../store/tables.ts';
import { chooseForm } from './choose-form.ts';

const MINUTES = 60 * 1000;
const HOURS = 60 * MINUTES;

/** A passing fault that lasts this long is no longer passing. */
const GIVE_UP_AFTER_MS = 6 * HOURS;
/** How soon to look again for a trouble that a person must mend: token, payment, templates. */
const OPERATOR_RETRY_MS = 5 * MINUTES;
/** A message whose sending stayed in doubt is tried a second time, never a third. */
const MOST_DOUBTFUL_ATTEMPTS = 2;

/**
 * Sends one message, in the form that is right as of now. `sending` is committed before the call: whatever happens
 * to the process afterwards, we know that the message may have gone out, and wait for its status before we dare again.
 */
export function createSendMessage(it: {
  store: Store;
  channel: Channel;
  events: Events;
  now: () => number;
  luck: () => number;
  graceMs: number;
}): (job: JobPayloads['send-message']) => Promise<JobOutcome> {
  const { store, channel, events, now, luck, graceMs } = it;
  // While we were down no status could reach us: the grace time runs only while we listen.
  const listeningSince = now();

  return async ({ messageId }) => {
    const step = await store.transact((tx) => prepare(tx, messageId));
    switch (step.kind) {
      case 'nothing':
        return done;
      case 'wait':
        return { kind: 'snooze', until: step.until };
      case 'send': {
        const outcome = await channel.send(step.recipient, step.message, {
          callbackData: messageId,
          quoting: null,
        });
        return store.transact((tx) => record(tx, step, outcome));
      }
      default: {
        const impossible: never = step;
        throw new Error(`Unknown step: ${JSON.stringify(impossible)}`);
      }
    }
  };

  async function prepare(tx: Writer, messageId: string): Promise<Step> {
    const row = await tx.q.selectFrom('messages').selectAll().where('id', '=', messageId).executeTakeFirst();
    if (row === undefined || (row.state !== 'planned' && row.state !== 'sending')) return { kind: 'nothing' };
    const learner = await findLearner(tx, row.learner_id);
    const recipient = await recipientOf(tx, row.learner_id);
    if (learner === null || recipient === null)
      return settle(tx, row, 'suppressed', 'the learner has no address left');

    if (row.state === 'sending') {
      const doubtEndsAt = Math.max(row.sending_at ?? 0, listeningSince) + graceMs;
      if (now() < doubtEndsAt) return { kind: 'wait', until: doubtEndsAt };
      if (row.attempts >= MOST_DOUBTFUL_ATTEMPTS) {
        return settle(
          tx,
          row,
          'failed',
          'sent twice without an answer or a status: given up rather than sent again',
        );
      }
      if (learner.state === 'stopped') return settle(tx, row, 'suppressed', 'the learner said STOP');
    }
    if (row.expires_at !== null && row.expires_at <= now())
      return settle(tx, row, 'expired', 'its day is over');

    const chosen = await chooseForm(tx, {
      outgoing: outgoingOf(tx, row),
      lastInboundAt: learner.lastInboundAt,
      now: now(),
    });
    if (chosen.form === 'held') {
      if (chosen.forGood) return settle(tx, row, 'suppressed', chosen.reason);
      await tx.q
        .updateTable('messages')
        .set({ state: 'planned', reason: chosen.reason })
        .where('id', '=', row.id)
        .execute();
      tx.afterCommit(() =>
        events.operatorNeeded({ about: 'templates', sentence: `A message waits: ${chosen.reason}.` }),
      );
      return { kind: 'wait', until: now() + OPERATOR_RETRY_MS };
    }
    await tx.q
      .updateTable('messages')
      .set({
        state: 'sending',
        sending_at: now(),
        attempts: row.attempts + 1,
        form: chosen.form,
        reason: null,
      })
      .where('id', '=', row.id)
      .execute();
    if (row.asked_id !== null && row.kind === 'question' && chosen.form !== 'teaser') {
      await tx.q.updateTable('asked_questions').set({ shown: 1 }).where('id', '=', row.asked_id).execute();
    }
    return { kind: 'send', row, recipient, message: chosen.message };
  }

  async function record(tx: Writer, { row }: SendStep, outcome: SendOutcome): Promise<JobOutcome> {
    switch (outcome.kind) {
      case 'accepted': {
        await addAddresses(tx, {
          learnerId: row.learner_id,
          addresses: [
            ...(outcome.waId === null ? [] : [{ kind: 'wa_id' as const, value: outcome.waId }]),
            ...(outcome.bsuid === null ? [] : [{ kind: 'bsuid' as const, value: outcome.bsuid }]),
          ],
          now: now(),
        });
        await tx.q
          .updateTable('messages')
          .set({ channel_id: outcome.channelId })
          .where('id', '=', row.id)
          .execute();
        // A status may have overtaken this answer; then the message is further up already.
        await tx.q
          .updateTable('messages')
          .set({ state: 'accepted' })
          .where('id', '=', row.id)
          .where('state', '=', 'sending')
          .execute();
        tx.afterCommit(() => tell(row, 'accepted', null));
        return done;
      }
      case 'unknown':
        await tx.q.updateTable('messages').set({ reason: outcome.why }).where('id', '=', row.id).execute();
        return { kind: 'snooze', until: now() + graceMs };
      case 'refused':
        return refused(tx, row, outcome.failure);
      default: {
        const impossible: never = outcome;
        throw new Error(`Unknown outcome of a send: ${JSON.stringify(impossible)}`);
      }
    }
  }

  async function refused(tx: Writer, row: Row, failure: Failure): Promise<JobOutcome> {
    switch (failure.class) {
      case 'retry':
      case 'pace': {
        if (now() - row.planned_at >= GIVE_UP_AFTER_MS) return fail(tx, row, failure);
        await backToPlanned(tx, row, failure);
        return { kind: 'snooze', until: now() + backoffMs(row.attempts + 1, luck()) };
      }
      case 'template': {
        // Meta says the window is closed, and Meta decides: from here on a template, until the learner writes again.
        await tx.q
          .updateTable('learners')
          .set({ last_inbound_at: null })
          .where('id', '=', row.learner_id)
          .execute();
        const { whole, teaser } = outgoingOf(tx, row);
        if (whole === null && teaser === null) return fail(tx, row, failure);
        await backToPlanned(tx, row, failure);
        return { kind: 'snooze', until: now() };
      }
      case 'operator':
        await backToPlanned(tx, row, failure);
        tx.afterCommit(() => events.operatorNeeded({ about: 'sending', sentence: failure.sentence }));
        return { kind: 'snooze', until: now() + OPERATOR_RETRY_MS };
      case 'user':
      case 'wait':
        return fail(tx, row, failure);
      case 'bug':
        tx.afterCommit(() => events.operatorNeeded({ about: 'a fault of ours', sentence: failure.sentence }));
        return fail(tx, row, failure);
      default: {
        const impossible: never = failure.class;
        throw new Error(`Unknown class of failure: ${String(impossible)}`);
      }
    }
  }

  /** Only from `sending`: STOP may have come between, or a status that says it went out after all. */
  async function backToPlanned(tx: Writer, row: Row, failure: Failure): Promise<void> {
    const learner = await findLearner(tx, row.learner_id);
    const silenced = learner?.state === 'stopped' && row.kind !== 'reply';
    await tx.q
      .updateTable('messages')
      .set({
        state: silenced ? 'suppressed' : 'planned',
        reason: silenced ? 'the learner said STOP' : failure.sentence,
        failure_code: failure.code,
      })
      .where('id', '=', row.id)
      .where('state', '=', 'sending')
      .execute();
  }

  async function fail(tx: Writer, row: Row, failure: Failure): Promise<JobOutcome> {
    await tx.q
      .updateTable('messages')
      .set({ state: 'failed', reason: failure.sentence, failure_code: failure.code, settled_at: now() })
      .where('id', '=', row.id)
      .where('state', '=', 'sending')
      .execute();
    tx.afterCommit(() => tell(row, 'failed', failure.sentence));
    return done;
  }

  async function settle(
    tx: Writer,
    row: Row,
    state: 'suppressed' | 'expired' | 'failed',
    reason: string,
  ): Promise<Step> {
    await tx.q
      .updateTable('messages')
      .set({ state, reason, settled_at: now() })
      .where('id', '=', row.id)
      .execute();
    tx.afterCommit(() => tell(row, state, reason));
    return { kind: 'nothing' };
  }

  function tell(row: Row, outcome: string, reason: string | null): void {
    events.messageSettled({ messageId: row.id, learnerId: row.learner_id, kind: row.kind, outcome, reason });
  }
}

type Row = MessagesTable;
type SendStep = {
  readonly kind: 'send';
  readonly row: Row;
  readonly recipient: Recipient;
  readonly message: ChannelMessage;
};
type Step = { readonly kind: 'nothing' } | { readonly kind: 'wait'; readonly until: number } | SendStep;
