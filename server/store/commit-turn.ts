import type { ConceptVerdict } from '../../interview/rubric.ts';
import type { Scene } from '../../interview/scene.ts';
import type { Asking, Effect, Turn } from '../../interview/turn.ts';
import type { Events } from '../events.ts';
import type { LeaveJob } from '../jobs.ts';
import { forgetAskedBefore } from './asked-questions.ts';
import { lastConsent, recordConsent } from './consents.ts';
import { preferenceColumns } from './learners.ts';
import { planMessage, suppressWaiting } from './messages.ts';
import { dropRegistrations, settleRegistration } from './registrations.ts';
import { KEEP_WORDS_MS } from './retention.ts';
import { newId, type Writer } from './store.ts';

const MINUTES = 60 * 1000;

/** Long enough for the goodbye to be sent; then the number is gone. */
const ERASE_AFTER_MS = 2 * MINUTES;

export type CommitTurn = (tx: Writer, scene: Scene, turn: Turn, heard: HeardRow | null) => Promise<void>;

/** The inbox row that the turn answers. */
export type HeardRow = { readonly id: string; readonly channelId: string };

/** What an answer taught: of the learner, and of the question. */
export type LearnFromAnswer = (tx: Writer, answered: Answered) => Promise<void>;

export type Answered = {
  readonly askedId: string;
  readonly coverage: number;
  readonly verdicts: readonly ConceptVerdict[];
  /** When it was answered. */
  readonly at: number;
};

/** Turns effects into rows and jobs, in the caller's transaction: all of them or none. */
export function createCommitTurn(it: {
  leave: LeaveJob;
  learn: LearnFromAnswer;
  events: Events;
}): CommitTurn {
  const { leave, learn, events } = it;

  return async (tx, scene, turn, heard) => {
    for (const effect of turn) await write(tx, scene, effect, heard);
  };

  async function write(tx: Writer, scene: Scene, effect: Effect, heard: HeardRow | null): Promise<void> {
    const { learner, now, saidAt } = scene;
    switch (effect.kind) {
      case 'confirm': {
        const { registration, nextAskAt } = effect;
        await tx.q
          .updateTable('learners')
          .set({
            ...preferenceColumns(tx, 'learners', learner.id, registration.preferences),
            state: 'active',
            next_ask_at: nextAskAt,
            stopped_at: null,
            unreachable_since: null,
            confirmed_at: saidAt ?? now,
          })
          .where('id', '=', learner.id)
          .execute();
        await settleRegistration(tx, registration.id, 'confirmed');
        // What else was typed into the page for this number is superseded by what its owner has just confirmed.
        await dropRegistrations(tx, learner.id);
        await writeConsent(tx, scene, 'confirmed');
        tx.afterCommit(() => events.learnerConfirmed({ learnerId: learner.id }));
        return;
      }
      case 'drop-registration':
        await settleRegistration(tx, effect.registrationId, 'dropped');
        tx.afterCommit(() => events.registrationRefused({ learnerId: learner.id }));
        return;
      case 'erase':
        await fallSilent(tx, scene, 'the owner of the number said it was not them');
        await writeConsent(tx, scene, 'refused');
        await leave(
          tx,
          'erase-learner',
          { learnerId: learner.id },
          { key: learner.id, runAt: now + ERASE_AFTER_MS },
        );
        tx.afterCommit(() => events.registrationRefused({ learnerId: learner.id }));
        return;
      case 'stop': {
        const suppressed = await fallSilent(tx, scene, 'the learner said STOP');
        await writeConsent(tx, scene, 'withdrawn');
        tx.afterCommit(() => events.learnerStopped({ learnerId: learner.id, suppressed }));
        return;
      }
      case 'resume':
        await tx.q
          .updateTable('learners')
          .set({
            state: 'active',
            next_ask_at: effect.nextAskAt,
            stopped_at: null,
            unreachable_since: null,
            confirmed_at: saidAt ?? now,
          })
          .where('id', '=', learner.id)
          .execute();
        await writeConsent(tx, scene, 'confirmed');
        tx.afterCommit(() => events.learnerResumed({ learnerId: learner.id }));
        return;
      case 'reachable':
        await tx.q
          .updateTable('learners')
          .set({ unreachable_since: null, next_ask_at: effect.nextAskAt })
          .where('id', '=', learner.id)
          .execute();
        tx.afterCommit(() => events.learnerReachable({ learnerId: learner.id }));
        return;
      case 'say':
        await planMessage(tx, { learnerId: learner.id, outgoing: effect.message, now, leave });
        return;
      case 'ask-soon':
        await leave(
          tx,
          'ask-learner',
          { learnerId: learner.id, occasion: effect.occasion, slot: effect.slot },
          { key: `${learner.id}:${effect.occasion}` },
        );
        return;
      case 'ask':
        await ask(tx, scene, effect.asking);
        return;
      case 'schedule':
        await tx.q
          .updateTable('learners')
          .set({ next_ask_at: effect.nextAskAt })
          .where('id', '=', learner.id)
          .execute();
        return;
      case 'day-skipped':
        tx.afterCommit(() => events.daySkipped({ learnerId: learner.id, localDate: effect.localDate }));
        return;
      case 'collect':
        if (heard === null) throw new Error('Nothing was heard that could be part of an answer');
        await collect(tx, scene, effect, heard);
        return;
      case 'end-gathering':
        await tx.q
          .updateTable('answers')
          .set({ quiet_until: now })
          .where('id', '=', effect.answerId)
          .execute();
        await leave(tx, 'assess-answer', { answerId: effect.answerId }, { key: effect.answerId });
        return;
      case 'close-question':
        await closeQuestion(tx, scene, effect);
        return;
      case 'shown':
        // Whatever would still bring the same question would bring it twice.
        await suppressWaiting(tx, {
          learnerId: learner.id,
          reason: 'the question was shown otherwise',
          now,
          askedId: effect.askedId,
        });
        await tx.q
          .updateTable('asked_questions')
          .set({ shown_at: now })
          .where('id', '=', effect.askedId)
          .execute();
        return;
      case 'courtesy-said':
        await tx.q
          .updateTable('learners')
          .set({ last_courtesy_on: effect.on })
          .where('id', '=', learner.id)
          .execute();
        return;
      case 'acknowledge':
        if (heard === null) return;
        await leave(tx, 'mark-read', { channelId: heard.channelId, typing: effect.typing });
        return;
      default: {
        const impossible: never = effect;
        throw new Error(`Unknown effect: ${JSON.stringify(impossible)}`);
      }
    }
  }

  async function ask(tx: Writer, { learner, now }: Scene, asking: Asking): Promise<void> {
    const id = newId();
    const inserted = await tx.q
      .insertInto('asked_questions')
      .values({
        id,
        learner_id: learner.id,
        local_date: asking.localDate,
        slot: asking.slot,
        slug: asking.slug,
        version: asking.version,
        language: asking.language,
        state: 'asked',
        shown_at: null,
        coverage: null,
        reason: asking.reason,
        recalls_slug: asking.recalls?.slug ?? null,
        recalls_concept: asking.recalls?.conceptId ?? null,
        asked_at: now,
      })
      // The job ran before and its completion was lost: that slot of the day is taken, and nothing is said twice.
      .onConflict((oc) => oc.columns(['learner_id', 'local_date', 'slot']).doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) return;
    const { slug, occasion, reason, delayMs } = asking;
    await forgetAskedBefore(tx, { learnerId: learner.id, slug, before: now - KEEP_WORDS_MS });
    tx.afterCommit(() => events.questionAsked({ learnerId: learner.id, slug, occasion, reason, delayMs }));
    await suppressWaiting(tx, {
      learnerId: learner.id,
      reason: 'a newer question came',
      now,
      only: 'question',
    });
    await planMessage(tx, { learnerId: learner.id, outgoing: asking.message(id), now, leave });
  }

  async function collect(
    tx: Writer,
    { learner, now }: Scene,
    effect: Extract<Effect, { kind: 'collect' }>,
    heard: HeardRow,
  ): Promise<void> {
    // Looked up by the question: answers to two of them may gather at the same time, one by quoting.
    const joins = await tx.q
      .selectFrom('answers')
      .select('id')
      .where('asked_id', '=', effect.askedId)
      .where('state', '=', 'gathering')
      .executeTakeFirst();
    const answerId = joins?.id ?? newId();
    if (joins === undefined) {
      await tx.q
        .insertInto('answers')
        .values({
          id: answerId,
          learner_id: learner.id,
          asked_id: effect.askedId,
          state: 'gathering',
          started_at: now,
          quiet_until: effect.quietUntil,
        })
        .execute();
    } else {
      await tx.q
        .updateTable('answers')
        .set({ quiet_until: effect.quietUntil })
        .where('id', '=', answerId)
        .execute();
    }
    await tx.q.updateTable('inbox').set({ answer_id: answerId }).where('id', '=', heard.id).execute();
    await leave(tx, 'assess-answer', { answerId }, { key: answerId, runAt: effect.quietUntil });
  }

  async function closeQuestion(
    tx: Writer,
    { now }: Scene,
    { askedId, as }: Extract<Effect, { kind: 'close-question' }>,
  ): Promise<void> {
    const closed = await tx.q
      .updateTable('asked_questions')
      .set({ state: as })
      .where('id', '=', askedId)
      .where('state', '=', 'asked')
      .executeTakeFirst();
    // Answered without words: nothing of it was known.
    if (as === 'answered' && closed.numUpdatedRows > 0n)
      await learn(tx, { askedId, coverage: 0, verdicts: [], at: now });
    // What was being gathered for it needs no assessment any more.
    await tx.q
      .updateTable('answers')
      .set({ state: 'assessed' })
      .where('asked_id', '=', askedId)
      .where('state', '=', 'gathering')
      .execute();
  }

  async function fallSilent(tx: Writer, { learner, now, saidAt }: Scene, reason: string): Promise<number> {
    await tx.q
      .updateTable('learners')
      .set({ state: 'stopped', next_ask_at: null, stopped_at: saidAt ?? now })
      .where('id', '=', learner.id)
      .execute();
    await dropRegistrations(tx, learner.id);
    return suppressWaiting(tx, { learnerId: learner.id, reason, now });
  }
}

/** The later lines of the ledger name the number and wording of the line before: that is what is confirmed or taken back. */
async function writeConsent(
  tx: Writer,
  { learner, now }: Scene,
  event: 'confirmed' | 'withdrawn' | 'refused',
): Promise<void> {
  const last = await lastConsent(tx, learner.id);
  await recordConsent(tx, {
    learner_id: learner.id,
    number_hash: last?.number_hash ?? '',
    event,
    wording_version: last?.wording_version ?? null,
    language: learner.language,
    channel: 'whatsapp',
    at: now,
  });
}
