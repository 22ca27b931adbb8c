import { numberVariants } from '../../interview/number-variants.ts';
import type { Sender } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { LeaveJob } from '../jobs.ts';
import {
  type Address,
  addAddresses,
  addressesOf,
  dropAddresses,
  type KnownAddress,
  learnerAt,
  learnersAt,
} from './addresses.ts';
import { mergeLearners } from './merge-learners.ts';
import type { Reader, Writer } from './store.ts';
import { NEWS_SHOWN_MS, raiseTrouble } from './troubles.ts';

const MINUTES = 60 * 1000;

/** Meta's clock and ours may differ by so much. */
const CLOCKS_DIFFER_MS = 1 * MINUTES;

export type Identifying = {
  /** Everything in it names the same person. */
  readonly shown: Sender;
  /** When that was true, by the channel's clock. */
  readonly at: number;
  /** Whether it may take a number from somebody. A status may not: it repeats what we sent to, perhaps days ago. */
  readonly mayTake: boolean;
  readonly now: number;
  readonly leave: LeaveJob;
  readonly events: Events;
};

/**
 * The learner behind what one item shows of a person, and all of it is theirs from now on. Two records that one item
 * names together are one person and become one; unless each of them has an id of its own: then the number has changed
 * hands, and goes to whoever shows it now.
 */
export async function identify(tx: Writer, it: Identifying): Promise<string | null> {
  const { shown, now, leave, events } = it;
  const byId = shown.bsuid === null ? null : await learnerAt(tx, [shown.bsuid]);
  let learnerId = byId;
  for (const holder of await learnersAt(tx, spellingsOf(shown))) {
    if (holder === byId || !(await isSamePerson(tx, it, holder))) continue;
    learnerId =
      learnerId === null
        ? holder
        : await mergeLearners(tx, { one: learnerId, other: holder, now, leave, events });
  }
  return learnerId === null
    ? null
    : link(tx, it, learnerId, await withoutOthersNumbers(tx, shown, learnerId));
}

/** All spellings of a person's numbers, and before them their id: it names the person, a number whoever holds it now. */
export function identifiersOf(sender: Sender): string[] {
  return [...(sender.bsuid === null ? [] : [sender.bsuid]), ...spellingsOf(sender)];
}

/** What a person shows, as rows of theirs. */
export function addressesIn({ phone, waId, bsuid }: Sender): Address[] {
  return [
    ...(phone === null ? [] : [{ kind: 'wa_id' as const, value: phone }]),
    ...(waId === null ? [] : [{ kind: 'wa_id' as const, value: waId }]),
    ...(bsuid === null ? [] : [{ kind: 'bsuid' as const, value: bsuid }]),
  ];
}

/** The lane on which somebody is heard while we do not know them. */
export function strangerLane(db: Reader, identifier: string): string {
  return `stranger:${db.sealer.hash(identifier)}`;
}

/** Both are ids of the same kind, so one person cannot have both. One within a group of businesses may stand beside one of ours. */
export function contradicts(address: Address, bsuid: string): boolean {
  const isOfGroup = (id: string) => id.includes('.ENT.');
  return address.kind === 'bsuid' && address.value !== bsuid && isOfGroup(address.value) === isOfGroup(bsuid);
}

/**
 * A number that was somebody else's is taken from them: whoever writes from it now must never read their feedback.
 * Nobody has ever confirmed: then there is nobody to take it from.
 */
export async function takeNumber(
  tx: Writer,
  it: { from: string; numbers: readonly string[]; now: number; events: Events },
): Promise<void> {
  const addresses = await addressesOf(tx, it.from);
  const taken = addresses.filter((address) => it.numbers.includes(address.value));
  await dropAddresses(
    tx,
    taken.map((address) => address.id),
  );
  if (taken.length === addresses.length) {
    await tx.q
      .updateTable('learners')
      .set({ next_ask_at: null, unreachable_since: it.now })
      .where('id', '=', it.from)
      .execute();
  }
  const reached = taken.length === addresses.length ? 'cannot be reached any more' : 'is reached by their id';
  const sentence = `The number of a learner (${it.from}) now belongs to somebody else, by WhatsApp's own word. It was taken from the learner, who ${reached}.`;
  const trouble = { cause: `identity:${it.from}`, about: 'identity', sentence, detail: null };
  await raiseTrouble(tx, it.events, { ...trouble, endsAt: it.now + NEWS_SHOWN_MS }, it.now);
}

/** When they last said that they want in: whoever has is a person whose word we have. Null before the first time. */
export async function confirmedAt(db: Reader, learnerId: string): Promise<number | null> {
  const row = await db.q
    .selectFrom('learners')
    .select('confirmed_at')
    .where('id', '=', learnerId)
    .executeTakeFirst();
  return row?.confirmed_at ?? null;
}

/** Addresses are the learner's, and what was said from there before we knew is heard again as theirs. */
export async function addAndHear(
  tx: Writer,
  it: { learnerId: string; addresses: readonly Address[]; now: number; leave: LeaveJob },
): Promise<void> {
  const added = await addAddresses(tx, it);
  if (added.length > 0) await hearAgain(tx, it.learnerId, added, it.leave);
}

export function spellingsOf({ phone, waId }: Pick<Sender, 'phone' | 'waId'>): string[] {
  const numbers = [phone, waId].filter((number) => number !== null);
  return [...new Set(numbers.flatMap((number) => [number, ...numberVariants(number)]))];
}

/** Whoever holds the number, unless the id shown beside it says that it has changed hands. */
async function isSamePerson(
  tx: Writer,
  { shown, at, mayTake, now, events }: Identifying,
  holder: string,
): Promise<boolean> {
  if (shown.bsuid === null) return true;
  const { bsuid } = shown;
  const others = (await addressesOf(tx, holder)).filter((address) => contradicts(address, bsuid));
  if (others.length === 0) return true;
  if (!mayTake || others.some((address) => isNewerThan(address, at))) return false;
  if ((await confirmedAt(tx, holder)) !== null) {
    await takeNumber(tx, { from: holder, numbers: spellingsOf(shown), now, events });
    return false;
  }
  await dropAddresses(
    tx,
    others.map((address) => address.id),
  );
  return true;
}

/** A number that stays with somebody else says nothing about this learner. */
async function withoutOthersNumbers(tx: Reader, shown: Sender, learnerId: string): Promise<Sender> {
  const holder = await learnerAt(tx, spellingsOf(shown));
  return holder === null || holder === learnerId ? shown : { ...shown, phone: null, waId: null };
}

async function link(tx: Writer, it: Identifying, learnerId: string, shown: Sender): Promise<string> {
  const { at, mayTake, now, leave } = it;
  const known = await addressesOf(tx, learnerId);
  const spellings = spellingsOf(shown);
  const knowsId = known.some((address) => address.value === shown.bsuid);
  const isNewNumber = spellings.length > 0 && !known.some((address) => spellings.includes(address.value));
  // The id stayed and the number did not: the old one is no longer theirs.
  if (knowsId && isNewNumber && known.some((address) => address.kind !== 'bsuid')) {
    const old = known.filter((address) => address.kind !== 'bsuid');
    if (!mayTake || old.some((address) => isNewerThan(address, at))) return learnerId;
    await dropAddresses(
      tx,
      old.map((address) => address.id),
    );
  }
  const news = addressesIn(shown).filter((address) => !known.some((other) => other.value === address.value));
  if (news.length > 0) await addAndHear(tx, { learnerId, addresses: news, now, leave });
  return learnerId;
}

/** Meta tries for a week: old news must not undo newer ones. */
export function isNewerThan(address: KnownAddress, at: number): boolean {
  return address.since > at + CLOCKS_DIFFER_MS;
}

/** A person wrote from an address we did not know, as a stranger. What they said is theirs, STOP above all. */
async function hearAgain(
  tx: Writer,
  learnerId: string,
  addresses: readonly Address[],
  leave: LeaveJob,
): Promise<void> {
  const lanes = addresses.map((address) => strangerLane(tx, address.value));
  const moved = await tx.q
    .updateTable('inbox')
    .set({ lane: learnerId, state: 'unheard' })
    .where('lane', 'in', lanes)
    .where('state', '!=', 'set_aside')
    .executeTakeFirst();
  if (moved.numUpdatedRows > 0n) await leave(tx, 'hear-lane', { lane: learnerId }, { key: learnerId });
}
