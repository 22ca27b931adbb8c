import { hear, saysStop } from '../../interview/conversation.ts';
import type { Heard } from '../../interview/heard.ts';
import type { Service } from '../../interview/scene.ts';
import { codeIn } from '../../interview/start-code.ts';
import { countsAsTheirs, hearStranger } from '../../interview/strangers.ts';
import { windowIsOpen } from '../../interview/window.ts';
import type { Bank } from '../bank.ts';
import type { Sender } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import { type JobPayloads, type LeaveJob, REPLY_PRIORITY } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import type { CommitTurn } from '../store/commit-turn.ts';
import { lastConsent, recordConsent } from '../store/consents.ts';
import { releaseForOpenWindow } from '../store/held-messages.ts';
import {
  addAndHear,
  addressesIn,
  confirmedAt,
  identifiersOf,
  identify,
  strangerLane,
} from '../store/identify.ts';
import { stopWaiting } from '../store/initiated-contacts.ts';
import { createLearner } from '../store/learners.ts';
import { moveLearner } from '../store/move-learner.ts';
import { moveRegistration, registrationByCode } from '../store/registrations.ts';
import { sceneOf } from '../store/scene-of.ts';
import { newId, type Reader, type Store, type Writer } from '../store/store.ts';
import { forgetStranger, rememberStranger, strangerMemory } from '../store/strangers.ts';
import type { InboxTable } from '../store/tables.ts';
import { NEWS_SHOWN_MS, raiseTrouble } from '../store/troubles.ts';
import { DatabaseUnavailable } from '../store/unavailable.ts';
import { forgetUndeliverable } from '../store/undeliverable-days.ts';
import { withTrace } from '../trace.ts';

/** Hears everything that one person has said and nobody has heard yet, in the order in which it was said. */
export function createHearLane(it: {
  store: Store;
  leave: LeaveJob;
  commitTurn: CommitTurn;
  bank: Bank;
  service: Service;
  events: Events;
  now: () => number;
}): (job: JobPayloads['hear-lane']) => Promise<JobOutcome> {
  const { store, leave, commitTurn, bank, service, events, now } = it;

  return async ({ lane }) => {
    for (;;) {
      const row = await nextUnheard(lane);
      if (row === undefined) return done;
      try {
        await withTrace(row.trace, () => store.transact((tx) => handle(tx, row)));
      } catch (error) {
        // The message is not what failed.
        if (!(error instanceof DatabaseUnavailable)) await countFailure(row);
        throw error;
      }
    }
  };

  /** The oldest; but a STOP waits behind nothing, least of all behind a message that cannot be handled. */
  async function nextUnheard(lane: string): Promise<InboxTable | undefined> {
    const rows = await store.read.q
      .selectFrom('inbox')
      .selectAll()
      .where('lane', '=', lane)
      .where('state', '=', 'unheard')
      .orderBy('sent_at')
      .orderBy('id')
      .limit(MOST_LOOKED_THROUGH)
      .execute();
    return rows.find((row) => saysStop(heardIn(store.read, row))) ?? rows[0];
  }

  /** A message that fails again and again is set aside for an engineer, so that the learner is heard again. */
  async function countFailure(row: InboxTable): Promise<void> {
    const failures = row.failures + 1;
    const state = failures >= MOST_FAILURES ? 'set_aside' : 'unheard';
    await store.transact(async (tx) => {
      await tx.q.updateTable('inbox').set({ failures, state }).where('id', '=', row.id).execute();
      if (state === 'set_aside') {
        const sentence = `An inbound message (${row.id}) could not be handled and was set aside.`;
        const trouble = { cause: `set-aside:${row.id}`, about: 'a fault of ours', sentence, detail: null };
        await raiseTrouble(tx, events, { ...trouble, endsAt: now() + NEWS_SHOWN_MS }, now());
      }
    });
  }

  /** One message, one transaction: it is heard exactly when its effects are written. */
  async function handle(tx: Writer, { id }: InboxTable): Promise<void> {
    const row = await tx.q
      .selectFrom('inbox')
      .selectAll()
      .where('id', '=', id)
      .where('state', '=', 'unheard')
      .executeTakeFirst();
    // Two lanes became one, and the other one has heard it.
    if (row === undefined) return;
    const sender = JSON.parse(tx.sealer.open(row.sender_sealed, 'inbox.sender', row.id)) as Sender;
    const heard = heardIn(tx, row);

    const learnerId =
      heard.kind === 'address-changed'
        ? await moveLearner(tx, { sender, to: heard, at: row.sent_at, now: now(), leave, events })
        : await whoSpeaks(tx, sender, heard, row.sent_at);
    if (learnerId === null) {
      await handleStranger(tx, row, sender, heard);
      return;
    }
    await tx.q
      .updateTable('inbox')
      .set({ state: 'heard', lane: learnerId })
      .where('id', '=', row.id)
      .execute();
    if (opensWindow(heard)) await openWindow(tx, learnerId, row);
    const saidByThem = { heard, saidAt: row.sent_at, confirmedAt: await confirmedAt(tx, learnerId) };
    if (row.as_stranger === 1 && !countsAsTheirs(saidByThem)) return;
    const heardNow = { heard, saidAt: row.sent_at, aboutChannelId: row.about_channel_id };
    const scene = await sceneOf(tx, { learnerId, now: now(), service, bank, heardNow });
    if (scene === null) return;
    const turn = hear(scene, heard);
    await commitTurn(tx, scene, turn, { id: row.id, channelId: row.channel_id });
    if (turn.some((effect) => effect.kind === 'confirm')) await forgetStranger(tx, identifiersOf(sender));
  }

  /** Nobody we know. What they said is kept for a while: we may learn whose it was. */
  async function handleStranger(tx: Writer, row: InboxTable, sender: Sender, heard: Heard): Promise<void> {
    const identifiers = identifiersOf(sender);
    const memory = await strangerMemory(tx, identifiers);
    const turn = hearStranger({ heard, saidAt: row.sent_at, now: now(), memory });
    const line = turn === 'greet' || turn === 'help' ? turn : null;
    const lane = strangerLane(tx, identifiers[0] ?? 'nobody');
    await tx.q
      .updateTable('inbox')
      .set({ state: 'heard', lane, as_stranger: 1, line })
      .where('id', '=', row.id)
      .execute();
    tx.afterCommit(() => events.strangerHeard());
    switch (turn) {
      case 'greet':
        await rememberStranger(tx, identifiers, { greeted_at: now(), silenced_at: null });
        await leave(tx, 'greet-stranger', { inboxId: row.id }, { key: row.id, priority: REPLY_PRIORITY });
        return;
      case 'help':
        await rememberStranger(tx, identifiers, { helped_at: now() });
        await leave(tx, 'greet-stranger', { inboxId: row.id }, { key: row.id, priority: REPLY_PRIORITY });
        return;
      case 'silence':
        await rememberStranger(tx, identifiers, { silenced_at: row.sent_at });
        return;
      case 'nothing':
        return;
      default: {
        const impossible: never = turn;
        throw new Error(`Unknown turn with a stranger: ${String(impossible)}`);
      }
    }
  }

  /** The learner behind the address; a code makes one of whoever sends it, since it proves that they registered. */
  async function whoSpeaks(tx: Writer, sender: Sender, heard: Heard, at: number): Promise<string | null> {
    const known = await identify(tx, { shown: sender, at, mayTake: true, now: now(), leave, events });
    const code = heard.kind === 'text' ? codeIn(heard.text) : null;
    const found = code === null ? null : await registrationByCode(tx, code, now());
    if (found === null || found.learnerId === known) return known;
    return adoptRegistration(tx, { ...found, known, sender });
  }

  /**
   * The code came from another address than the one typed into the form (a typo, or no number shown at all). The
   * address that wrote is the proven one: the registration moves to it, and the typed number is never written to.
   */
  async function adoptRegistration(
    tx: Writer,
    it: {
      registration: { id: string; preferences: Parameters<typeof createLearner>[1]['preferences'] };
      learnerId: string;
      known: string | null;
      sender: Sender;
    },
  ): Promise<string> {
    const learnerId = it.known ?? newId();
    if (it.known === null) {
      await createLearner(tx, { id: learnerId, preferences: it.registration.preferences, now: now() });
      await addTheirAddresses(tx, learnerId, it.sender);
    }
    await moveRegistration(tx, it.registration.id, learnerId);
    const given = await lastConsent(tx, it.learnerId);
    await recordConsent(tx, {
      learner_id: learnerId,
      number_hash: tx.sealer.hash(identifiersOf(it.sender)[0] ?? ''),
      event: 'given',
      wording_version: given?.wording_version ?? null,
      language: it.registration.preferences.language,
      channel: 'whatsapp',
      at: now(),
    });
    return learnerId;
  }

  /** From when it was said, which may be long ago. What waited for an open window goes out. */
  async function openWindow(tx: Writer, learnerId: string, row: InboxTable): Promise<void> {
    await tx.q
      .updateTable('learners')
      .set({ last_inbound_at: row.sent_at })
      .where('id', '=', learnerId)
      .where((eb) => eb.or([eb('last_inbound_at', 'is', null), eb('last_inbound_at', '<', row.sent_at)]))
      .execute();
    await forgetUndeliverable(tx, learnerId);
    if (!windowIsOpen(row.sent_at, now())) return;
    await stopWaiting(tx, learnerId);
    await releaseForOpenWindow(tx, leave, learnerId);
  }

  async function addTheirAddresses(tx: Writer, learnerId: string, sender: Sender): Promise<void> {
    await addAndHear(tx, { learnerId, addresses: addressesIn(sender), now: now(), leave });
  }
}

/** Five runs with backoff take half a minute. */
const MOST_FAILURES = 5;
const MOST_LOOKED_THROUGH = 50;

function heardIn(db: Reader, row: InboxTable): Heard {
  return JSON.parse(db.sealer.open(row.heard_sealed, 'inbox.heard', row.id)) as Heard;
}

/** Whether a reaction opens the window is unsure, so it does not count; the others are no message from the person. */
function opensWindow(heard: Heard): boolean {
  return (
    heard.kind !== 'reaction' && heard.kind !== 'address-changed' && heard.kind !== 'marketing-preference'
  );
}
