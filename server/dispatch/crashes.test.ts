import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { type DispatchRoom, openDispatchRoom } from '../../test/dispatch-room.ts';
import type { SendOutcome } from '../channels/channel.ts';
import { failureOf, notSent } from '../channels/whatsapp/failures.ts';

const SECONDS = 1000;
const MINUTES = 60 * SECONDS;

/** What may happen to a call. `TAKEN`: Meta has the message, whatever we hear of it. A kill leaves all others in doubt. */
const REFUSED = ['busy', 'unreachable', 'html'] as const;
const IN_DOUBT = ['lost on the way', 'killed before it left'] as const;
const TAKEN = ['answered', 'answer lost', 'killed after it was taken', 'status first'] as const;
type Fate = (typeof REFUSED)[number] | (typeof IN_DOUBT)[number] | (typeof TAKEN)[number];

const fates: fc.Arbitrary<Fate[]> = fc
  .tuple(
    fc.array(fc.constantFrom(...REFUSED), { maxLength: 2 }),
    fc.array(fc.constantFrom(...IN_DOUBT), { maxLength: 1 }),
    fc.array(fc.constantFrom(...REFUSED), { maxLength: 1 }),
    fc.constantFrom(...TAKEN),
  )
  .map(([before, doubt, after, last]) => [...before, ...doubt, ...after, last]);

describe('a question', () => {
  it('is taken by WhatsApp once, or the books say why not, whatever becomes of calls and processes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fates, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 60 })),
        async (lives, seconds) => {
          const room = await openDispatchRoom();
          for (const { taken, state, reason } of await live(room, lives, seconds[Symbol.iterator]())) {
            if (taken === 1) expect(state).toBe('delivered');
            // Two calls in doubt and no status after either: whether a third would be one too many nobody can tell.
            else
              expect({ taken, state, reason }).toEqual({ taken: 0, state: 'failed', reason: TWICE_IN_DOUBT });
          }
        },
      ),
      { numRuns: inject('database') === 'sqlite' ? 60 : 12 },
    );
  });
});

const TWICE_IN_DOUBT = 'twice neither an answer nor a status: given up, not sent again';

/** How often Meta took each question, and what the books say of it, when everything has come to rest. */
async function live(
  room: DispatchRoom,
  lives: readonly (readonly Fate[])[],
  seconds: Iterator<number>,
): Promise<{ taken: number; state: string; reason: string | null }[]> {
  const rest = new Map<string, Fate[]>();
  const taken = new Map<string, number>();
  const statuses: { due: number; wamid: string; callbackData: string }[] = [];
  let mustDie = false;
  room.answerWith(async ({ callbackData }) => {
    const fate = fatesOf(callbackData).shift() ?? 'answered';
    switch (fate) {
      case 'busy':
        return { kind: 'refused', failure: failureOf({ code: 131016 }, 500) };
      case 'html':
        return { kind: 'refused', failure: failureOf(null, 502) };
      case 'unreachable':
        return { kind: 'refused', failure: notSent('ECONNREFUSED') };
      case 'lost on the way':
        return { kind: 'unknown', why: 'the connection broke' };
      case 'killed before it left':
        mustDie = true;
        return new Promise<never>(() => {});
      case 'answered':
        return take(callbackData);
      case 'answer lost':
        take(callbackData);
        return { kind: 'unknown', why: 'the connection broke' };
      case 'killed after it was taken':
        take(callbackData);
        mustDie = true;
        return new Promise<never>(() => {});
      case 'status first': {
        const accepted = take(callbackData);
        if (accepted.kind === 'accepted')
          await room.receiveStatus(accepted.channelId, 'sent', { callbackData });
        return accepted;
      }
      default: {
        const impossible: never = fate;
        throw new Error(`No such fate: ${String(impossible)}`);
      }
    }
  });

  /** Which message leads which life is settled at its first call: that may come before its planning has returned. */
  function fatesOf(callbackData: string): Fate[] {
    const known = rest.get(callbackData) ?? [...(lives[rest.size] ?? [])];
    rest.set(callbackData, known);
    return known;
  }

  function take(callbackData: string): SendOutcome {
    taken.set(callbackData, (taken.get(callbackData) ?? 0) + 1);
    const accepted = room.accept();
    if (accepted.kind === 'accepted') {
      // Within the grace time, as Meta's notifications come while we listen.
      const due = room.now + Number(seconds.next().value ?? 1) * SECONDS;
      statuses.push({ due, wamid: accepted.channelId, callbackData });
    }
    return accepted;
  }

  for (const _ of lives) await room.plansQuestion(await room.learner());
  for (let step = 0; step < 60; step++) {
    await room.workUntil(() => mustDie);
    if (mustDie) {
      mustDie = false;
      await room.kill();
      continue;
    }
    for (const status of statuses.filter(({ due }) => due <= room.now)) {
      statuses.splice(statuses.indexOf(status), 1);
      await room.receiveStatus(status.wamid, 'delivered', { callbackData: status.callbackData });
    }
    await room.pass(step < 40 ? 10 * SECONDS : 5 * MINUTES, { working: false });
  }
  return Promise.all(
    [...rest.keys()].map(async (id) => {
      const { state, reason } = await room.message(id);
      return { taken: taken.get(id) ?? 0, state, reason };
    }),
  );
}
