import { setTimeout as sleepMs } from 'node:timers/promises';
import type { Channel, SendOutcome } from '../channels/channel.ts';

const SECONDS = 1000;

/** The last thing before a call leaves. */
export type Gate = {
  /** Resolves when one call may leave, which it must do at once. False: not from this process, or not any more. */
  pass(): Promise<boolean>;
  /** Nothing leaves for a second: what another process sent in its last one counts against ours. */
  closeForASecond(): void;
};

/**
 * At most `perSecond` calls leave in any second. The pace spreads the beginning of jobs; but between that and the call
 * lies a transaction, and on a busy machine many of them end together.
 */
export function createGate(it: {
  perSecond: number;
  /** Whether this process may send from the number at this moment. */
  isOpen: () => boolean;
  /** The first call leaves no earlier than this, on the same clock. */
  opensAt?: number;
  /** Milliseconds that only grow. No clock moved by hand: Meta's seconds are real ones. */
  clock?: () => number;
  sleep?: (ms: number) => Promise<unknown>;
}): Gate {
  const {
    perSecond,
    isOpen,
    opensAt = Number.NEGATIVE_INFINITY,
    clock = () => performance.now(),
    sleep = sleepMs,
  } = it;
  // In any second as many leave as are let through at once and one less than come free in it: together `perSecond`.
  const atOnce = Math.max(1, Math.floor(perSecond * AT_ONCE_SECONDS));
  const freePerMs = (perSecond - atOnce + 1) / SECONDS;
  let free = atOnce;
  let countedAt = clock();
  let closedUntil = opensAt;
  let last: Promise<unknown> = Promise.resolve();

  return {
    pass() {
      const passed = last.then(passInTurn);
      last = passed;
      return passed;
    },
    closeForASecond() {
      closedUntil = clock() + 1 * SECONDS;
    },
  };

  async function passInTurn(): Promise<boolean> {
    for (;;) {
      if (!isOpen()) return false;
      const now = clock();
      free = Math.min(atOnce, free + (now - countedAt) * freePerMs);
      countedAt = now;
      const waitMs = Math.max(closedUntil - now, (1 - free) / freePerMs);
      if (waitMs <= 0) {
        free -= 1;
        return true;
      }
      await sleep(Math.ceil(waitMs));
    }
  }
}

/**
 * Timers wake a millisecond or two late: at 1,000 a second one at a time would be too slow. More than this at once, and
 * the little by which some arrive later than others would make the receiver count too many in its second.
 */
const AT_ONCE_SECONDS = 0.02;

/** The channel behind the gate: what may not leave was certainly not sent. */
export function throughGate(channel: Channel, gate: Gate, mayNotLeave: SendOutcome): Channel {
  return {
    ...channel,
    send: async (...message) => ((await gate.pass()) ? channel.send(...message) : mayNotLeave),
  };
}
