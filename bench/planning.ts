import type { Bench, DatabaseKind, Line } from './bench.ts';
import { openBooks } from './books.ts';
import { configuration } from './configuration.ts';
import { addLearners } from './learners.ts';
import type { MetaOffers } from './processes/meta.ts';
import type { ServiceOffers } from './processes/service.ts';
import { startProcess } from './processes/start-process.ts';
import { until } from './until.ts';
import { hundredths, tenths, whole } from './words.ts';

/** As it is unless somebody sets it: the first questions leave while the others are still being planned. */
const MESSAGES_PER_SECOND = 20;
const WARM_UP = 500;
const LONGEST_S_FOR_10_000 = 10;
const MOST_GROWTH = 1.3;

/** One morning: so many are due in the same minute, until a message is planned for each; and how that grows. */
export async function benchPlanning(bench: Bench): Promise<Line[]> {
  const few = bench.isFull ? 10_000 : 1000;
  const many = bench.isFull ? 100_000 : 5000;
  const lines: Line[] = [];
  for (const kind of bench.databases) {
    // Once each: a morning is long enough for what disturbs it to even out.
    lines.push(
      ...linesOf(kind, {
        few: await planOneMorning(bench, kind, few),
        many: await planOneMorning(bench, kind, many),
      }),
    );
  }
  return lines;
}

type Morning = { readonly count: number; readonly seconds: number; readonly processorSeconds: number };

async function planOneMorning(bench: Bench, kind: DatabaseKind, count: number): Promise<Morning> {
  const database = await bench.newDatabase(kind);
  await addLearners(database, { count: WARM_UP });
  await addLearners(database, { count, firstWave: 1 });
  await using meta = startProcess<MetaOffers>('meta.ts');
  const { url } = await meta.call('start', { answersAfterMs: 80 });
  await using service = startProcess<ServiceOffers>('service.ts');
  await service.call(
    'start',
    configuration({ database, apiBaseUrl: url, messagesPerSecond: MESSAGES_PER_SECOND }),
  );
  await using books = await openBooks(database);
  const planned = (all: number) =>
    until(async () => (await books.count('messages')) >= all, {
      what: 'every question was planned',
      everyMs: 100,
    });
  // The first ones are for the compiler, or the few would look dear next to the many.
  await books.makeDue(0);
  await service.call('tick');
  await planned(WARM_UP);
  await books.makeDue(1);
  const beganAt = performance.now();
  const computedBefore = await service.call('processorSeconds');
  await service.call('tick');
  await planned(WARM_UP + count);
  return {
    count,
    seconds: (performance.now() - beganAt) / 1000,
    processorSeconds: (await service.call('processorSeconds')) - computedBefore,
  };
}

function linesOf(kind: DatabaseKind, { few, many }: { few: Morning; many: Morning }): readonly Line[] {
  const growth = eachMs(many) / eachMs(few);
  const longestS = (LONGEST_S_FOR_10_000 * few.count) / 10_000;
  return [
    {
      what: `planning ${whole(few.count)} questions of one minute`,
      database: kind,
      measured: `${tenths(few.seconds)} s (${tenths(few.processorSeconds)} s of processor), ${hundredths(eachMs(few))} ms each`,
      yardstick: `${tenths(longestS)} s`,
      ratio: few.seconds / longestS,
      target: `≤ ${tenths(longestS)} s`,
      isReached: few.seconds <= longestS,
    },
    {
      what: `planning ${whole(many.count)}: cost of each`,
      database: kind,
      measured: `${tenths(many.seconds)} s (${tenths(many.processorSeconds)} s of processor), ${hundredths(eachMs(many))} ms each`,
      yardstick: `${hundredths(eachMs(few))} ms each of ${whole(few.count)}`,
      ratio: growth,
      target: `≤ ${MOST_GROWTH}`,
      isReached: growth <= MOST_GROWTH,
    },
  ];
}

function eachMs({ seconds, count }: Morning): number {
  return (seconds / count) * 1000;
}
