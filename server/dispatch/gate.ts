import { setTimeout as sleepMs } from 'node:timers/promises';
import type { Channel, SendOutcome } from '../channels/channel.ts';

const SECONDS = 1000;

/** The last thing before a call leaves. */
export type Gate = {
  /** Resolves when one call may leave, which it must do at once. False: not from this process, or not any more. */
  pass(): Promise<boolean>;
  /** Nothing leaves for a second: what another process sent in its last one counts against ours. */
  closeForASecond(): void;
  /** More calls wait than leave in a moment: who begins another job now only makes a reply wait longer. */
  isCrowded(): boolean;
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
  const mostInASecond = Math.max(Math.ceil(perSecond * PACE), Math.floor(perSecond * MOST));
  const leftAt: number[] = Array(mostInASecond).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  const perMs = (perSecond * CATCHES_UP) / SECONDS;
  const atOnce = Math.max(AT_ONCE, perSecond * AT_ONCE_SECONDS);
  let free = atOnce;
  let countedAt = clock();
  let closedUntil = opensAt;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  return {
    pass() {
      waiting += 1;
      const passed = last.then(passInTurn);
      last = passed;
      return passed;
    },
    closeForASecond() {
      closedUntil = clock() + 1 * SECONDS;
    },
    isCrowded: () => waiting > Math.max(2, perSecond * CROWD_SECONDS),
  };

  async function passInTurn(): Promise<boolean> {
    const isFree = await untilFree();
    waiting -= 1;
    return isFree;
  }

  async function untilFree(): Promise<boolean> {
    for (;;) {
      if (!isOpen()) return false;
      const now = clock();
      free = Math.min(atOnce, free + (now - countedAt) * perMs);
      countedAt = now;
      const secondIsOver = (leftAt[oldest] ?? 0) + 1 * SECONDS;
      const waitMs = Math.max(closedUntil - now, secondIsOver - now, (1 - free) / perMs);
      if (waitMs <= 0) {
        free -= 1;
        leftAt[oldest] = now;
        oldest = (oldest + 1) % leftAt.length;
        return true;
      }
      await sleep(Math.ceil(waitMs));
    }
  }
}

/** What the pace lets begin, and what the gate lets through: not so little that it would hold the pace up… */
const PACE = 0.97;
/** … nor so much that the receiver, whom some calls reach later than others, could count too many in a second of its own. */
const MOST = 0.985;
/** Calls keep their distance, or those on their way would meet. What a late timer cost is made up for. */
const CATCHES_UP = 1.05;
/** Never two in the same moment at a low pace, but half a distance that was lost is not lost for good. */
const AT_ONCE = 1.5;
/** At a high pace: timers wake a millisecond or two late. */
const AT_ONCE_SECONDS = 0.02;
const CROWD_SECONDS = 0.1;

/** The channel behind the gate: what may not leave was certainly not sent. */
export function throughGate(channel: Channel, gate: Gate, mayNotLeave: SendOutcome): Channel {
  return {
    ...channel,
    send: async (...message) => ((await gate.pass()) ? channel.send(...message) : mayNotLeave),
  };
}
