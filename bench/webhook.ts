import type { Bench, DatabaseKind, Line } from './bench.ts';
import { APP_SECRET, configuration } from './configuration.ts';
import { inTurn } from './in-turn.ts';
import { addLearners } from './learners.ts';
import type { BareReceiverOffers } from './processes/bare-receiver.ts';
import type { ServiceOffers } from './processes/service.ts';
import { type Beside, startProcess } from './processes/start-process.ts';
import type { Load, WebhookLoadOffers } from './processes/webhook-load.ts';
import { median } from './quantile.ts';
import { tenths, whole } from './words.ts';

const CONNECTIONS = 64;
const LEARNERS = 1000;
/** Long enough for the compiler to have seen everything. */
const WARM_UP_SECONDS = 1;
const LEAST: Readonly<Record<DatabaseKind, number>> = { sqlite: 0.4, postgres: 0.15 };
const LONGEST_P99_MS = 50;

/** Webhooks accepted durably, next to a bare server that checks the signature, parses and answers. */
export async function benchWebhook(bench: Bench): Promise<Line[]> {
  const seconds = bench.isFull ? 5 : 1.5;
  await using load = startProcess<WebhookLoadOffers>('webhook-load.ts');
  await using bare = startProcess<BareReceiverOffers>('bare-receiver.ts');
  await using services = new AsyncDisposableStack();
  const urls: Record<string, string> = { bare: (await bare.call('start', { appSecret: APP_SECRET })).url };
  for (const kind of bench.databases) {
    const service = services.use(startProcess<ServiceOffers>('service.ts'));
    urls[kind] = await startReceiving(bench, service, kind);
  }
  const run = (url: string, forSeconds: number) =>
    load.call('run', {
      url,
      seconds: forSeconds,
      connections: CONNECTIONS,
      learners: LEARNERS,
    });
  for (const url of Object.values(urls)) await run(url, WARM_UP_SECONDS);
  const measurements = Object.entries(urls).map(([name, url]) => [name, () => run(url, seconds)]);
  const loads = (await inTurn(bench.isFull ? 7 : 3, Object.fromEntries(measurements))) as Readonly<
    Record<string, readonly Load[]>
  >;
  const yardstick = summary(loads.bare ?? []);
  return bench.databases.map((kind) => lineOf(kind, summary(loads[kind] ?? []), yardstick));
}

/** The half that listens, and nobody who works off what it stores. */
async function startReceiving(bench: Bench, service: Beside<ServiceOffers>, kind: DatabaseKind) {
  const database = await bench.newDatabase(kind);
  await addLearners(database, { count: LEARNERS });
  const config = configuration({
    database,
    apiBaseUrl: 'http://127.0.0.1:9',
    roles: { web: true, worker: false },
  });
  return (await service.call('start', config)).url;
}

function summary(loads: readonly Load[]): Load {
  const refused = loads.reduce((sum, it) => sum + it.refused, 0);
  if (refused > 0) throw new Error(`${refused} webhooks were refused`);
  return {
    perSecond: median(loads.map((it) => it.perSecond)),
    p50: median(loads.map((it) => it.p50)),
    p99: median(loads.map((it) => it.p99)),
    refused,
  };
}

function lineOf(kind: DatabaseKind, measured: Load, bare: Load): Line {
  const ratio = measured.perSecond / bare.perSecond;
  const isFast = kind === 'postgres' || measured.p99 < LONGEST_P99_MS;
  return {
    what: 'webhook accepted durably',
    database: kind,
    measured: `${whole(measured.perSecond)}/s, p50 ${tenths(measured.p50)} ms, p99 ${tenths(measured.p99)} ms`,
    yardstick: `bare server ${whole(bare.perSecond)}/s, p50 ${tenths(bare.p50)} ms, p99 ${tenths(bare.p99)} ms`,
    ratio,
    target: `≥ ${LEAST[kind]}${kind === 'sqlite' ? `, p99 < ${LONGEST_P99_MS} ms` : ''}`,
    isReached: ratio >= LEAST[kind] && isFast,
  };
}
