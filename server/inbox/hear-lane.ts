import { hear, saysStop } from '../../interview/conversation.ts';
import type { Heard } from '../../interview/heard.ts';
import type { Service } from '../../interview/scene.ts';
import { codeIn } from '../../interview/start-code.ts';
import { windowIsOpen } from '../../interview/window.ts';
import type { Bank } from '../bank.ts';
import type { Sender } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { JobPayloads, LeaveJob } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { type Address, addAddresses, learnerAt, moveAddress } from '../store/addresses.ts';
import type { CommitTurn } from '../store/commit-turn.ts';
import { lastConsent, recordConsent } from '../store/consents.ts';
import { releaseForOpenWindow } from '../store/held-messages.ts';
import { stopWaiting } from '../store/initiated-contacts.ts';
import { createLearner } from '../store/learners.ts';
import { moveRegistration, registrationByCode } from '../store/registrations.ts';
import { sceneOf } from '../store/scene-of.ts';
import { newId, type Reader, type Store, type Writer } from '../store/store.ts';
import type { InboxTable } from '../store/tables.ts';
import { forgetUndeliverable } from '../store/undeliverable-days.ts';
import { withTrace } from '../trace.ts';
import { identifiersOf } from './receive.ts';

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
        await countFailure(row);
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
        tx.afterCommit(() => events.operatorNeeded({ about: 'a fault of ours', sentence, detail: null }));
      }
    });
  }

  /** One message, one transaction: it is heard exactly when its effects are written. */
  async function handle(tx: Writer, row: InboxTable): Promise<void> {
    const sender = JSON.parse(tx.sealer.open(row.sender_sealed, 'inbox.sender', row.id)) as Sender;
    const heard = heardIn(tx, row);
    await tx.q.updateTable('inbox').set({ state: 'heard' }).where('id', '=', row.id).execute();

    const learnerId = await whoSpeaks(tx, sender, heard);
    if (learnerId === null) {
      tx.afterCommit(() => events.strangerHeard());
      return;
    }
    await tx.q.updateTable('inbox').set({ lane: learnerId }).where('id', '=', row.id).execute();
    await learnAddresses(tx, learnerId, sender, heard);
    if (opensWindow(heard)) await openWindow(tx, learnerId, row);
    const heardNow = { heard, saidAt: row.sent_at, aboutChannelId: row.about_channel_id };
    const scene = await sceneOf(tx, { learnerId, now: now(), service, bank, heardNow });
    if (scene === null) return;
    await commitTurn(tx, scene, hear(scene, heard), { id: row.id, channelId: row.channel_id });
  }

  /** The learner behind the address; a code makes one of whoever sends it, since it proves that they registered. */
  async function whoSpeaks(tx: Writer, sender: Sender, heard: Heard): Promise<string | null> {
    const known = await learnerAt(tx, identifiersOf(sender));
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

  async function learnAddresses(tx: Writer, learnerId: string, sender: Sender, heard: Heard): Promise<void> {
    if (heard.kind === 'address-changed') {
      await moveAddress(tx, { learnerId, phone: heard.phone, bsuid: heard.bsuid, now: now() });
      return;
    }
    const addresses: Address[] = [
      ...(sender.phone === null ? [] : [{ kind: 'wa_id' as const, value: sender.phone }]),
      ...(sender.waId === null ? [] : [{ kind: 'wa_id' as const, value: sender.waId }]),
      ...(sender.bsuid === null ? [] : [{ kind: 'bsuid' as const, value: sender.bsuid }]),
    ];
    await addAddresses(tx, { learnerId, addresses, now: now() });
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
