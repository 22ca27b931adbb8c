import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { createEmulator, type Emulator, type PhoneHandle } from '../emulator/emulator.ts';
import type { Database } from '../server/store/connections.ts';
import { queryDatabase } from './build/database.ts';
import { PATIENCE_MS } from './patience.ts';

const ACCOUNT = {
  token: 'EAAEMULATORTOKEN',
  appSecret: 'emulator-app-secret',
  verifyToken: 'emulator-verify-token',
  phoneNumberId: '220330440550660',
};
const BUSINESS_ACCOUNT_ID = '110220330440550';
/** Three templates under four language codes, which the service submits by itself. */
const TEMPLATES = 12;

/** The reply to HELP names it, and nothing else does. */
export const CONTACT = 'help@bot.test';
/** Longer than Meta may take until it tries a notification again after a short outage. */
export const GRACE_SECONDS = 60;

/** An emulator in real time whose account may write to thousands, with the notifications going to this port. */
export function emulatorInRealTime(webhookPort: number, it: { longestRetryPauseMs?: number } = {}): Emulator {
  return createEmulator({
    ...it,
    ...ACCOUNT,
    port: 0,
    businessAccountId: BUSINESS_ACCOUNT_ID,
    appId: '330440550660770',
    businessNumber: '15550100200',
    businessName: 'Interview Bot',
    webhookUrl: `http://127.0.0.1:${webhookPort}/webhooks/whatsapp`,
    registrationUrl: null,
    pageRoot: null,
    switches: { account: { recipientsPerDay: 10_000 } },
    now: Date.now,
    automatic: { deliver: true, read: false, delaysMs: { sent: 20, delivered: 50, read: 0 } },
  });
}

/** What a process of the service is started with. */
export function environmentFor(it: {
  database: Database;
  apiBaseUrl: string;
  messagesPerSecond: number;
}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOST: '127.0.0.1',
    DATABASE_URL: it.database.kind === 'sqlite' ? `sqlite:${it.database.file}` : it.database.url,
    WHATSAPP_TOKEN: ACCOUNT.token,
    WHATSAPP_PHONE_NUMBER_ID: ACCOUNT.phoneNumberId,
    WHATSAPP_VERIFY_TOKEN: ACCOUNT.verifyToken,
    WHATSAPP_APP_SECRET: ACCOUNT.appSecret,
    WHATSAPP_API_BASE_URL: it.apiBaseUrl,
    WHATSAPP_BUSINESS_ACCOUNT_ID: BUSINESS_ACCOUNT_ID,
    WHATSAPP_MESSAGES_PER_SECOND: String(it.messagesPerSecond),
    ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    CONTACT,
    TRUST_PROXY: 'true',
    DISPATCH_GRACE_SECONDS: String(GRACE_SECONDS),
    LOG_LEVEL: 'error',
  };
}

/** `npm start`, as a process of its own; resolves when it is ready. */
export async function startService(port: number, environment: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['start.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`The service ended with code ${child.exitCode}`);
    return isReady(port);
  }, 'the service is ready');
  return child;
}

/** What the process says of itself. */
export function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health/ready`).then(
    (response) => response.ok,
    () => false,
  );
}

/** What it says is wrong. */
export async function troublesOf(port: number): Promise<readonly string[]> {
  const response = await fetch(`http://127.0.0.1:${port}/health/ready`);
  const { troubles } = (await response.json()) as { troubles: string[] };
  return troubles;
}

/** So many people register and hold the welcome in their hands. */
export async function peopleWithWelcome(
  emulator: Emulator,
  port: number,
  count: number,
): Promise<PhoneHandle[]> {
  const approved = () => emulator.templates.list().filter((it) => it.status === 'APPROVED').length;
  await until(() => approved() === TEMPLATES, 'the templates are approved');
  const phones = Array.from({ length: count }, (_, index) =>
    emulator.phone(`155501${String(10_000 + index)}`, { name: `Learner ${index}` }),
  );
  for (const [index, phone] of phones.entries()) await register(port, phone.number, index);
  await until(() => phones.every(isWelcomed), 'every welcome has arrived');
  return phones;
}

function isWelcomed(phone: PhoneHandle): boolean {
  return phone.messages.some((message) => message.template === 'welcome');
}

async function register(port: number, number: string, index: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/api/users/register`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `10.0.${Math.floor(index / 250)}.${index % 250}`,
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
  expect([number, response.status]).toEqual([number, 202]);
}

/** The numbers that a question was sent to, once per sending. */
export function askedOf(emulator: Emulator): string[] {
  return emulator.sends
    .filter((send) => send.type === 'interactive' && send.to !== null)
    .map((send) => send.to ?? '');
}

/** How many were asked, and how many of them more than once. */
export function tallyOf(emulator: Emulator): { asked: number; twice: number } {
  const times = new Map<string, number>();
  for (const number of askedOf(emulator)) times.set(number, (times.get(number) ?? 0) + 1);
  return { asked: times.size, twice: [...times.values()].filter((count) => count > 1).length };
}

/** How often each number got the line that HELP brings. */
export function helpedOf(emulator: Emulator): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const send of emulator.sends) {
    if (send.type !== 'text' || send.to === null || !JSON.stringify(send.body).includes(CONTACT)) continue;
    times.set(send.to, (times.get(send.to) ?? 0) + 1);
  }
  return times;
}

/** No message waits to be sent or may have to be sent again, and no job is left that could do either. */
export async function untilNothingIsLeftToDo(database: Database): Promise<void> {
  await until(async () => {
    const [left] = await queryDatabase(
      database,
      `SELECT (SELECT count(*) FROM messages WHERE state IN ('planned', 'sending'))
            + (SELECT count(*) FROM inbox WHERE state = 'unheard') + (${JOBS_LEFT[database.kind]}) AS count`,
    );
    return Number(left?.count) === 0;
  }, 'nothing is left to do');
}

const JOBS_LEFT: Readonly<Record<Database['kind'], string>> = {
  sqlite: `SELECT count(*) FROM jobs WHERE state <> 'dead'`,
  postgres: `SELECT count(*) FROM pgboss.job WHERE state < 'completed' AND name <> 'given-up'`,
};

export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Five minutes passed before ${what}`);
    await sleep(10);
  }
}
