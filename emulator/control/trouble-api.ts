import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { QueuedFault, QueueFault, SwitchChange } from '../../contract/switches.ts';
import { codesOfSends } from '../graph/error-codes.ts';
import type { Faults } from '../sending/faults.ts';
import type { Switches } from '../switches.ts';
import { refuse } from './refuse.ts';

const MOST_QUEUED = 10_000;
/** As many as Meta ever puts into one request. */
const LARGEST_BATCH = 1000;

const share = z.number().min(0).max(1);
const perTime = z.number().int().positive().nullable();

const switchChange: z.ZodType<SwitchChange> = z
  .strictObject({
    webhooks: z
      .strictObject({
        duplicate: z.boolean(),
        shuffle: z.boolean(),
        delayMs: z.number().int().nonnegative(),
        batch: z.number().int().min(1).max(LARGEST_BATCH),
        hold: z.boolean(),
        badSignature: z.boolean(),
        missingSignature: z.boolean(),
        largeBody: z.boolean(),
        oldConversation: z.boolean(),
      })
      .exactPartial(),
    sending: z
      .strictObject({
        dropAnswerAfterAccept: share,
        timeoutAfterAccept: share,
        reset: share,
        http500: share,
        http503: share,
        html502: share,
        readByThemselves: share,
      })
      .exactPartial(),
    account: z
      .strictObject({
        noPaymentMethod: z.boolean(),
        windowRefusedInAnswer: z.boolean(),
        approveAsMarketing: z.boolean(),
        review: z.enum(['approve', 'reject', 'leave-pending']),
        marketingPerLearnerAndDay: z.number().int().nonnegative().nullable(),
        messagesPerSecond: perTime,
        pairLimit: z.boolean(),
        recipientsPerDay: z
          .union([z.literal(250), z.literal(2_000), z.literal(10_000), z.literal(100_000)])
          .nullable(),
        quality: z.enum(['GREEN', 'YELLOW', 'RED']),
      })
      .exactPartial(),
  })
  .exactPartial();

const queuedFault: z.ZodType<QueuedFault> = z.union([
  z.enum(['accept-then-drop-answer', 'timeout-after-accept', 'reset', '500', '503', 'html-502']),
  z.strictObject({ code: z.number().int().nonnegative() }),
]);
const queueFault: z.ZodType<QueueFault> = z.object({
  count: z.number().int().min(1).max(MOST_QUEUED),
  fault: queuedFault,
});

/** Switches that stay, and faults that hit once. */
export function registerTroubleApi(
  server: FastifyInstance,
  needs: { switches: Switches; faults: Faults },
): void {
  const { switches, faults } = needs;

  server.get('/__emulator/switches', () => switches.snapshot());

  server.post('/__emulator/switches', (request, reply) => {
    const change = switchChange.safeParse(request.body);
    if (!change.success) return refuse(reply, 400, change.error);
    switches.change(change.data);
    return switches.snapshot();
  });

  server.post('/__emulator/switches/reset', () => {
    faults.clear();
    switches.reset();
    return switches.snapshot();
  });

  server.post('/__emulator/faults', (request, reply) => {
    const wanted = queueFault.safeParse(request.body);
    if (!wanted.success) return refuse(reply, 400, wanted.error);
    faults.next(wanted.data.count, wanted.data.fault);
    return { queued: faults.waiting() };
  });

  server.get('/__emulator/error-codes', () => codesOfSends());
}
