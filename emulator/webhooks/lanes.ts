import type { Luck } from '../luck.ts';
import type { Notification } from './notification.ts';

/** Far enough ahead for all order to be lost, and cheap with thousands of lanes. */
const SHUFFLED_LANES = 50;

/** Notifications that wait, each in its lane. What was taken from a lane blocks it until it is released. */
export function createLanes(luck: Luck) {
  const waitingIn = new Map<string, Notification[]>();
  /** With something waiting and nothing under way: who may go next, in order. */
  const ready = new Set<string>();
  const busy = new Set<string>();

  function takeOne(shuffle: boolean): Notification | null {
    const lane = shuffle ? anyReady() : ready.values().next().value;
    const waiting = lane === undefined ? undefined : waitingIn.get(lane);
    if (lane === undefined || waiting === undefined) return null;
    const [notification] = waiting.splice(shuffle ? luck.below(waiting.length) : 0, 1);
    // A lane that was served goes behind the others, and one without anything waiting is no lane.
    ready.delete(lane);
    if (waiting.length > 0) ready.add(lane);
    else waitingIn.delete(lane);
    return notification ?? null;
  }

  function anyReady(): string | undefined {
    const chosen = luck.below(Math.min(ready.size, SHUFFLED_LANES));
    return ready.values().drop(chosen).next().value;
  }

  return {
    add(notification: Notification): void {
      const { lane } = notification;
      const waiting = waitingIn.get(lane) ?? [];
      waiting.push(notification);
      waitingIn.set(lane, waiting);
      if (!busy.has(lane)) ready.add(lane);
    },
    /** Up to so many, from one lane or several; none when nothing may go. */
    take(most: number, shuffle: boolean): Notification[] {
      const taken: Notification[] = [];
      while (taken.length < most) {
        const notification = takeOne(shuffle);
        if (notification === null) break;
        taken.push(notification);
      }
      for (const { lane } of taken) {
        ready.delete(lane);
        busy.add(lane);
      }
      return taken;
    },
    release(taken: readonly Notification[]): void {
      for (const { lane } of taken) {
        busy.delete(lane);
        if (waitingIn.has(lane)) ready.add(lane);
      }
    },
    hasReady: () => ready.size > 0,
  };
}
