import type { Writable } from 'node:stream';
import { expect } from 'vitest';
import { rememberedBank } from '../content/remembered-bank.ts';
import type { ChatMessage } from '../contract/phone.ts';
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type PhoneHandle,
} from '../emulator/emulator.ts';
import type { PhoneProfile } from '../emulator/phones/phone-book.ts';
import type { Area } from '../interview/areas.ts';
import type { Language } from '../interview/languages/language.ts';
import { type QuestionInLanguage, questionIn } from '../interview/question.ts';
import { type App, createApp } from '../server/app.ts';
import type { Config } from '../server/config.ts';
import { aDatabase, contentsOf, queryDatabase } from './build/database.ts';

const SECONDS = 1000;
const MINUTES = 60 * SECONDS;
const HOURS = 60 * MINUTES;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The whole house in one process: the service, the emulator at the wire, and a clock that only moves by hand. */
export type World = Awaited<ReturnType<typeof openWorld>>;

const ACCOUNT = {
  token: 'EAAEMULATORTOKEN',
  appSecret: 'emulator-app-secret',
  verifyToken: 'emulator-verify-token',
  phoneNumberId: '220330440550660',
  businessAccountId: '110220330440550',
  appId: '330440550660770',
};

export async function openWorld(
  options: {
    config?: Partial<Config>;
    startsAt?: string;
    logTo?: Writable;
    bankFolder?: string;
    seed?: number;
    emulator?: Partial<EmulatorOptions>;
  } = {},
) {
  let now = Date.parse(options.startsAt ?? '2026-11-30T06:00:00Z');
  const emulator = createEmulator({
    ...ACCOUNT,
    port: 0,
    businessNumber: '15550100200',
    businessName: 'Interview Bot',
    webhookUrl: null,
    registrationUrl: null,
    pageRoot: null,
    now: () => now,
    seed: options.seed ?? 7,
    automatic: { deliver: true, read: false, delaysMs: { sent: 0, delivered: 0, read: 0 } },
    ...options.emulator,
  });
  const { url: apiBaseUrl } = await emulator.start();
  const { database, drop } = await aDatabase();
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://bot.test',
    database,
    roles: { web: true, worker: true },
    whatsapp: {
      ...ACCOUNT,
      apiBaseUrl,
      apiVersion: 'v25.0',
      messagesPerSecond: 1000,
      dailyLimit: null,
      chatLinkBaseUrl: 'https://wa.me',
    },
    openai: null,
    encryptionKeys: [{ id: 'test', key: Buffer.alloc(32, 7) }],
    logLevel: 'silent',
    businessName: 'Interview Bot',
    contact: 'help@bot.test',
    extraQuestionsPerDay: 3,
    dispatchGraceMs: 90 * SECONDS,
    trustProxy: false,
    metricsToken: null,
    ...options.config,
  };
  let app: App;
  let url = '';
  const people: Person[] = [];
  await startApp();
  await app!.submitTemplates();
  await settle();

  async function startApp(): Promise<void> {
    app = await createApp(config, {
      now: () => now,
      luck: () => 0,
      ...(options.logTo === undefined ? {} : { logTo: options.logTo }),
      ...(options.bankFolder === undefined ? {} : { bankFolder: options.bankFolder }),
    });
    url = (await app.start()).url;
    emulator.setWebhookUrl(`${url}/webhooks/whatsapp`);
  }

  /** Everybody does what there is to do at this instant, until nobody has anything left. */
  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      const before = activity(emulator);
      await app.tick();
      await app.settle();
      emulator.tick();
      await emulator.settle();
      quiet = activity(emulator) === before ? quiet + 1 : 0;
    }
  }

  async function moveTo(instant: number): Promise<void> {
    if (instant < now) throw new Error('The clock never goes back');
    now = instant;
    await settle();
  }

  const world = {
    emulator,
    config,
    get url() {
      return url;
    },
    get now() {
      return now;
    },
    settle,
    /** Forward, in steps small enough for everything that is due on the way. */
    async pass(time: { seconds?: number; minutes?: number; hours?: number; days?: number }): Promise<void> {
      const ms =
        (time.seconds ?? 0) * SECONDS +
        (time.minutes ?? 0) * MINUTES +
        (time.hours ?? 0) * HOURS +
        (time.days ?? 0) * 24 * HOURS;
      const end = now + ms;
      // Weeks in which nobody is asked anything need no hours.
      const step = ms < 7 * 24 * HOURS ? 1 * HOURS : 12 * HOURS;
      while (now < end) await moveTo(Math.min(end, now + step));
    },
    /** Forward at once: what was due on the way comes late or not at all, as after a sleep of the machine. */
    leap: (time: { hours?: number; days?: number }): Promise<void> =>
      moveTo(now + (time.hours ?? 0) * HOURS + (time.days ?? 0) * 24 * HOURS),
    /** Forward to the next such moment: `itIs('Tuesday 09:00', 'America/Sao_Paulo')`. */
    async itIs(moment: string, zone: string): Promise<void> {
      const [weekday = '', clock = ''] = moment.split(' ');
      const wanted = WEEKDAYS.indexOf(weekday) + 1;
      if (wanted === 0) throw new Error(`No such weekday: ${weekday}`);
      let at = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).withPlainTime(clock);
      while (at.dayOfWeek !== wanted || at.epochMilliseconds < now) at = at.add({ days: 1 });
      while (now < at.epochMilliseconds) await moveTo(Math.min(at.epochMilliseconds, now + HOURS));
    },
    /** `identity`: what notifications show of them. */
    learner(
      name: string,
      it: { number: string; language: Language; zone?: string } & Pick<
        PhoneProfile,
        'identity' | 'bsuid' | 'alsoReachedAs'
      >,
    ): Person {
      const { number, zone: _, ...profile } = it;
      const phone = emulator.phone(number, { name, ...profile });
      const person = createPerson({ name, zone: 'UTC', ...it, phone, world: () => world });
      people.push(person);
      return person;
    },
    /** The process was off for a while, and the clock did not wait for it. */
    async restartAfter(time: { hours: number }): Promise<void> {
      await app.stop();
      now += time.hours * HOURS;
      await startApp();
      await settle();
    },
    /** Ends the process in good order and starts it again on the same file. */
    async restart(): Promise<void> {
      await app.stop();
      await startApp();
      await settle();
    },
    /** Takes the database's tables away under the running service. */
    async breakStore(): Promise<void> {
      for (const table of ['inbox', 'troubles']) {
        await queryDatabase(database, `ALTER TABLE ${table} RENAME TO ${table}_gone`);
      }
    },
    /** What a query of the books says. */
    rows: (sql: string) => queryDatabase(database, sql),
    /** How many rows a table has. */
    async count(table: string): Promise<number> {
      const [row] = await world.rows(`SELECT count(*) AS number FROM ${table}`);
      return Number(row?.number);
    },
    /** Whether the database holds such words in the clear, in its files or in its rows. */
    async holdsInTheClear(words: RegExp): Promise<boolean> {
      return (await contentsOf(database)).some((content) => words.test(content));
    },
    post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
      return fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    },
    get: (path: string) => fetch(`${url}${path}`),
    async close(): Promise<void> {
      await app.stop();
      await emulator.close();
      await drop();
    },
  };
  return world;
}

function activity(emulator: Emulator): number {
  return emulator.sends.length + emulator.webhooks.length;
}

/** A learner with a phone, in sentences: they register, say and tap; they hear, or hear nothing. */
export type Person = ReturnType<typeof createPerson>;

function createPerson(it: {
  name: string;
  number: string;
  language: Language;
  zone: string;
  phone: PhoneHandle;
  world: () => Omit<World, 'learner'>;
}) {
  const { phone, world } = it;
  let heardUntil = 0;

  const unheard = () => phone.messages.filter((message) => message.from === 'bot').slice(heardUntil);

  const person = {
    phone,
    number: it.number,
    async registers(
      change: Record<string, unknown> = {},
    ): Promise<{ status: number; body: Record<string, unknown> }> {
      const response = await world().post(
        '/api/users/register',
        {
          name: it.name,
          whatsapp_number: `+${it.number}`,
          preferred_language: it.language,
          tech_area: 'javascript' satisfies Area,
          timezone: it.zone,
          consent: true,
          ...change,
        },
        { 'accept-language': it.language },
      );
      await world().settle();
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    async says(text: string, options?: { quoting?: string }): Promise<void> {
      phone.say(text, options);
      await world().settle();
    },
    async taps(title: string, options?: { of?: string }): Promise<void> {
      phone.tap(title, options);
      await world().settle();
    },
    /** Says it and is quiet for long enough to be understood as finished. */
    async answers(text: string, options?: { quoting?: string }): Promise<void> {
      await person.says(text, options);
      await world().pass({ seconds: 9 });
    },
    /** Registers, confirms and has heard the first question. */
    async joins(change: Record<string, unknown> = {}): Promise<ChatMessage> {
      await person.registers(change);
      person.hears(/./);
      const welcome = phone.messages.at(-1);
      await person.taps(welcome?.buttons[0]?.title ?? 'Start');
      return person.hears(/./);
    },
    /** Exactly one new message, and it matches. */
    hears(expected: RegExp): ChatMessage {
      const messages = unheard();
      expect(messages.map((message) => message.text)).toEqual([expect.stringMatching(expected)]);
      const [message] = messages;
      if (message === undefined) throw new Error('Nothing was heard');
      expect(message.status).not.toBe('failed');
      heardUntil += 1;
      return message;
    },
    /** The newest message that arrived, after others that failed on their way. */
    hearsAtLast(expected: RegExp): ChatMessage {
      const arrived = unheard().filter((message) => message.status !== 'failed');
      expect(arrived.map((message) => message.text)).toEqual([expect.stringMatching(expected)]);
      const [message] = arrived;
      if (message === undefined) throw new Error('Nothing was heard');
      heardUntil += unheard().length;
      return message;
    },
    hearsNothing(): void {
      expect(unheard().map((message) => message.text)).toEqual([]);
    },
    /** The bank's question whose text is in that message. */
    questionIn(message: ChatMessage): QuestionInLanguage {
      const found = bank.find((question) => message.text.includes(question.text[it.language]));
      if (found === undefined) throw new Error(`No question of the bank is in: ${message.text}`);
      return questionIn(found, it.language);
    },
  };
  return person;
}

const bank = rememberedBank().questions;
