import type { Learner } from '../../interview/learner.ts';
import type { Service } from '../../interview/scene.ts';
import type { Bank } from '../bank.ts';
import type { Channel, ChannelMessage, Recipient, SendOutcome } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { JobPayloads, LeaveJob } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { recipientOf } from '../store/addresses.ts';
import type { CommitTurn } from '../store/commit-turn.ts';
import { holdMessage } from '../store/held-messages.ts';
import { identify } from '../store/identify.ts';
import { recordContact, startWaiting } from '../store/initiated-contacts.ts';
import { learnerFrom } from '../store/learners.ts';
import { lockLearner, lockMessage } from '../store/lock-learner.ts';
import { outgoingOf, sentTo } from '../store/messages.ts';
import { claimProbe, openStoppages, probeSucceeded, waitingFor } from '../store/stoppages.ts';
import type { Store, Writer } from '../store/store.ts';
import type { HeldFor, LearnersTable, MessagesTable, StoppageScope } from '../store/tables.ts';
import type { Admission } from './admission.ts';
import { createAfterRefusal } from './after-refusal.ts';
import { type ChosenForm, chooseForm } from './choose-form.ts';
import { countryOf } from './country-of.ts';
import { expiredReason } from './expire-waiting.ts';
import type { SendingPace } from './pace.ts';
import { nextToOnePerson, PAIR_MEMORY_MS } from './pair-pace.ts';

const DAYS = 24 * 60 * 60 * 1000;

/** A message whose sending stayed in doubt is tried a second time, never a third. */
const MOST_DOUBTS = 1;
/** Feedback that was ready too late for the window waits for the learner to write again, for so long. */
const FEEDBACK_WAITS_MS = 7 * DAYS;

/**
 * Sends one message, in the form that is right as of now. `sending` is committed before the call: whatever happens
 * to the process afterwards, we know that the message may have gone out, and wait for its status before we dare again.
 */
export function createSendMessage(it: {
  store: Store;
  channel: Channel;
  leave: LeaveJob;
  commitTurn: CommitTurn;
  bank: Bank;
  service: Service;
  admission: Admission;
  pace: SendingPace;
  events: Events;
  now: () => number;
  luck: () => number;
  graceMs: number;
  /** Statuses that were turned away while the database was away may come until then. */
  statusesHeldBackUntil: () => number;
}): (job: JobPayloads['send-message']) => Promise<JobOutcome> {
  const { store, channel, leave, admission, events, now, graceMs, statusesHeldBackUntil } = it;
  const afterRefusal = createAfterRefusal(it);
  const startedAt = now();

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
    const row = await lockMessage(tx, messageId);
    if (row === undefined || (row.state !== 'planned' && row.state !== 'sending')) return NOTHING;
    const inDoubt = row.state === 'sending';
    if (inDoubt) {
      const doubtEndsAt = Math.max(row.sending_at ?? 0, listeningSince()) + graceMs;
      if (now() < doubtEndsAt) return { kind: 'wait', until: doubtEndsAt };
    }
    if (row.doubts + (inDoubt ? 1 : 0) > MOST_DOUBTS) {
      return settle(tx, row, 'failed', 'twice neither an answer nor a status: given up, not sent again');
    }
    const person = await tx.q
      .selectFrom('learners')
      .selectAll()
      .where('id', '=', row.learner_id)
      .executeTakeFirst();
    const recipient = await recipientOf(tx, row.learner_id);
    if (person === undefined || recipient === null) {
      return settle(tx, row, 'suppressed', 'the learner has no address left');
    }
    const unwanted = await whyUnwanted(tx, row, learnerFrom(tx, person));
    if (unwanted !== null) return settle(tx, row, unwanted.state, unwanted.reason);

    const quietUntil = await quietTowards(tx, row, person);
    if (quietUntil > now()) return { kind: 'wait', until: quietUntil };
    const country = countryOf(recipient);
    const stoppages = await openStoppages(tx);
    const chosen = await chooseForm(tx, {
      outgoing: outgoingOf(tx, row),
      lastInboundAt: person.last_inbound_at,
      country,
      stoppages,
      now: now(),
    });
    if (chosen.form === 'held') return hold(tx, row, chosen);
    const met = stoppages.filter(({ scope }) => scopesOf(chosen, country).includes(scope));
    const inTheWay = met.find((stoppage) => now() < stoppage.probe_at);
    if (inTheWay !== undefined) {
      return hold(tx, row, { heldFor: waitingFor(inTheWay.scope), reason: inTheWay.sentence });
    }
    if (chosen.form !== 'free') {
      const withheldUntil = person.withheld_until ?? 0;
      if (withheldUntil > now()) return { kind: 'wait', until: withheldUntil };
      if (!(await admission.mayWriteTo(tx, person.id))) {
        await startWaiting(tx, person.id, now());
        return hold(tx, row, { heldFor: 'daily-limit', reason: NO_PLACE });
      }
      await recordContact(tx, person.id, now());
    }
    for (const stoppage of met) await claimProbe(tx, { stoppage, messageId, now: now() });
    return { kind: 'send', row: await begin(tx, row, chosen), recipient, message: chosen.message };
  }

  async function whyUnwanted(
    tx: Writer,
    row: Row,
    learner: Learner,
  ): Promise<{ state: 'suppressed' | 'expired'; reason: string } | null> {
    if (isSilenced(row, learner)) return { state: 'suppressed', reason: 'the learner said STOP' };
    if (row.expires_at !== null && row.expires_at <= now())
      return { state: 'expired', reason: expiredReason(row.reason) };
    const bringsQuestion = row.kind === 'question' && outgoingOf(tx, row).teaser !== null;
    return bringsQuestion && (await newerWasAsked(tx, row))
      ? { state: 'suppressed', reason: 'a newer question came' }
      : null;
  }

  /** While we or the database were down no status could reach us: the grace time runs only while we listen. */
  function listeningSince(): number {
    return Math.max(startedAt, statusesHeldBackUntil());
  }

  /** Until when nothing goes to this one person. The goodbye does not wait for our own pace: STOP is confirmed at once. */
  async function quietTowards(tx: Writer, row: Row, person: LearnersTable): Promise<number> {
    const asked = person.slowed_until ?? 0;
    if (asked > now() || row.kind === 'goodbye') return asked;
    return nextToOnePerson(await sentTo(tx, person.id, now() - PAIR_MEMORY_MS), now());
  }

  async function begin(tx: Writer, row: Row, chosen: Sendable): Promise<Row> {
    const change = {
      state: 'sending',
      sending_at: now(),
      attempts: row.attempts + 1,
      doubts: row.doubts + (row.state === 'sending' ? 1 : 0),
      form: chosen.form,
      template: chosen.template,
      reason: null,
      held_for: null,
    } as const;
    await tx.q.updateTable('messages').set(change).where('id', '=', row.id).execute();
    if (row.asked_id !== null && row.kind === 'question' && chosen.form !== 'teaser') {
      await tx.q
        .updateTable('asked_questions')
        .set({ shown_at: now() })
        .where('id', '=', row.asked_id)
        .execute();
    }
    return { ...row, ...change };
  }

  /** What only the learner's next message could bring out is given up, unless it is the feedback they wait for. */
  async function hold(tx: Writer, row: Row, held: { heldFor: HeldFor; reason: string }): Promise<Step> {
    const { heldFor, reason } = held;
    if (heldFor === 'window' && row.kind !== 'feedback') return settle(tx, row, 'suppressed', reason);
    const expiresAt = row.kind === 'feedback' ? row.planned_at + FEEDBACK_WAITS_MS : null;
    await holdMessage(tx, { row, heldFor, reason, expiresAt });
    tx.afterCommit(() => tell(row, 'held', reason));
    return NOTHING;
  }

  async function record(tx: Writer, step: SendStep, outcome: SendOutcome): Promise<JobOutcome> {
    const { row } = step;
    await lockLearner(tx, row.learner_id);
    switch (outcome.kind) {
      case 'accepted':
        await learnAddresses(tx, step, outcome);
        await recordAcceptance(tx, row, outcome.channelId);
        await probeSucceeded(tx, { messageId: row.id, seenIn: 'answer', leave });
        tx.afterCommit(() => tell(row, 'accepted', null));
        return done;
      case 'unknown':
        await tx.q.updateTable('messages').set({ reason: outcome.why }).where('id', '=', row.id).execute();
        return { kind: 'snooze', until: now() + graceMs };
      case 'refused': {
        const { failure } = outcome;
        const next = await afterRefusal(tx, { row, failure, from: ['sending'], seenIn: 'answer' });
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
      .set({ state, reason, held_for: null, settled_at: now() })
      .where('id', '=', row.id)
      .execute();
    tx.afterCommit(() => tell(row, state, reason));
    return NOTHING;
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

/**
 * A status may have overtaken this answer. One that has reported this very sending as failed has planned it again, or
 * given it up: that stands. One about an earlier sending of the same message says nothing about this one.
 */
async function recordAcceptance(tx: Writer, row: Row, channelId: string): Promise<void> {
  const current = await tx.q
    .selectFrom('messages')
    .select(['state', 'channel_id'])
    .where('id', '=', row.id)
    .executeTakeFirst();
  if (current === undefined) return;
  const failedAlready = current.channel_id === channelId;
  const takesOver =
    current.state === 'sending' ||
    (!failedAlready && (current.state === 'planned' || current.state === 'failed'));
  await tx.q
    .updateTable('messages')
    .set({
      channel_id: channelId,
      ...(takesOver ? { state: 'accepted', held_for: null, reason: null, settled_at: null } : {}),
    })
    .where('id', '=', row.id)
    .execute();
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

/** Where this message would meet a standstill. */
function scopesOf(chosen: Sendable, country: string | null): readonly StoppageScope[] {
  return [
    'everything',
    ...(country === null ? [] : [`country:${country}` as const]),
    ...(chosen.template === null ? [] : ['templates' as const, `template:${chosen.template}` as const]),
  ];
}

const NO_PLACE =
  'as many people as Meta allows in a day were written to: this one waits in line for the next free place';
const NOTHING = { kind: 'nothing' } as const;

type Row = MessagesTable;
type Sendable = Exclude<ChosenForm, { form: 'held' }>;
type SendStep = {
  readonly kind: 'send';
  readonly row: Row;
  readonly recipient: Recipient;
  readonly message: ChannelMessage;
};
type Step = { readonly kind: 'nothing' } | { readonly kind: 'wait'; readonly until: number } | SendStep;
