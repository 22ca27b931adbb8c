import { JOBS } from '../server/jobs.ts';
import type { Bench, DatabaseKind, Line } from './bench.ts';
import { openBooks } from './books.ts';
import { configuration } from './configuration.ts';
import { inTurn } from './in-turn.ts';
import { addLearners } from './learners.ts';
import type { BareSenderOffers } from './processes/bare-sender.ts';
import type { Arrival, MetaOffers } from './processes/meta.ts';
import type { ServiceOffers } from './processes/service.ts';
import { type Beside, startProcess } from './processes/start-process.ts';
import { median } from './quantile.ts';
import { until } from './until.ts';
import { hundredths, whole } from './words.ts';

const META_ANSWERS_AFTER_MS = 80;
const AT_ONCE = JOBS['send-message'].concurrency;
const LEAST = 0.8;
const ALLOWED_PER_SECOND = 1000;

/** The daily question decided, sent and recorded, next to a bare loop that posts as many messages to the same place. */
export async function benchDispatch(bench: Bench): Promise<Line[]> {
  const count = bench.isFull ? 5000 : 500;
  const rounds = bench.isFull ? 5 : 3;
  await using meta = startProcess<MetaOffers>('meta.ts');
  await using bare = startProcess<BareSenderOffers>('bare-sender.ts');
  const { url } = await meta.call('start', { answersAfterMs: META_ANSWERS_AFTER_MS });
  await using mornings = new AsyncDisposableStack();
  const measurements: Record<string, (round: number) => Promise<number>> = {
    bare: () => bare.call('send', { url, count, atOnce: AT_ONCE }),
  };
  for (const kind of bench.databases) {
    const morning = mornings.use(await prepare(bench, kind, { url, count, waves: rounds + 1 }));
    measurements[kind] = async (round) => (await morning.run(meta, round)).seconds;
  }
  // The first round is for the compiler.
  const seconds = Object.entries(await inTurn(rounds + 1, measurements)).map(([name, all]) => [
    name,
    median(all.slice(1)),
  ]);
  const { bare: yardstick = Number.NaN, ...ours } = Object.fromEntries(seconds) as Record<string, number>;
  await mornings.disposeAsync();

  const lines: Line[] = [];
  for (const kind of bench.databases) {
    lines.push(dispatchLine(kind, count / (ours[kind] ?? Number.NaN), count / yardstick));
  }
  for (const kind of bench.databases) lines.push(await benchPace(bench, kind, { meta, url }));
  return lines;
}

/** Whether the pace is kept, seen from where the messages arrive. */
async function benchPace(
  bench: Bench,
  kind: DatabaseKind,
  { meta, url }: { meta: Beside<MetaOffers>; url: string },
): Promise<Line> {
  const count = (bench.isFull ? 20 : 2) * ALLOWED_PER_SECOND;
  const options = { url, count, waves: 1, messagesPerSecond: ALLOWED_PER_SECOND };
  await using morning = await prepare(bench, kind, options);
  const { arrivals } = await morning.run(meta, 0);
  const times = arrivals.map(({ at }) => at).sort((one, other) => one - other);
  const most = mostInOneSecond(times);
  const lastedMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const mean = (times.length - 1) / (lastedMs / 1000);
  return {
    what: 'dispatch when 1,000 a second are allowed',
    database: kind,
    measured: `${whole(mean)}/s, ${whole(most)} in the fullest second`,
    yardstick: `the pace set, ${whole(ALLOWED_PER_SECOND * MARGIN)}/s`,
    ratio: mean / (ALLOWED_PER_SECOND * MARGIN),
    target: `≥ ${LEAST} and never over 1,000 in a second`,
    isReached: mean >= ALLOWED_PER_SECOND * MARGIN * LEAST && most <= ALLOWED_PER_SECOND,
  };
}

/** What the pacer keeps below the limit. */
const MARGIN = 0.97;

/** A service with learners whose mornings come one after another. */
async function prepare(
  bench: Bench,
  kind: DatabaseKind,
  it: { url: string; count: number; waves: number; messagesPerSecond?: number },
) {
  const database = await bench.newDatabase(kind);
  await addLearners(database, { count: it.count, waves: it.waves });
  const parts = new AsyncDisposableStack();
  const service = parts.use(startProcess<ServiceOffers>('service.ts'));
  await service.call(
    'start',
    configuration({
      database,
      apiBaseUrl: it.url,
      ...(it.messagesPerSecond === undefined ? {} : { messagesPerSecond: it.messagesPerSecond }),
    }),
  );
  const books = parts.use(await openBooks(database));
  return {
    /** From the minute in which they are due until the last answer is written down. */
    async run(meta: Beside<MetaOffers>, wave: number): Promise<{ seconds: number; arrivals: Arrival[] }> {
      await meta.call('arrivals');
      await books.makeDue(wave);
      const beganAt = performance.now();
      await service.call('tick');
      const all = it.count * (wave + 1);
      await until(async () => (await meta.call('arrived')) >= it.count, {
        what: 'every question was sent',
        everyMs: 10,
      });
      await until(async () => (await books.count("messages WHERE state = 'accepted'")) >= all, {
        what: 'every question was recorded',
        everyMs: 5,
      });
      const seconds = (performance.now() - beganAt) / 1000;
      return { seconds, arrivals: await meta.call('arrivals') };
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

function dispatchLine(kind: DatabaseKind, perSecond: number, barePerSecond: number): Line {
  const ratio = perSecond / barePerSecond;
  return {
    what: `dispatch: decided, sent to a Meta that answers in ${META_ANSWERS_AFTER_MS} ms, recorded`,
    database: kind,
    measured: `${whole(perSecond)}/s`,
    yardstick: `bare loop ${whole(barePerSecond)}/s`,
    ratio,
    target: `≥ ${hundredths(LEAST)}`,
    isReached: ratio >= LEAST,
  };
}

/** In any second, wherever it begins. */
function mostInOneSecond(sortedMs: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [last, at] of sortedMs.entries()) {
    while (at - (sortedMs[first] ?? at) >= 1000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
