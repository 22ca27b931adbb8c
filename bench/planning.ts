import type { Bench, DatabaseKind, Line } from './bench.ts';
import { openBooks } from './books.ts';
import { configuration } from './configuration.ts';
import { inTurn } from './in-turn.ts';
import { addLearners } from './learners.ts';
import type { MetaOffers } from './processes/meta.ts';
import type { ServiceOffers } from './processes/service.ts';
import { startProcess } from './processes/start-process.ts';
import { median } from './quantile.ts';
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
    const seconds = await inTurn(bench.isFull ? 3 : 1, {
      few: () => planOneMorning(bench, kind, few),
      many: () => planOneMorning(bench, kind, many),
    });
    lines.push(...linesOf(kind, { few, many, fewS: median(seconds.few), manyS: median(seconds.many) }));
  }
  return lines;
}

async function planOneMorning(bench: Bench, kind: DatabaseKind, count: number): Promise<number> {
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
      everyMs: 25,
    });
  // The first ones are for the compiler, or the few would look dear next to the many.
  await books.makeDue(0);
  await service.call('tick');
  await planned(WARM_UP);
  await books.makeDue(1);
  const beganAt = performance.now();
  await service.call('tick');
  await planned(WARM_UP + count);
  return (performance.now() - beganAt) / 1000;
}

function linesOf(
  kind: DatabaseKind,
  it: { few: number; many: number; fewS: number; manyS: number },
): readonly Line[] {
  const growth = it.manyS / it.many / (it.fewS / it.few);
  const longestS = (LONGEST_S_FOR_10_000 * it.few) / 10_000;
  return [
    {
      what: `planning ${whole(it.few)} questions of one minute`,
      database: kind,
      measured: `${tenths(it.fewS)} s, ${hundredths((it.fewS / it.few) * 1000)} ms each`,
      yardstick: `${tenths(longestS)} s`,
      ratio: it.fewS / longestS,
      target: `≤ ${tenths(longestS)} s`,
      isReached: it.fewS <= longestS,
    },
    {
      what: `planning ${whole(it.many)}: cost of each`,
      database: kind,
      measured: `${tenths(it.manyS)} s, ${hundredths((it.manyS / it.many) * 1000)} ms each`,
      yardstick: `${hundredths((it.fewS / it.few) * 1000)} ms each of ${whole(it.few)}`,
      ratio: growth,
      target: `≤ ${MOST_GROWTH}`,
      isReached: growth <= MOST_GROWTH,
    },
  ];
}
