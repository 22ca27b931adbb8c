import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { openDispatchRoom } from '../../test/dispatch-room.ts';
import type { Delivery, Failure } from '../channels/channel.ts';
import { failureOf } from '../channels/whatsapp/failures.ts';

type Report = { wamid: string; delivery: Delivery; failure: Failure | null; priced: boolean };

const PRICE = { type: 'regular', category: 'utility' };

/** The statuses of one sending, as Meta may report them: priced on `sent` and on the first of the other two. */
function lifeOf(
  wamid: string,
  ending: 'read' | 'delivered' | 'sent' | 'failed' | 'failed-then-delivered',
): Report[] {
  const report = (delivery: Delivery, priced: boolean, failure: Failure | null = null) => ({
    wamid,
    delivery,
    failure,
    priced,
  });
  const failed = report('failed', false, failureOf({ code: 131026 }, null));
  switch (ending) {
    case 'sent':
      return [report('sent', true)];
    case 'delivered':
      return [report('sent', true), report('delivered', true)];
    case 'read':
      return [report('sent', true), report('delivered', true), report('read', false)];
    case 'failed':
      return [report('sent', true), failed];
    case 'failed-then-delivered':
      return [report('sent', true), failed, report('delivered', true)];
    default: {
      const impossible: never = ending;
      throw new Error(`No such ending: ${String(impossible)}`);
    }
  }
}

const endings = fc.constantFrom('read', 'delivered', 'sent', 'failed', 'failed-then-delivered' as const);

describe('the statuses of messages', () => {
  it('end the same in any order, doubled and in any batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(endings, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (lives, dice) => {
          const inOrder = await endOf(lives, (reports) => reports.map((report) => [report]));
          const disordered = await endOf(lives, (reports) =>
            inBatches(shuffled([...reports, ...reports], dice), dice),
          );
          expect(disordered).toEqual(inOrder);
        },
      ),
      { numRuns: inject('database') === 'sqlite' ? 40 : 10 },
    );
  });
});

/** What the books say after all of it. */
async function endOf(
  lives: readonly Parameters<typeof lifeOf>[1][],
  arrange: (reports: readonly Report[]) => readonly (readonly Report[])[],
): Promise<unknown> {
  const room = await openDispatchRoom();
  const ids: string[] = [];
  for (const _ of lives) ids.push(await room.plansQuestion(await room.learner()));
  await room.settle();
  const idOf = new Map<string, string>();
  for (const id of ids) idOf.set((await room.message(id)).channel_id ?? '', id);
  const reports = [...idOf.keys()].flatMap((wamid, index) => lifeOf(wamid, lives[index] ?? 'sent'));
  for (const batch of arrange(reports)) {
    await room.receiveStatuses(
      batch.map(({ wamid, delivery, failure, priced }) => ({
        channelId: wamid,
        delivery,
        callbackData: idOf.get(wamid) ?? '',
        ...(failure === null ? {} : { failure }),
        price: priced ? PRICE : null,
      })),
    );
  }
  await room.settle();
  const messages = await Promise.all(ids.map((id) => room.message(id)));
  return {
    messages: messages.map((it) => [it.state, it.price_type, it.price_category, it.failure_code === null]),
    billed: await room.store.read.q
      .selectFrom('billed_messages')
      .select(['type', 'category', 'count'])
      .execute(),
  };
}

function shuffled<T>(items: readonly T[], dice: Iterable<number>): T[] {
  const throws = dice[Symbol.iterator]();
  return items
    .map((item) => ({ item, rank: throws.next().value ?? 0 }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

function inBatches<T>(items: readonly T[], dice: Iterable<number>): T[][] {
  const throws = dice[Symbol.iterator]();
  const batches: T[][] = [];
  for (const item of items) {
    const last = batches.at(-1);
    if (last !== undefined && Number(throws.next().value ?? 0) % 2 === 0) last.push(item);
    else batches.push([item]);
  }
  return batches;
}
