import type { Learner } from '../../interview/learner.ts';
import type { Channel, ChannelMessage, Recipient, SendOutcome } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { JobPayloads, LeaveJob } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { recipientOf } from '../store/addresses.ts';
import { identify } from '../store/identify.ts';
import { findLearner } from '../store/learners.ts';
import { outgoingOf } from '../store/messages.ts';
import type { Store, Writer } from '../store/store.ts';
import type { MessagesTable } from '../store/tables.ts';
import { createAfterRefusal, OPERATOR_RETRY_MS } from './after-refusal.ts';
import { chooseForm } from './choose-form.ts';

const MINUTES = 60 * 1000;
const DAYS = 24 * 60 * MINUTES;

/** A message whose sending stayed in doubt is tried a second time, never a third. */
const MOST_DOUBTS = 1;
/** Feedback that was ready too late for the window waits for the learner to write again, for so long. */
const FEEDBACK_WAITS_MS = 7 * DAYS;
const LOOK_AGAIN_MS = 15 * MINUTES;

/**
 * Sends one message, in the form that is right as of now. `sending` is committed before the call: whatever happens
 * to the process afterwards, we know that the message may have gone out, and wait for its status before we dare again.
 */
export function createSendMessage(it: {
  store: Store;
  leave: LeaveJob;
  channel: Channel;
  events: Events;
  now: () => number;
  luck: () => number;
  graceMs: number;
}): (job: JobPayloads['send-message']) => Promise<JobOutcome> {
  const { store, leave, channel, events, now, graceMs } = it;
  const afterRefusal = createAfterRefusal(it);
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
    const inDoubt = row.state === 'sending';
    if (inDoubt) {
      const doubtEndsAt = Math.max(row.sending_at ?? 0, listeningSince) + graceMs;
      if (now() < doubtEndsAt) return { kind: 'wait', until: doubtEndsAt };
      if (row.doubts >= MOST_DOUBTS) {
        return settle(tx, row, 'failed', 'twice neither an answer nor a status: given up, not sent again');
      }
    }
    const learner = await findLearner(tx, row.learner_id);
    const recipient = await recipientOf(tx, row.learner_id);
    if (learner === null || recipient === null) {
      return settle(tx, row, 'suppressed', 'the learner has no address left');
    }
    if (isSilenced(row, learner)) return settle(tx, row, 'suppressed', 'the learner said STOP');
    if (row.expires_at !== null && row.expires_at <= now()) {
      return settle(tx, row, 'expired', 'its day is over');
    }
    const outgoing = outgoingOf(tx, row);
    if (outgoing.teaser !== null && (await newerWasAsked(tx, row))) {
      return settle(tx, row, 'suppressed', 'a newer question came');
    }

    const chosen = await chooseForm(tx, { outgoing, lastInboundAt: learner.lastInboundAt, now: now() });
    if (chosen.form === 'held') return hold(tx, row, chosen);
    await tx.q
      .updateTable('messages')
      .set({
        state: 'sending',
        sending_at: now(),
        attempts: row.attempts + 1,
        doubts: row.doubts + (inDoubt ? 1 : 0),
        form: chosen.form,
        reason: null,
      })
      .where('id', '=', row.id)
      .execute();
    if (row.asked_id !== null && row.kind === 'question' && chosen.form !== 'teaser') {
      await tx.q
        .updateTable('asked_questions')
        .set({ shown_at: now() })
        .where('id', '=', row.asked_id)
        .execute();
    }
    const sent = { ...row, form: chosen.form, sending_at: now(), attempts: row.attempts + 1 };
    return { kind: 'send', row: sent, recipient, message: chosen.message };
  }

  async function hold(tx: Writer, row: Row, held: { reason: string; forGood: boolean }): Promise<Step> {
    if (held.forGood && (row.kind !== 'feedback' || now() - row.planned_at > FEEDBACK_WAITS_MS)) {
      return settle(tx, row, 'suppressed', held.reason);
    }
    await tx.q
      .updateTable('messages')
      .set({ state: 'planned', reason: held.reason })
      .where('id', '=', row.id)
      .execute();
    if (held.forGood) return { kind: 'wait', until: now() + LOOK_AGAIN_MS };
    const sentence = `A message waits: ${held.reason}.`;
    tx.afterCommit(() => events.operatorNeeded({ about: 'templates', sentence, detail: null }));
    return { kind: 'wait', until: now() + OPERATOR_RETRY_MS };
  }

  async function record(tx: Writer, step: SendStep, outcome: SendOutcome): Promise<JobOutcome> {
    const { row } = step;
    switch (outcome.kind) {
      case 'accepted': {
        await learnAddresses(tx, step, outcome);
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
      case 'refused': {
        const next = await afterRefusal(tx, row, outcome.failure, ['sending']);
        return next.kind === 'again' ? { kind: 'snooze', until: next.at } : done;
      }
      default: {
        const impossible: never = outcome;
        throw new Error(`Unknown outcome of a send: ${JSON.stringify(impossible)}`);
      }
    }
  }

  /** Not when the person has moved meanwhile: the old number may soon be somebody else's. */
  async function learnAddresses(
    tx: Writer,
    { row, recipient }: SendStep,
    accepted: Extract<SendOutcome, { kind: 'accepted' }>,
  ): Promise<void> {
    const recipientNow = await recipientOf(tx, row.learner_id);
    if (recipientNow?.phone !== recipient.phone || recipientNow.bsuid !== recipient.bsuid) return;
    const phone = recipient.phone ?? accepted.waId;
    const shown = {
      phone,
      waId: accepted.waId === phone ? null : accepted.waId,
      bsuid: accepted.bsuid ?? (recipient.phone === null ? recipient.bsuid : null),
    };
    await identify(tx, { shown, at: now(), mayTake: true, now: now(), leave, events });
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
    events.messageSettled({
      messageId: row.id,
      learnerId: row.learner_id,
      kind: row.kind,
      outcome,
      reason,
    });
  }
}

/** After STOP only the goodbye goes out, and what the learner asked for since (HELP). */
function isSilenced(row: Row, { state, stoppedAt }: Learner): boolean {
  if (state !== 'stopped' || row.kind === 'goodbye') return false;
  return row.kind !== 'reply' || row.planned_at < (stoppedAt ?? 0);
}

async function newerWasAsked(tx: Writer, row: Row): Promise<boolean> {
  const newer = await tx.q
    .selectFrom('asked_questions as newer')
    .innerJoin('asked_questions as this', 'this.learner_id', 'newer.learner_id')
    .select('newer.id')
    .where('this.id', '=', row.asked_id ?? '')
    .whereRef('newer.asked_at', '>', 'this.asked_at')
    .executeTakeFirst();
  return newer !== undefined;
}

type Row = MessagesTable;
type SendStep = {
  readonly kind: 'send';
  readonly row: Row;
  readonly recipient: Recipient;
  readonly message: ChannelMessage;
};
type Step = { readonly kind: 'nothing' } | { readonly kind: 'wait'; readonly until: number } | SendStep;
