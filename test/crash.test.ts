import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../emulator/emulator.ts';
import { createLuck } from '../emulator/luck.ts';
import { freePort } from './free-port.ts';

const LEARNERS = 400;
const KILLS = 20;
/** A kill comes when so many more questions have reached the emulator, and a moment later still. */
const MOST_BETWEEN_KILLS = 6;
const LONGEST_MOMENT_MS = 30;
/** `CRASH_SEED=…` repeats the moments of one run, as far as a real process can repeat anything. */
const SEED = Number(process.env.CRASH_SEED ?? randomInt(2 ** 31));
/** Longer than the emulator, like Meta, may take until it tries a notification again after an outage. */
const GRACE_SECONDS = 60;

const ACCOUNT = {
  token: 'EAAEMULATORTOKEN',
  appSecret: 'emulator-app-secret',
  verifyToken: 'emulator-verify-token',
  phoneNumberId: '220330440550660',
};

const BUSINESS_ACCOUNT_ID = '110220330440550';
/** Three templates, each in English, Spanish and both spellings of Portuguese: the service submits them by itself. */
const TEMPLATES = 12;

let emulator: Emulator | undefined;
let service: ChildProcess | undefined;
let folder: string | undefined;
afterEach(async () => {
  service?.kill('SIGKILL');
  await emulator?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

describe('a process that is killed again and again in the middle of sending', () => {
  it(`asks each of ${LEARNERS} learners exactly once (seed ${SEED})`, { timeout: 600_000 }, async () => {
    const luck = createLuck(SEED);
    folder = await mkdtemp(join(tmpdir(), 'interview-bot-crash-'));
    const port = await freePort();
    emulator = createEmulator({
      ...ACCOUNT,
      port: 0,
      businessAccountId: BUSINESS_ACCOUNT_ID,
      appId: '330440550660770',
      businessNumber: '15550100200',
      businessName: 'Interview Bot',
      webhookUrl: `http://127.0.0.1:${port}/webhooks/whatsapp`,
      registrationUrl: null,
      pageRoot: null,
      switches: { account: { recipientsPerDay: 2000 } },
      now: Date.now,
      automatic: { deliver: true, read: false, delaysMs: { sent: 20, delivered: 50, read: 0 } },
    });
    const { url: apiBaseUrl } = await emulator.start();
    const environment = {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(folder, 'bot.db')}`,
      WHATSAPP_TOKEN: ACCOUNT.token,
      WHATSAPP_PHONE_NUMBER_ID: ACCOUNT.phoneNumberId,
      WHATSAPP_VERIFY_TOKEN: ACCOUNT.verifyToken,
      WHATSAPP_APP_SECRET: ACCOUNT.appSecret,
      WHATSAPP_API_BASE_URL: apiBaseUrl,
      WHATSAPP_BUSINESS_ACCOUNT_ID: BUSINESS_ACCOUNT_ID,
      WHATSAPP_MESSAGES_PER_SECOND: '100',
      ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      CONTACT: 'help@bot.test',
      TRUST_PROXY: 'true',
      DISPATCH_GRACE_SECONDS: String(GRACE_SECONDS),
      LOG_LEVEL: 'error',
    };
    service = await startService(port, environment);
    await until(
      () => emulator?.templates.list().filter((it) => it.status === 'APPROVED').length === TEMPLATES,
      'the templates are approved',
    );
    const phones = Array.from({ length: LEARNERS }, (_, index) =>
      (emulator as Emulator).phone(`1555010${String(1000 + index)}`, { name: `Learner ${index}` }),
    );
    for (const [index, phone] of phones.entries()) await register(port, phone.number, index);
    await until(() => welcomed(phones) === LEARNERS, 'every welcome has arrived');

    // Meta takes every tenth message and the connection breaks before it says so.
    emulator.change({ sending: { dropAnswerAfterAccept: 0.1 } });
    for (const phone of phones) phone.tap('Start');
    for (let kill = 1; kill <= KILLS; kill++) {
      const questions = askedOf(emulator).length + 1 + luck.below(MOST_BETWEEN_KILLS);
      await until(() => askedOf(emulator).length >= Math.min(questions, LEARNERS), `kill ${kill}`);
      await sleep(luck.below(LONGEST_MOMENT_MS));
      service.kill('SIGKILL');
      await once(service, 'exit');
      service = await startService(port, environment);
    }
    await until(() => new Set(askedOf(emulator)).size === LEARNERS, 'everybody was asked');
    // Whatever would be sent a second time is sent when the grace time of the last kill is over.
    await sleep((GRACE_SECONDS + 5) * 1000);

    const times = new Map<string, number>();
    for (const number of askedOf(emulator)) times.set(number, (times.get(number) ?? 0) + 1);
    expect({ asked: times.size, twice: [...times.values()].filter((count) => count > 1).length }).toEqual({
      asked: LEARNERS,
      twice: 0,
    });
  });
});

/** The numbers that a question was sent to, once per sending. */
function askedOf(from: Emulator | undefined): string[] {
  return (from?.sends ?? [])
    .filter((send) => send.type === 'interactive' && send.to !== null)
    .map((send) => send.to ?? '');
}

function welcomed(phones: readonly { messages: readonly { template: string | null }[] }[]): number {
  return phones.filter((phone) => phone.messages.some((message) => message.template === 'welcome')).length;
}

async function register(port: number, number: string, index: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/api/users/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.0.${index}` },
    body: JSON.stringify({
      name: `Learner ${index}`,
      whatsapp_number: `+${number}`,
      preferred_language: 'en',
      tech_area: 'javascript',
      timezone: 'UTC',
      consent: true,
    }),
  });
  expect(response.status).toBe(202);
}

async function startService(port: number, environment: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['start.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`The service ended with code ${child.exitCode}`);
    return fetch(`http://127.0.0.1:${port}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
  }, 'the service is ready');
  return child;
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Two minutes passed before ${what}`);
    await sleep(10);
  }
}
