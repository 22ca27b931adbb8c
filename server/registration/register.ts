import { randomBytes, randomInt } from 'node:crypto';
import { welcomeMessage } from '../../interview/asking.ts';
import type { Language } from '../../interview/languages/language.ts';
import type { Preferences } from '../../interview/learner.ts';
import type { Service } from '../../interview/scene.ts';
import { CODE_ALPHABET, CODE_LENGTH, startText } from '../../interview/start-code.ts';
import type { Events } from '../events.ts';
import type { LeaveJob } from '../jobs.ts';
import { addAddresses, learnerAt } from '../store/addresses.ts';
import { numberRefused, recordConsent } from '../store/consents.ts';
import { createLearner, findLearner } from '../store/learners.ts';
import { lockLearner, lockNumber } from '../store/lock-learner.ts';
import { planMessage } from '../store/messages.ts';
import { insertRegistration, registrationState, registrationsSince } from '../store/registrations.ts';
import { newId, type Store, type Writer } from '../store/store.ts';
import { strangerMemory } from '../store/strangers.ts';
import type { RegistrationsTable } from '../store/tables.ts';
import { CONSENT_WORDING_VERSION } from './consent-wording.ts';

const HOURS = 60 * 60 * 1000;

/** Enough for anybody who corrects a mistake twice; too few to pester a stranger with our messages. */
const MOST_PER_NUMBER_AND_DAY = 5;

export type Registering = {
  readonly preferences: Preferences;
  /** E.164 without the plus. */
  readonly phoneDigits: string;
  /** Other spellings under which WhatsApp may know the number. */
  readonly numberVariants: readonly string[];
};

export type RegisterOutcome =
  /** The same for numbers we know and numbers we do not. `startLink` is null while WhatsApp has not told us our own number. */
  | { readonly kind: 'accepted'; readonly ticket: string; readonly startLink: string | null }
  | { readonly kind: 'too-many' };

/**
 * Takes a registration. Nothing comes of it before the owner of the number confirms, on WhatsApp: by the welcome
 * message's button, or by sending the code that only this page shows.
 */
export function createRegister(it: {
  store: Store;
  leave: LeaveJob;
  service: Service;
  events: Events;
  now: () => number;
  /** Our own number on WhatsApp, digits only. */
  businessNumber: () => Promise<string | null>;
  /** `https://wa.me`, or what stands in for it. */
  chatLinkBaseUrl: string;
}): (
  registering: Registering,
  meta: { language: Language; channel: 'page' | 'api' },
) => Promise<RegisterOutcome> {
  const { store, leave, service, events, now, businessNumber, chatLinkBaseUrl } = it;

  return async (registering, meta) => {
    const code = newCode();
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    const taken = await store.transact((tx) => take(tx, registering, { ...meta, code, ticket }));
    if (!taken) return { kind: 'too-many' };
    const number = await businessNumber();
    const text = startText(registering.preferences.language, code);
    const startLink =
      number === null ? null : `${chatLinkBaseUrl}/${number}?text=${encodeURIComponent(text)}`;
    return { kind: 'accepted', ticket, startLink };
  };

  async function take(
    tx: Writer,
    { preferences, phoneDigits, numberVariants }: Registering,
    meta: { language: Language; channel: 'page' | 'api'; code: string; ticket: string },
  ): Promise<boolean> {
    await lockNumber(tx, phoneDigits);
    const known = await learnerAt(tx, [phoneDigits, ...numberVariants]);
    if (known !== null) await lockLearner(tx, known);
    if (
      known !== null &&
      (await registrationsSince(tx, known, now() - 24 * HOURS)) >= MOST_PER_NUMBER_AND_DAY
    ) {
      return false;
    }
    const learnerId = known ?? newId();
    if (known === null) {
      await createLearner(tx, { id: learnerId, preferences, now: now() });
      await addAddresses(tx, {
        learnerId,
        addresses: [
          { kind: 'phone', value: phoneDigits },
          ...numberVariants.map((value) => ({ kind: 'variant' as const, value })),
        ],
        now: now(),
      });
    }
    const registrationId = newId();
    await insertRegistration(tx, {
      id: registrationId,
      learnerId,
      preferences,
      code: meta.code,
      ticket: meta.ticket,
      now: now(),
    });
    const numberHash = tx.sealer.hash(phoneDigits);
    await recordConsent(tx, {
      learner_id: learnerId,
      number_hash: numberHash,
      event: 'given',
      wording_version: CONSENT_WORDING_VERSION,
      language: meta.language,
      channel: meta.channel,
      at: now(),
    });
    const welcomed =
      (await mayBeWelcomed(tx, learnerId, numberHash)) &&
      (await strangerMemory(tx, [phoneDigits, ...numberVariants])).silencedAt === null;
    if (welcomed) {
      const outgoing = welcomeMessage({ id: registrationId, preferences }, service);
      await planMessage(tx, { learnerId, outgoing, now: now(), leave });
    }
    tx.afterCommit(() => events.learnerRegistered({ learnerId, channel: meta.channel, welcomed }));
    return true;
  }

  /** Who said STOP or "not me" is not written to because somebody typed their number: only their own word brings us back. */
  async function mayBeWelcomed(tx: Writer, learnerId: string, numberHash: string): Promise<boolean> {
    const learner = await findLearner(tx, learnerId);
    return learner?.state !== 'stopped' && !(await numberRefused(tx, numberHash));
  }
}

/** What became of a registration, for the page that holds its ticket; null for a ticket that never was. */
export function createConfirmationOf(
  store: Store,
): (ticket: string) => Promise<RegistrationsTable['state'] | null> {
  return (ticket) => registrationState(store.read, ticket);
}

const TICKET_BYTES = 18;

/** Unguessable within its life: 28^8 codes, and a wrong one tells nothing. */
function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('');
}
