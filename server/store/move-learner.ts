import type { Heard } from '../../interview/heard.ts';
import type { Sender } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { LeaveJob } from '../jobs.ts';
import { addressesOf, dropAddresses, learnerAt } from './addresses.ts';
import {
  addAndHear,
  confirmedAt,
  contradicts,
  identify,
  isNewerThan,
  spellingsOf,
  takeNumber,
} from './identify.ts';
import { mergeLearners } from './merge-learners.ts';
import type { Reader, Writer } from './store.ts';

export type Moving = {
  /** By what the notification names the person as they were. */
  readonly sender: Sender;
  readonly to: Extract<Heard, { kind: 'address-changed' }>;
  /** When they moved, by the channel's clock. */
  readonly at: number;
  readonly now: number;
  readonly leave: LeaveJob;
  readonly events: Events;
};

/**
 * Somebody has a new number, and with it a new id: both change together, and the old ones are nobody's. Repeats and
 * news of an earlier move change nothing. Returns the learner; null when we know neither end of the move.
 */
export async function moveLearner(tx: Writer, it: Moving): Promise<string | null> {
  const { to, at, now, leave, events } = it;
  const shown: Sender = { phone: to.phone, bsuid: to.bsuid, waId: null };
  const mover = await whoMoved(tx, it);
  if (mover === null) return identify(tx, { shown, at, mayTake: true, now, leave, events });
  if (to.phone === null && to.bsuid === null) return mover;

  const occupants = await occupantsOf(tx, it, mover);
  await leaveOldAddresses(tx, mover, shown);
  await closeOldWindow(tx, mover, at);
  let learnerId = mover;
  for (const other of occupants) {
    learnerId = await mergeLearners(tx, { one: learnerId, other, now, leave, events });
  }
  await addAndHear(tx, {
    learnerId,
    addresses: [
      ...(to.phone === null ? [] : [{ kind: 'phone' as const, value: to.phone }]),
      ...(to.bsuid === null ? [] : [{ kind: 'bsuid' as const, value: to.bsuid }]),
    ],
    now,
    leave,
  });
  return learnerId;
}

/** By the old id; by the old number only while no other id and no later news stand beside it. */
async function whoMoved(tx: Reader, { sender, to, at }: Moving): Promise<string | null> {
  const oldIds = [to.previousBsuid, sender.bsuid].flatMap((id) =>
    id === null || id === to.bsuid ? [] : [id],
  );
  const byId = await learnerAt(tx, oldIds);
  if (byId !== null) return byId;
  const oldNumbers = spellingsOf(sender).filter((number) => number !== to.phone);
  const byNumber = await learnerAt(tx, oldNumbers);
  if (byNumber === null) return null;
  const addresses = await addressesOf(tx, byNumber);
  const holdsNewId = addresses.some((address) => address.value === to.bsuid);
  const isAnother = oldIds.some((id) => addresses.some((address) => contradicts(address, id)));
  const isOldNews = addresses.some(
    (address) => oldNumbers.includes(address.value) && isNewerThan(address, at),
  );
  return isOldNews || (isAnother && !holdsNewId) ? null : byNumber;
}

/**
 * Whose the new address is already, where that is the same person. Meta gives an id to one person only; a number may
 * have been another's before, and was if they confirmed it and have not been heard there since.
 */
async function occupantsOf(tx: Writer, { to, at, now, events }: Moving, mover: string): Promise<string[]> {
  const { bsuid } = to;
  const byId = bsuid === null ? null : await learnerAt(tx, [bsuid]);
  const numbers = spellingsOf({ phone: to.phone, waId: null });
  const byNumber = await learnerAt(tx, numbers);
  const occupants = byId === null || byId === mover ? [] : [byId];
  if (byNumber === null || byNumber === mover || byNumber === byId) return occupants;
  const addresses = await addressesOf(tx, byNumber);
  const hasAnotherId = bsuid !== null && addresses.some((address) => contradicts(address, bsuid));
  const isAnother = hasAnotherId || !(await wasHeardSince(tx, byNumber, at));
  if (!isAnother || (await confirmedAt(tx, byNumber)) === null) return [...occupants, byNumber];
  await takeNumber(tx, { from: byNumber, numbers, now, events });
  return occupants;
}

async function wasHeardSince(tx: Reader, learnerId: string, at: number): Promise<boolean> {
  const row = await tx.q
    .selectFrom('learners')
    .select('last_inbound_at')
    .where('id', '=', learnerId)
    .executeTakeFirst();
  return (row?.last_inbound_at ?? 0) > at;
}

/** Whatever the notification does not name has changed too: an id goes with its number. */
async function leaveOldAddresses(tx: Writer, mover: string, shown: Sender): Promise<void> {
  const stay = [shown.bsuid, ...spellingsOf(shown)];
  const old = (await addressesOf(tx, mover)).filter((address) => !stay.includes(address.value));
  await dropAddresses(
    tx,
    old.map((address) => address.id),
  );
}

/** Meta measures the window per number: it is open only if they have written from the new one. */
async function closeOldWindow(tx: Writer, mover: string, at: number): Promise<void> {
  await tx.q
    .updateTable('learners')
    .set({ last_inbound_at: null })
    .where('id', '=', mover)
    .where('last_inbound_at', '<=', at)
    .execute();
}
