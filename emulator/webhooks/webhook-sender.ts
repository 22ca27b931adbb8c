import type { WebhookTroubles } from '../../contract/switches.ts';
import type { Agenda } from '../agenda.ts';
import type { Luck } from '../luck.ts';
import { createAnswerTimes } from './answer-times.ts';
import { envelopeOf } from './envelope.ts';
import { createLanes } from './lanes.ts';
import { metaJson } from './meta-json.ts';
import type { Notification } from './notification.ts';
import { GIVE_UP_AFTER_MS, retryDelayMs } from './retry-delays.ts';
import type { Subscription } from './subscription.ts';
import { type Attempt, createWebhookClient } from './webhook-client.ts';

const CONCURRENT_DELIVERIES = 8;
/** Beyond the megabyte at which many frameworks stop reading, within the three that Meta may send. */
const LARGE_BODY_BYTES = 1_200_000;

/** One delivery attempt. Only status 200 counts as success. */
export type WebhookRecord = Attempt & {
  readonly at: number;
  readonly kinds: readonly string[];
  readonly attempt: number;
};

type Delivery = {
  readonly notifications: readonly Notification[];
  readonly firstTriedAt: number;
  failedAttempts: number;
  /** Whether what follows for the same learners waits for this. */
  blocks: boolean;
};

/**
 * Delivers notifications as Meta does: signed, only 200 is success, growing pauses between retries, dropped after a
 * week. One request at a time per learner, up to eight learners at once; a learner's later notifications wait for the
 * earlier one, so that order is kept unless a switch says otherwise; then a refused one holds up nobody.
 */
export function createWebhookSender(needs: {
  now: () => number;
  agenda: Agenda;
  luck: Luck;
  subscription: Subscription;
  appSecret: string;
  businessAccountId: string;
  switches: Readonly<WebhookTroubles>;
  longestRetryPauseMs?: number;
  /** Is told what an operator of the service should know. */
  warn: (sentence: string) => void;
}) {
  const { now, agenda, luck, subscription, switches, longestRetryPauseMs = Number.POSITIVE_INFINITY } = needs;
  const records: WebhookRecord[] = [];
  const lanes = createLanes(luck);
  const resends: Delivery[] = [];
  const idleWaiters: (() => void)[] = [];
  const answerTimes = createAnswerTimes(needs.warn);
  const client = createWebhookClient({ connections: CONCURRENT_DELIVERIES, appSecret: needs.appSecret });
  let isClosing = false;
  let inFlight = 0;

  function post(notification: Notification): void {
    // Meta keeps nothing for an app that is not subscribed at the moment of the event.
    if (!subscription.wants(notification.field)) return;
    // Where the wait was just shortened, what comes now overtakes what waits still.
    if (switches.delayMs > 0) agenda.at(now() + switches.delayMs, () => lanes.add(notification));
    else lanes.add(notification);
  }

  /** Starts whatever may leave now. */
  function pump(): void {
    while (!switches.hold && !isClosing && inFlight < CONCURRENT_DELIVERIES) {
      const delivery = resends.shift() ?? nextDelivery();
      if (delivery === null) return;
      inFlight++;
      deliver(delivery).finally(landed).catch(rethrowLater);
    }
  }

  function nextDelivery(): Delivery | null {
    const notifications = lanes.take(Math.max(1, switches.batch), switches.shuffle);
    return notifications.length === 0
      ? null
      : { notifications, firstTriedAt: now(), failedAttempts: 0, blocks: true };
  }

  function landed(): void {
    inFlight--;
    pump();
    if (isIdle()) for (const wake of idleWaiters.splice(0)) wake();
  }

  function isIdle(): boolean {
    return inFlight === 0 && (switches.hold || isClosing || (resends.length === 0 && !lanes.hasReady()));
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const { notifications } = delivery;
    const envelope = envelopeOf(notifications, needs.businessAccountId, luck);
    const body = metaJson(
      switches.largeBody ? { ...envelope, padding: 'x'.repeat(LARGE_BODY_BYTES) } : envelope,
    );
    let succeeded = false;
    for (let copy = 0; copy < (switches.duplicate ? 2 : 1); copy++) {
      const ended = await client.post(subscription.destination() ?? '', body, signing());
      const kinds = notifications.map((notification) => notification.kind);
      records.push({ ...ended, at: now(), kinds, attempt: delivery.failedAttempts + 1 });
      answerTimes.note(ended.durationMs);
      succeeded ||= ended.status === 200;
    }
    if (succeeded || now() - delivery.firstTriedAt >= GIVE_UP_AFTER_MS) {
      release(delivery);
      return;
    }
    // Meta goes on with what is newer.
    if (switches.shuffle) release(delivery);
    delivery.failedAttempts++;
    const pauseMs = Math.min(retryDelayMs(delivery.failedAttempts), longestRetryPauseMs);
    agenda.at(now() + pauseMs, () => resends.push(delivery));
  }

  function release(delivery: Delivery): void {
    if (delivery.blocks) lanes.release(delivery.notifications);
    delivery.blocks = false;
  }

  function signing(): 'right' | 'wrong' | 'missing' {
    if (switches.missingSignature) return 'missing';
    return switches.badSignature ? 'wrong' : 'right';
  }

  return {
    records: records as readonly WebhookRecord[],
    post,
    pump,
    forget(before: number): void {
      const kept = records.findIndex((record) => record.at >= before);
      records.splice(0, kept === -1 ? records.length : kept);
    },
    isIdle,
    answerTimes: answerTimes.read,
    whenIdle: () => (isIdle() ? Promise.resolve() : new Promise<void>((wake) => idleWaiters.push(wake))),
    async close(): Promise<void> {
      isClosing = true;
      await client.close();
      for (const wake of idleWaiters.splice(0)) wake();
    },
  };
}

/** A fault in the emulator itself must end the test run, not vanish in a promise. */
function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
