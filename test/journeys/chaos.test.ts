import { afterEach, describe, expect, inject, it } from 'vitest';
import type { PhoneHandle } from '../../emulator/emulator.ts';
import { createLuck, type Luck } from '../../emulator/luck.ts';
import { LANGUAGES } from '../../interview/languages/language.ts';
import { phrases } from '../../interview/languages/phrases.ts';
import { openWorld, type World } from '../world.ts';

const LEARNERS = 200;
const DAYS = 3;

/** `CHAOS_SEED=…` repeats one run or tries another. */
const SEEDS =
  process.env.CHAOS_SEED === undefined
    ? inject('database') === 'sqlite'
      ? [2026, 7, 11]
      : [2026]
    : [Number(process.env.CHAOS_SEED)];

const PLACES = [
  { prefix: '5511955', zone: 'America/Sao_Paulo', language: 'pt' },
  { prefix: '346120', zone: 'Europe/Madrid', language: 'es' },
  { prefix: '4474001', zone: 'Europe/London', language: 'en' },
] as const;

/** What may befall a learner in these days, and how many of them it befalls. */
const MISFORTUNES = {
  'says STOP': 20,
  'blocks us': 8,
  'has no WhatsApp any more': 8,
  'gets no marketing': 6,
  'shows no number': 20,
  'changes the number': 6,
  'switches marketing off': 4,
} as const;
type Misfortune = keyof typeof MISFORTUNES;

let world: World | undefined;
afterEach(() => world?.close());

describe('three days on which everything goes wrong that can', () => {
  it.each(SEEDS)(
    'with seed %i: nobody is asked twice, forgotten, or written to after STOP',
    async (seed) => {
      const luck = createLuck(seed);
      const chaos = await beginChaos(seed, luck);
      for (let day = 0; day < DAYS; day++) await liveThroughDay(chaos, day);
      await comeToRest(chaos);

      console.log(`seed ${seed}: ${await summaryOf(chaos)}`);
      expect(sentTwice(chaos)).toEqual([]);
      expect(await askedTwice(chaos)).toEqual([]);
      expect(await forgotten(chaos)).toEqual([]);
      expect(freeTextOutsideWindow(chaos)).toEqual([]);
      expect(writtenToAfterStop(chaos)).toEqual([]);
      expect(await deadJobs(chaos)).toEqual([]);
    },
    600_000,
  );
});

type Member = { phone: PhoneHandle; misfortune: Misfortune | null; befallsOn: number; zone: string };
type Chaos = {
  world: World;
  luck: Luck;
  members: readonly Member[];
  /** Numbers of those who said STOP, with how many sends there had been when the service knew. */
  stopped: Map<string, number>;
};

async function beginChaos(seed: number, luck: Luck): Promise<Chaos> {
  const opened = await openWorld({
    seed,
    config: { trustProxy: true },
    emulator: {
      automatic: { deliver: true, read: false, delaysMs: { sent: 200, delivered: 900, read: 2000 } },
    },
  });
  world = opened;
  const members = Array.from({ length: LEARNERS }, (_, index) => memberOf(opened, index, luck));
  for (const [index, { phone, zone }] of members.entries()) await register(opened, phone, zone, index);
  await opened.pass({ minutes: 2 });
  for (const { phone } of members) phone.tap(welcomeButton(phone));
  await opened.pass({ minutes: 2 });
  opened.emulator.change({
    webhooks: {
      duplicate: true,
      shuffle: true,
      batch: 20,
      delayMs: 3000,
      largeBody: true,
      oldConversation: true,
    },
    sending: {
      dropAnswerAfterAccept: 0.05,
      reset: 0.05,
      http500: 0.03,
      http503: 0.03,
      html502: 0.03,
      readByThemselves: 0.5,
    },
    account: { pairLimit: true, messagesPerSecond: 80, marketingPerLearnerAndDay: 1, noPaymentMethod: true },
  });
  return { world: opened, luck, members, stopped: new Map() };
}

function memberOf(opened: World, index: number, luck: Luck): Member {
  const place = PLACES[index % PLACES.length] ?? PLACES[0];
  const number = `${place.prefix}${String(100000 + index).slice(1)}${place.prefix === '5511955' ? '1' : ''}`;
  const fates = Object.entries(MISFORTUNES).flatMap(([what, count]) =>
    Array.from({ length: count }, () => what as Misfortune),
  );
  const misfortune = fates[index] ?? null;
  const phone = opened.emulator.phone(number, { name: `Learner ${index}`, language: place.language });
  return { phone, misfortune, befallsOn: luck.below(DAYS), zone: place.zone };
}

async function register(opened: World, phone: PhoneHandle, timezone: string, index: number): Promise<void> {
  const language = PLACES[index % PLACES.length]?.language ?? 'en';
  const response = await opened.post(
    '/api/users/register',
    {
      name: `Learner ${index}`,
      whatsapp_number: `+${phone.number}`,
      preferred_language: language,
      tech_area: ['javascript', 'python', 'ruby', 'dsa'][index % 4],
      timezone,
      consent: true,
    },
    { 'x-forwarded-for': `10.0.${Math.floor(index / 200)}.${index % 200}` },
  );
  expect([phone.number, response.status]).toEqual([phone.number, 202]);
}

function welcomeButton(phone: PhoneHandle): string {
  const welcome = phone.messages.find((message) => message.template === 'welcome');
  return welcome?.buttons[0]?.title ?? 'Start';
}

/** From one morning to the next, in steps that grow: most of what can go wrong does so around nine. */
async function liveThroughDay(chaos: Chaos, day: number): Promise<void> {
  const { luck, members } = chaos;
  const { emulator } = chaos.world;
  await quietUntil(chaos, day, '07:30');
  for (const member of members) if (member.befallsOn === day) await befall(chaos, member);
  if (day === 1) emulator.templates.setStatus('daily_question', 'PAUSED');
  if (day === 2) {
    emulator.templates.setStatus('daily_question', 'APPROVED');
    emulator.templates.setCategory('daily_question', 'MARKETING');
  }
  // Nine in London and Madrid is eight and nine in UTC, in São Paulo twelve.
  for (const hour of ['08:00', '09:00', '12:00']) {
    await quietUntil(chaos, day, hour);
    if (luck.below(2) === 0) emulator.faults.next(3 + luck.below(10), { code: 190 });
    for (let step = 0; step < 8; step++) {
      await chaos.world.pass({ seconds: 1 + luck.below(15) });
      if (luck.below(6) === 0) await chaos.world.restart();
      someoneDoesSomething(chaos);
    }
  }
  await quietUntil(chaos, day, '16:00');
}

/**
 * Hours pass in large steps, in which a lost answer and its status would come to light at the same instant, as never
 * in life: until then answers are not lost, and what is in doubt is cleared up second by second.
 */
async function quietUntil(chaos: Chaos, day: number, clock: string): Promise<void> {
  const { world } = chaos;
  const losesAnswers = world.emulator.switches.sending.dropAnswerAfterAccept;
  world.emulator.change({ sending: { dropAnswerAfterAccept: 0, reset: 0 } });
  for (let step = 0; step < 12; step++) await world.pass({ seconds: 15 });
  await world.itIs(`${['Tuesday', 'Wednesday', 'Thursday'][day]} ${clock}`, 'UTC');
  world.emulator.change({ sending: { dropAnswerAfterAccept: losesAnswers, reset: losesAnswers } });
}

async function befall(chaos: Chaos, { phone, misfortune }: Member): Promise<void> {
  const { emulator } = chaos.world;
  switch (misfortune) {
    case 'says STOP':
      phone.say('stop');
      await chaos.world.pass({ seconds: 5 });
      chaos.stopped.set(phone.number, emulator.sends.length);
      return;
    case 'blocks us':
      phone.block();
      return;
    case 'has no WhatsApp any more':
      emulator.faults.forRecipient(phone.number, 131026);
      return;
    case 'gets no marketing':
      emulator.faults.forRecipient(phone.number, 131049);
      return;
    case 'shows no number':
      phone.showAs('bsuid-only');
      phone.say('hello there');
      return;
    case 'changes the number':
      phone.changeNumber(`${phone.number.slice(0, -4)}9${phone.number.slice(-3)}`);
      return;
    case 'switches marketing off':
      phone.stopMarketing();
      await chaos.world.pass({ seconds: 5 });
      chaos.stopped.set(phone.number, emulator.sends.length);
      return;
    case null:
      return;
    default: {
      const impossible: never = misfortune;
      throw new Error(`No such misfortune: ${String(impossible)}`);
    }
  }
}

/** A few people answer, tap, react or say something odd, whatever is going on. */
function someoneDoesSomething({ members, luck, stopped }: Chaos): void {
  for (let times = 0; times < 6; times++) {
    const { phone } = members[luck.below(members.length)] ?? {};
    if (phone === undefined || stopped.has(phone.number)) continue;
    const newest = phone.messages.findLast((message) => message.from === 'bot');
    const deeds = [
      () => phone.say('It remembers the variables around it, even after the outer function returned.'),
      () => phone.say('hint'),
      () => phone.sendImage({ caption: 'my notes' }),
      () => (newest === undefined ? '' : phone.react('👍', newest.wamid)),
      () => {
        const button = newest?.buttons[0];
        return newest === undefined || button === undefined ? '' : phone.tap(button.id, { of: newest.wamid });
      },
      () => phone.send({ type: 'unsupported', unsupported: { type: 'edit' }, errors: [{ code: 131051 }] }),
    ];
    deeds[luck.below(deeds.length)]?.();
  }
}

/** All is well again, and time enough passes for whatever still waits. */
async function comeToRest({ world }: Chaos): Promise<void> {
  world.emulator.change({
    webhooks: { duplicate: false, shuffle: false, delayMs: 0 },
    sending: {
      dropAnswerAfterAccept: 0,
      reset: 0,
      http500: 0,
      http503: 0,
      html502: 0,
    },
  });
  for (let step = 0; step < 12; step++) await world.pass({ seconds: 15 });
  for (let step = 0; step < 12; step++) await world.pass({ minutes: 10 });
}

/** What there was to go wrong, for whoever reads the log. */
async function summaryOf({ world }: Chaos): Promise<string> {
  const [asked] = await world.rows('SELECT count(*) AS questions FROM asked_questions');
  const [messages] = await world.rows(
    'SELECT count(*) AS messages, sum(attempts) AS calls, sum(doubts) AS doubts FROM messages',
  );
  const states = await world.rows(
    "SELECT state, count(*) AS times FROM messages WHERE kind = 'question' GROUP BY state",
  );
  return JSON.stringify({ ...asked, ...messages, states, webhooks: world.emulator.webhooks.length });
}

/** Messages of ours that Meta took more than once and that reached somebody. */
function sentTwice({ world }: Chaos): string[] {
  const times = new Map<string, number>();
  for (const send of world.emulator.sends) {
    if (send.outcome === 'failed' || send.callbackData === null) continue;
    times.set(send.callbackData, (times.get(send.callbackData) ?? 0) + 1);
  }
  return [...times].filter(([, count]) => count > 1).map(([callbackData]) => callbackData);
}

/** Learners with two questions of the day on one date. */
async function askedTwice({ world }: Chaos): Promise<unknown[]> {
  return world.rows(
    `SELECT learner_id, local_date, count(*) AS times FROM asked_questions WHERE slot = 0
     GROUP BY learner_id, local_date HAVING count(*) > 1`,
  );
}

/** Learners who should have been asked on a date and were not, or whose question neither left nor says why. */
async function forgotten({ world }: Chaos): Promise<unknown[]> {
  const silent = await world.rows(
    `SELECT asked.learner_id, asked.local_date, messages.state FROM asked_questions AS asked
     LEFT JOIN messages ON messages.asked_id = asked.id AND messages.kind = 'question'
     WHERE asked.shown_at IS NULL AND (messages.id IS NULL
       OR (messages.state IN ('planned', 'sending', 'failed', 'expired', 'suppressed') AND messages.reason IS NULL))`,
  );
  const unasked = await world.rows(
    `SELECT learners.id, count(asked.id) AS times FROM learners
     LEFT JOIN asked_questions AS asked ON asked.learner_id = learners.id AND asked.slot = 0
     WHERE learners.state = 'active' AND learners.unreachable_since IS NULL
     GROUP BY learners.id HAVING count(asked.id) < ${DAYS + 1}`,
  );
  return [...silent, ...unasked];
}

function freeTextOutsideWindow({ world }: Chaos): unknown[] {
  return world.emulator.sends
    .filter((send) => send.failureCode === 131047)
    .map((send) => ({ to: send.to, at: new Date(send.at).toISOString(), body: send.body }));
}

/** Whatever went to them after the service knew, beyond the one goodbye. */
function writtenToAfterStop({ world, stopped }: Chaos): unknown[] {
  return [...stopped].flatMap(([number, known]) =>
    world.emulator.sends
      .slice(known)
      .filter((send) => send.to === number && !isGoodbye(send.body))
      .map((send) => ({ to: number, at: new Date(send.at).toISOString(), body: send.body })),
  );
}

function isGoodbye(body: Readonly<Record<string, unknown>>): boolean {
  return LANGUAGES.some((language) => JSON.stringify(body).includes(phrases[language].stopped));
}

async function deadJobs({ world }: Chaos): Promise<unknown[]> {
  const metrics = await (await world.get('/metrics')).text();
  return metrics.split('\n').filter((line) => /^interview_bot_jobs{.*state="dead"} [1-9]/.test(line));
}
