import { DatabaseSync } from 'node:sqlite';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import type { ChatMessage } from '../contract/phone.ts';
import { createEmulator, type Emulator, type PhoneHandle } from '../emulator/emulator.ts';
import { type App, createApp } from '../server/app.ts';
import type { Database } from '../server/store/connections.ts';
import { RETENTION } from '../server/store/retention.ts';
import type { Bench, Line } from './bench.ts';
import { median } from './quantile.ts';

const SECONDS = 1000;
const MINUTES = 60 * SECONDS;
const HOURS = 60 * MINUTES;
const DAYS = 24 * HOURS;
const STARTS_AT = Date.parse('2026-11-30T08:00:00Z');
/** So many days at either end are compared. */
const COMPARED = 5;
/** After the days one after another, so many more with so much time between them: what is old has to go. */
const LEAPS = 8;
const LEAP_DAYS = 15;

type Day = {
  readonly day: number;
  /** Learners who were asked. */
  readonly asked: number;
  readonly msPerLearner: number;
  /** What other programs on the machine take is not in it, nor what the database's server does. */
  readonly cpuMsPerLearner: number;
  readonly heapMb: number;
  readonly rows: Readonly<Record<string, number>>;
};

/** Whether a late day is as quick as an early one, and whether memory and tables stop growing. */
export async function benchDays(bench: Bench): Promise<Line[]> {
  const size = bench.isFull ? { learners: 1_000, days: 24 } : { learners: 20, days: 12 };
  const lines: Line[] = [];
  for (const kind of bench.databases) {
    const { days, leaps, ...ratios } = await liveThroughDays({
      database: await bench.newDatabase(kind),
      ...size,
      // The table has the ratios; the days themselves are for whoever looks for what grows.
      print: (line) => console.error(line),
    });
    const what = `day ${size.days} of ${size.learners} learners`;
    const compared = (measure: (day: Day) => number) => {
      const perLearner = (some: readonly Day[]) => `${median(some.map(measure)).toFixed(1)} ms a learner`;
      return {
        measured: perLearner(days.slice(-COMPARED)),
        yardstick: `${perLearner(days.slice(0, COMPARED))} on the first days`,
      };
    };
    lines.push({
      what,
      database: kind,
      ...compared((day) => day.msPerLearner),
      ratio: ratios.time,
      target: `≤ ${MOST_SLOWER}`,
      isReached: ratios.time <= MOST_SLOWER,
    });
    // What other programs take of the machine is not in it; nor is what the database's server does.
    lines.push({
      what: 'processor time on it',
      database: kind,
      ...compared((day) => day.cpuMsPerLearner),
      ratio: ratios.cpuTime,
      target: `≤ ${MOST_SLOWER}`,
      isReached: ratios.cpuTime <= MOST_SLOWER,
    });
    lines.push({
      what: 'memory on it',
      database: kind,
      measured: `${days.at(-1)?.heapMb.toFixed(0)} MB of heap`,
      yardstick: `${days[0]?.heapMb.toFixed(0)} MB on the first day`,
      ratio: ratios.heap,
      target: `≤ ${MOST_LARGER}`,
      isReached: ratios.heap <= MOST_LARGER,
    });
    const total = ({ rows }: Day) => Object.values(rows).reduce((sum, count) => sum + count, 0);
    const [early, late] = [leaps.at(-3), leaps.at(-1)];
    if (early === undefined || late === undefined) continue;
    lines.push({
      what: `rows after ${LEAPS * LEAP_DAYS} days more`,
      database: kind,
      measured: `${total(late)} rows`,
      yardstick: `${total(early)} a month before`,
      ratio: total(late) / total(early),
      target: `≤ ${MOST_LARGER}`,
      isReached: total(late) / total(early) <= MOST_LARGER,
    });
  }
  return lines;
}

const MOST_SLOWER = 1.1;
const MOST_LARGER = 1.1;

/**
 * Day after day for many learners, in one process with the pretend WhatsApp, by a clock that is moved by hand.
 */
async function liveThroughDays(it: {
  database: Database;
  learners: number;
  days: number;
  print: (line: string) => void;
}): Promise<{
  readonly days: readonly Day[];
  readonly leaps: readonly Day[];
  /** The last days to the first ones. */
  readonly time: number;
  readonly cpuTime: number;
  readonly heap: number;
}> {
  const { print } = it;
  const house = await openHouse(it.database);
  print(`${it.learners} learners, ${it.days} days, on ${it.database.kind}`);
  const phones = await register(house, it.learners);
  const days: Day[] = [];
  for (let day = 1; day <= it.days; day++) days.push(await liveADay(house, phones, day, 1, print));
  const ratios = {
    time: ratio(days, (day) => day.msPerLearner),
    cpuTime: ratio(days, (day) => day.cpuMsPerLearner),
    heap: ratio(days, (day) => day.heapMb),
  };
  const shown = Object.entries(ratios).map(([name, value]) => `${name} ${value.toFixed(2)}`);
  print(`the last ${COMPARED} days to the first ${COMPARED}, medians: ${shown.join(', ')}`);
  const leaps: Day[] = [];
  for (let leap = 1; leap <= LEAPS; leap++) {
    leaps.push(await liveADay(house, phones, it.days + leap * LEAP_DAYS, LEAP_DAYS, print));
  }
  await house.close();
  return { days, leaps, ...ratios };
}

type House = {
  readonly app: App;
  readonly emulator: Emulator;
  readonly database: Database;
  readonly url: string;
  now(): number;
  /** Moves the clock there and lets everybody do what there is to do. */
  moveTo(instant: number): Promise<void>;
  close(): Promise<void>;
};

async function openHouse(database: Database): Promise<House> {
  let now = STARTS_AT;
  const emulator = createEmulator({
    ...ACCOUNT,
    port: 0,
    businessNumber: '15550100200',
    businessName: 'Interview Bot',
    webhookUrl: null,
    registrationUrl: null,
    pageRoot: null,
    now: () => now,
    seed: 7,
    automatic: { deliver: true, read: true, delaysMs: { sent: 0, delivered: 0, read: 0 } },
    switches: { account: { recipientsPerDay: null } },
  });
  const { url: apiBaseUrl } = await emulator.start();
  const app = await createApp(
    {
      host: '127.0.0.1',
      port: 0,
      publicUrl: 'http://bot.test',
      database,
      roles: { web: true, worker: true },
      whatsapp: {
        ...ACCOUNT,
        apiBaseUrl,
        apiVersion: 'v25.0',
        // The clock stands still while they are sent: what paces them would wait for ever.
        messagesPerSecond: 1_000_000,
        dailyLimit: 1_000_000,
        chatLinkBaseUrl: 'https://wa.me',
      },
      openai: null,
      encryptionKeys: [{ id: 'bench', key: Buffer.alloc(32, 7) }],
      logLevel: 'silent',
      businessName: 'Interview Bot',
      contact: 'help@bot.test',
      extraQuestionsPerDay: 3,
      dispatchGraceMs: 90 * SECONDS,
      trustProxy: '127.0.0.1',
      metricsToken: null,
    },
    { now: () => now, luck: Math.random },
  );
  const { url } = await app.start();
  emulator.setWebhookUrl(`${url}/webhooks/whatsapp`);
  await app.submitTemplates();
  await settle(app, emulator);
  return {
    app,
    emulator,
    database,
    url,
    now: () => now,
    async moveTo(instant) {
      now = instant;
      await settle(app, emulator);
    },
    async close() {
      await app.stop();
      await emulator.close();
    },
  };
}

async function settle(app: App, emulator: Emulator): Promise<void> {
  const activity = () => emulator.sends.length + emulator.webhooks.length;
  for (let quiet = 0; quiet < 2; ) {
    const before = activity();
    await app.tick();
    await app.settle();
    emulator.tick();
    await emulator.settle();
    quiet = activity() === before ? quiet + 1 : 0;
  }
}

const ACCOUNT = {
  token: 'EAAEMULATORTOKEN',
  appSecret: 'emulator-app-secret',
  verifyToken: 'emulator-verify-token',
  phoneNumberId: '220330440550660',
  businessAccountId: '110220330440550',
  appId: '330440550660770',
};

/** Through the page and by the button of the welcome, as everybody does. */
async function register(house: House, learners: number): Promise<readonly PhoneHandle[]> {
  const phones: PhoneHandle[] = [];
  for (let index = 0; index < learners; index++) {
    const number = String(15_550_200_000 + index);
    phones.push(house.emulator.phone(number, { name: `Learner ${index}`, language: 'en' }));
    const response = await fetch(`${house.url}/api/users/register`, {
      method: 'POST',
      // Each from an address of their own, or they would count as a flood.
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
      },
      body: JSON.stringify({
        name: `Learner ${index}`,
        whatsapp_number: `+${number}`,
        preferred_language: 'en',
        tech_area: 'javascript',
        timezone: 'UTC',
        consent: true,
      }),
    });
    if (response.status !== 202) throw new Error(`Registration ${index} got ${response.status}`);
    await response.body?.cancel();
  }
  await house.moveTo(house.now());
  for (const phone of phones) phone.tap('Start');
  await house.moveTo(house.now() + 1 * MINUTES);
  return phones;
}

/** From nine in the morning, when everybody is asked, until the evening. */
async function liveADay(
  house: House,
  phones: readonly PhoneHandle[],
  day: number,
  sinceLast: number,
  print: (line: string) => void,
): Promise<Day> {
  const nine = STARTS_AT + 1 * HOURS + day * 1 * DAYS;
  // Nobody looks at what was said weeks ago, and the pretend WhatsApp would keep all of it.
  house.emulator.forget(nine - 2 * DAYS);
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  await house.moveTo(nine);
  const asked = phones.filter((phone) => (newest(phone)?.at ?? 0) >= nine).length;
  await house.moveTo(nine + 1 * MINUTES);
  for (const [index, phone] of phones.entries()) act(phone, manner(index, day), nine);
  await house.moveTo(nine + 2 * MINUTES);
  for (const [index, phone] of phones.entries()) answer(phone, manner(index, day), day, nine);
  for (const later of [20 * SECONDS, 40 * SECONDS, 60 * SECONDS])
    await house.moveTo(nine + 2 * MINUTES + later);
  await house.moveTo(nine + 11 * HOURS);
  const tookMs = performance.now() - began;
  const cpu = process.cpuUsage(cpuBefore);
  const done: Day = {
    day,
    asked,
    msPerLearner: tookMs / asked,
    cpuMsPerLearner: (cpu.user + cpu.system) / 1000 / asked,
    heapMb: heapMb(),
    rows: await countRows(house.database),
  };
  const rows = Object.entries(done.rows).filter(([, count]) => count > 0);
  print(
    `day ${day} (${sinceLast} later): ${asked} asked, ${done.msPerLearner.toFixed(1)} ms each (${done.cpuMsPerLearner.toFixed(1)} of CPU), heap ${done.heapMb.toFixed(0)} MB, ${rows.map(([table, count]) => `${table} ${count}`).join(', ')}`,
  );
  return done;
}

type Manner = 'answers' | 'hint first' | 'is silent' | 'stops' | 'comes back';

/** Of ten learners six answer, one takes a hint before, two are silent, and one stops now and then and comes back. */
function manner(index: number, day: number): Manner {
  switch (index % 10) {
    case 0:
    case 1:
      return 'is silent';
    case 2:
      return 'hint first';
    case 3:
      return (day + index) % 8 === 0 ? 'stops' : (day + index) % 8 === 3 ? 'comes back' : 'answers';
    default:
      return 'answers';
  }
}

function act(phone: PhoneHandle, how: Manner, since: number): void {
  const question = newest(phone);
  const isAsked = (question?.at ?? 0) >= since;
  const teaser = question?.buttons.find((button) => button.title === 'Show question');
  if (how === 'stops') phone.say('STOP');
  else if (how === 'comes back') phone.say('START');
  else if (how !== 'is silent' && isAsked && teaser !== undefined) phone.tap(teaser.title);
  else if (how === 'hint first' && isAsked) phone.tap('Hint');
}

function answer(phone: PhoneHandle, how: Manner, day: number, since: number): void {
  if (how !== 'answers' && how !== 'hint first') return;
  if ((newest(phone)?.at ?? 0) >= since) phone.say(ANSWERS[day % ANSWERS.length] ?? '');
}

const ANSWERS = [
  'A closure keeps the variables of the function in which it was made, even after that function has returned.',
  'It is a queue: the event loop takes one task at a time and runs all microtasks before the next one.',
  'Use a hash map, so that each look-up takes constant time, and go through the list once from left to right.',
];

function newest(phone: PhoneHandle): ChatMessage | undefined {
  return phone.messages.findLast((message) => message.from === 'bot');
}

const TABLES = Object.keys(RETENTION);

async function countRows(database: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  if (database.kind === 'sqlite') {
    const file = new DatabaseSync(database.file, { readOnly: true });
    for (const table of TABLES)
      counts[table] = Number(file.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n);
    file.close();
    return counts;
  }
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const table of [...TABLES, ...PG_BOSS_TABLES]) {
    const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`);
    counts[table] = Number(rows[0]?.n);
  }
  await client.end();
  return counts;
}

const PG_BOSS_TABLES = ['pgboss.job', 'pgboss.queue_stats', 'pgboss.warning'];

function heapMb(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const collectGarbage = exposeCollector();

function exposeCollector(): () => void {
  setFlagsFromString('--expose_gc');
  return runInNewContext('gc') as () => void;
}

/** The last days to the first ones. */
function ratio(days: readonly Day[], measure: (day: Day) => number): number {
  return median(days.slice(-COMPARED).map(measure)) / median(days.slice(0, COMPARED).map(measure));
}
