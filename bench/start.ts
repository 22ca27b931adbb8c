import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../server/store/connections.ts';
import { freePort } from '../test/free-port.ts';
import type { Bench, DatabaseKind, Line } from './bench.ts';
import { APP_SECRET, ENCRYPTION_KEYS, PHONE_NUMBER_ID } from './configuration.ts';
import { inTurn } from './in-turn.ts';
import { addLearners } from './learners.ts';
import type { MetaOffers } from './processes/meta.ts';
import { startProcess } from './processes/start-process.ts';
import { median } from './quantile.ts';
import { until } from './until.ts';
import { hundredths, whole } from './words.ts';

const MEGABYTES = 1024 * 1024;
const LONGEST_START_MS = 2000;
const MOST_IDLE_CPU = 0.01;
const MOST_MEMORY_MB = 250;
/** What happens only once after a start is over by then. */
const SETTLES_MS = 2000;

/** `npm start` with learners in the database: until it is ready, then what it uses while nothing happens. */
export async function benchStart(bench: Bench): Promise<Line[]> {
  const learners = bench.isFull ? 10_000 : 1000;
  await using meta = startProcess<MetaOffers>('meta.ts');
  const { url: apiBaseUrl } = await meta.call('start', { answersAfterMs: 0 });
  const commands: Record<string, Command> = { bare: { args: ['-e', BARE_SERVER], environment: {} } };
  for (const kind of bench.databases) {
    const database = await bench.newDatabase(kind);
    await addLearners(database, { count: learners });
    commands[kind] = { args: ['start.ts'], environment: environmentFor(database, apiBaseUrl) };
    // The first start sets the database up, which happens once in its life.
    await (await start(commands[kind])).stop();
  }
  const measurements = Object.entries(commands).map(([name, command]) => [
    name,
    async () => {
      const started = await start(command);
      await started.stop();
      return started.tookMs;
    },
  ]);
  const tookMs = (await inTurn(bench.isFull ? 9 : 3, Object.fromEntries(measurements))) as Readonly<
    Record<string, readonly number[]>
  >;
  const idle = await Promise.all(
    Object.values(commands).map((command, index) =>
      index === 0 ? null : usedWhileIdle(command, bench.isFull ? 30 : 5),
    ),
  );
  const bareMs = median(tookMs.bare ?? []);
  return bench.databases.flatMap((kind, index) => {
    const used = idle[index + 1];
    return [
      startLine(kind, median(tookMs[kind] ?? []), bareMs),
      ...(used === null || used === undefined ? [] : idleLines(kind, used, learners)),
    ];
  });
}

type Command = { readonly args: readonly string[]; readonly environment: NodeJS.ProcessEnv };
type Used = { readonly cpu: number; readonly memoryMb: number };

const BARE_SERVER = `require('node:http').createServer((_, response) => response.end('ready')).listen(process.argv[1], '127.0.0.1')`;

function environmentFor(database: Database, apiBaseUrl: string): NodeJS.ProcessEnv {
  return {
    HOST: '127.0.0.1',
    DATABASE_URL: database.kind === 'sqlite' ? `sqlite:${database.file}` : database.url,
    WHATSAPP_TOKEN: 'bench-token',
    WHATSAPP_PHONE_NUMBER_ID: PHONE_NUMBER_ID,
    WHATSAPP_VERIFY_TOKEN: 'bench-verify-token',
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_API_BASE_URL: apiBaseUrl,
    ENCRYPTION_KEYS: ENCRYPTION_KEYS.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(','),
    CONTACT: 'help@bot.test',
    LOG_LEVEL: 'error',
  };
}

async function start({ args, environment }: Command) {
  const port = await freePort();
  const beganAt = performance.now();
  const child = spawn(process.execPath, [...args, String(port)], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until(() => isReady(child, port), { what: 'a process was ready', everyMs: 5 });
  return {
    port,
    tookMs: performance.now() - beganAt,
    async stop(): Promise<void> {
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function isReady(child: ChildProcess, port: number): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`A process ended with code ${child.exitCode}`);
  return fetch(`http://127.0.0.1:${port}/health/ready`).then(
    (response) => response.ok,
    () => false,
  );
}

/** As the process itself tells it. */
async function usedWhileIdle(command: Command, seconds: number): Promise<Used> {
  const { port, stop } = await start(command);
  await sleep(SETTLES_MS);
  const before = await metricsAt(port);
  const beganAt = performance.now();
  await sleep(seconds * 1000);
  const after = await metricsAt(port);
  const elapsedS = (performance.now() - beganAt) / 1000;
  await stop();
  return { cpu: (after.cpuS - before.cpuS) / elapsedS, memoryMb: after.memoryBytes / MEGABYTES };
}

async function metricsAt(port: number): Promise<{ cpuS: number; memoryBytes: number }> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  return {
    cpuS: value('process_cpu_seconds_total'),
    memoryBytes: value('process_resident_memory_bytes'),
  };
}

function startLine(kind: DatabaseKind, tookMs: number, bareMs: number): Line {
  return {
    what: 'start-up until ready',
    database: kind,
    measured: `${whole(tookMs)} ms`,
    yardstick: `bare server ${whole(bareMs)} ms`,
    ratio: tookMs / bareMs,
    target: `< ${whole(LONGEST_START_MS)} ms`,
    isReached: tookMs < LONGEST_START_MS,
  };
}

function idleLines(kind: DatabaseKind, { cpu, memoryMb }: Used, learners: number): Line[] {
  return [
    {
      what: `processor while nothing happens, ${whole(learners)} learners`,
      database: kind,
      measured: `${hundredths(cpu * 100)} %`,
      yardstick: 'one core',
      ratio: cpu,
      target: `< ${MOST_IDLE_CPU * 100} %`,
      isReached: cpu < MOST_IDLE_CPU,
    },
    {
      what: `memory, ${whole(learners)} learners`,
      database: kind,
      measured: `${whole(memoryMb)} MB`,
      yardstick: `${MOST_MEMORY_MB} MB`,
      ratio: memoryMb / MOST_MEMORY_MB,
      target: `< ${MOST_MEMORY_MB} MB`,
      isReached: memoryMb < MOST_MEMORY_MB,
    },
  ];
}
