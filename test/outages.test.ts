import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import type { Emulator, PhoneHandle } from '../emulator/emulator.ts';
import type { Database } from '../server/store/connections.ts';
import { aDatabase, queryDatabase } from './build/database.ts';
import { startCuttableProxy } from './cuttable-proxy.ts';
import { freePort } from './free-port.ts';
import { startPostgresServer } from './postgres-server.ts';
import {
  askedOf,
  emulatorInRealTime,
  environmentFor,
  helpedOf,
  isReady,
  peopleWithWelcome,
  startService,
  tallyOf,
  until,
  untilNothingIsLeftToDo,
} from './real-service.ts';

/** `OUTAGE_LEARNERS=2000` for a longer morning. */
const LEARNERS = Number(process.env.OUTAGE_LEARNERS ?? 120);
const MESSAGES_PER_SECOND = 40;
const HALF_A_MINUTE_MS = 30_000;
/** On top of twice the outage, in which the emulator tries a status again that was turned away. */
const GRACE_SECONDS = 45;

type PostgresDatabase = Extract<Database, { kind: 'postgres' }>;
/** One time that the database is away: how it goes, for how long, and how it comes back. */
type Outage = {
  readonly begin: () => Promise<void>;
  readonly lastsMs: number;
  readonly end: () => Promise<void>;
};

describe.concurrent('a PostgreSQL that goes away in the middle of a morning', () => {
  it('restarts at once, later stays away for half a minute: everybody is asked once and heard', async ({
    onTestFinished,
  }) => {
    const server = await startPostgresServer({ flushes: false });
    onTestFinished(server.stop);
    const database = { kind: 'postgres', url: server.url, connections: 10 } as const;
    await goThrough(database, database.url, onTestFinished, [
      { begin: server.vanish, lastsMs: 0, end: server.comeBack },
      { begin: server.vanish, lastsMs: HALF_A_MINUTE_MS, end: server.comeBack },
    ]);
  });

  it('cuts every connection, later goes silent: everybody is asked once and heard', async ({
    onTestFinished,
  }) => {
    const { database, drop } = await aDatabase();
    onTestFinished(drop);
    if (database.kind !== 'postgres') throw new Error('This suite runs on PostgreSQL');
    const url = new URL(database.url);
    const proxy = await startCuttableProxy({ host: url.hostname, port: Number(url.port || 5432) });
    onTestFinished(proxy.close);
    url.hostname = '127.0.0.1';
    url.port = String(proxy.port);
    const end = async () => proxy.mend();
    await goThrough(database, url.href, onTestFinished, [
      { begin: async () => proxy.cut(), lastsMs: 3000, end },
      { begin: async () => proxy.hang(), lastsMs: 5000, end },
    ]);
  });
});

/** A morning whose learners come in groups: each outage begins while the questions of a group are going out. */
async function goThrough(
  database: PostgresDatabase,
  url: string,
  onTestFinished: TestContext['onTestFinished'],
  outages: readonly Outage[],
): Promise<void> {
  const port = await freePort();
  const emulator = emulatorInRealTime(port);
  onTestFinished(() => emulator.close());
  const { url: apiBaseUrl } = await emulator.start();
  const reached = { database: { ...database, url }, apiBaseUrl, messagesPerSecond: MESSAGES_PER_SECOND };
  const service = await startService(port, {
    ...environmentFor(reached),
    DISPATCH_GRACE_SECONDS: String(GRACE_SECONDS),
  });
  onTestFinished(() => void service.kill('SIGKILL'));
  const phones = await peopleWithWelcome(emulator, port, LEARNERS);
  const perOutage = LEARNERS / outages.length;
  for (const [index, outage] of outages.entries()) {
    const group = phones.slice(index * perOutage, (index + 1) * perOutage);
    for (const phone of group) phone.tap('Start');
    await until(() => askedIn(emulator, group) >= group.length / 4, 'a quarter is asked');
    await outage.begin();
    await until(async () => !(await isReady(port)), 'the service says that it is not ready');
    const awaySince = Date.now();
    const triedSince = () => emulator.webhooks.filter(({ at, durationMs }) => at - durationMs >= awaySince);
    for (const phone of group) phone.say('HELP');
    await until(() => triedSince().length > 0, 'a notification was tried');
    await sleep(outage.lastsMs);
    const during = triedSince();
    await outage.end();
    expect(during.filter((it) => it.status === 200)).toEqual([]);
    await until(() => isReady(port), 'the service is ready again');
  }
  await until(() => askedIn(emulator, phones) === LEARNERS, 'everybody is asked');
  // Meta brings what was turned away after pauses of its own.
  await until(() => helpedOf(emulator).size === LEARNERS, 'everybody is helped');
  await untilNothingIsLeftToDo(database);

  expect(tallyOf(emulator)).toEqual({ asked: LEARNERS, twice: 0 });
  expect(helpedOf(emulator)).toEqual(new Map(phones.map((phone) => [phone.number, 1])));
  expect(await inboxOf(database)).toEqual([{ state: 'heard', count: 2 * LEARNERS }]);
  expect([service.exitCode, service.signalCode]).toEqual([null, null]);
}

function askedIn(emulator: Emulator, group: readonly PhoneHandle[]): number {
  const asked = new Set(askedOf(emulator));
  return group.filter((phone) => asked.has(phone.number)).length;
}

async function inboxOf(database: Database): Promise<{ state: string; count: number }[]> {
  const rows = await queryDatabase(
    database,
    'SELECT state, count(*)::int AS count FROM inbox GROUP BY state ORDER BY state',
  );
  return rows.map((row) => ({ state: String(row.state), count: Number(row.count) }));
}
