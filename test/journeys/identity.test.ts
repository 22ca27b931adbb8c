import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type Person, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const NUMBER = '15550100199';

describe('a learner whose number WhatsApp hides', () => {
  it('registers with the code, is asked by their id, answers, stops and comes back', async () => {
    const ana = await joinsByIdOnly();
    expect(world.emulator.sends.at(-1)?.body).toMatchObject({ recipient: ana.phone.bsuid });
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ minutes: 1 });
    const question = ana.questionIn(ana.hears(/JavaScript/));
    await ana.answers(question.modelAnswer);
    ana.hears(/Strong answer/);
    await ana.says('stop');
    ana.hears(/no more messages/);
    await world.pass({ days: 2 });
    ana.hearsNothing();
    await ana.says('start');
    ana.hears(/Welcome back/);
    await world.pass({ days: 1 });
    ana.hears(/JavaScript/);
    expect(
      world.emulator.sends.filter((send) => 'to' in send.body && send.bsuid === ana.phone.bsuid),
    ).toEqual([]);
  });

  it('learns of a delivery by a status that names no number', async () => {
    const ana = await joinsByIdOnly();
    ana.phone.read();
    await world.settle();
    const metrics = await (await world.get('/metrics')).text();
    expect(metrics).toMatch(/deliveries_total\{delivery="read"\} 1/);
  });

  it('is one learner when they show it later, and asked once a day', async () => {
    const ana = await joinsByIdOnly();
    shows(ana, 'both');
    const question = ana.questionIn(ana.phone.messages.filter((it) => it.from === 'bot').at(-1)!);
    await ana.answers(question.modelAnswer);
    ana.hears(/Strong answer/);
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ minutes: 1 });
    ana.hears(/JavaScript/);
    expect(world.emulator.sends.at(-1)?.body).toMatchObject({ to: `+${NUMBER}` });
  });

  it('typed their own number into the page: the delivery of the welcome shows that both are one', async () => {
    const ana = world.learner('Ana', { number: NUMBER, language: 'en', identity: 'bsuid-only' });
    const { body } = await ana.registers();
    ana.hears(/Tap Start/);
    await ana.says(codeIn(body));
    ana.hears(/You're in, Ana!/);
    expect(await world.count('learners')).toBe(1);
  });

  it('and whose id stands where the number used to be is the same person', async () => {
    const ana = await joinsByIdOnly();
    shows(ana, 'bsuid-in-from');
    await ana.says('stop');
    ana.hears(/no more messages/);
  });
});

describe('a learner of old webhooks, without an id', () => {
  it('joins, answers and stops by the number alone, and stays the same when ids come', async () => {
    const ana = world.learner('Ana', { number: NUMBER, language: 'en', identity: 'phone-only' });
    const question = ana.questionIn(await ana.joins());
    await ana.answers(question.modelAnswer);
    ana.hears(/Strong answer/);
    shows(ana, 'both');
    await ana.says('hi');
    ana.hears(/That's it for now/);
    shows(ana, 'bsuid-only');
    await ana.says('stop');
    ana.hears(/no more messages/);
    expect(await world.count('learners')).toBe(1);
  });
});

describe('a number with two spellings', () => {
  it.each([
    [
      'Brazil, typed with the ninth digit and heard without',
      '5511955501234',
      '551155501234',
      /Toque em Começar/,
    ],
    ['Brazil, typed without it and heard with', '551195550123', '5511995550123', /Toque em Começar/],
    ['Mexico, typed without the 1 and heard with', '525555550123', '5215555550123', /Toca Empezar/],
    ['Mexico, typed with the 1 and heard without', '5215555550123', '525555550123', /Toca Empezar/],
    ['Argentina, typed with the 9 and heard without', '5491123456789', '541123456789', /Toca Empezar/],
    ['Argentina, typed without it and heard with', '541123456789', '5491123456789', /Toca Empezar/],
  ])('belongs to one learner: %s', async (_where, typed, heard, welcome) => {
    const language = typed.startsWith('55') ? 'pt' : 'es';
    const ana = world.learner('Ana', {
      number: heard,
      language,
      identity: 'phone-only',
      alsoReachedAs: [typed],
    });
    await ana.registers({ whatsapp_number: `+${typed}` });
    ana.hears(welcome);
    await ana.taps(language === 'pt' ? 'Começar' : 'Empezar');
    const question = ana.questionIn(ana.hears(/JavaScript/));
    await ana.answers(question.modelAnswer);
    ana.hears(/✅/);
    await ana.registers({ whatsapp_number: `+${heard}` });
    expect(await world.count('learners')).toBe(1);
  });
});

describe('a move to another number', () => {
  it('takes the learner along, and free text waits until they write from there', async () => {
    await world.itIs('Monday 12:00', 'UTC');
    const ana = world.learner('Ana', { number: NUMBER, language: 'en' });
    await ana.joins();
    ana.phone.changeNumber('15550100177');
    await world.settle();
    const before = world.emulator.sends.length;
    // At the old number the window would be open for three more hours.
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ minutes: 1 });
    const sends = world.emulator.sends.slice(before);
    expect(sends.map((send) => [send.to, send.type])).toEqual([['15550100177', 'template']]);
    await ana.says('hint');
    expect(world.emulator.sends.at(-1)).toMatchObject({ to: '15550100177', outcome: 'delivered' });
    expect(world.emulator.sends.at(-1)?.type).not.toBe('template');
  });

  it('that is told twice moves them once', async () => {
    world.emulator.webhookSwitches.duplicate = true;
    const ana = world.learner('Ana', { number: NUMBER, language: 'en' });
    const question = ana.questionIn(await ana.joins());
    const before = { number: ana.phone.number, bsuid: ana.phone.bsuid };
    ana.phone.changeNumber('15550100177');
    await world.settle();
    await ana.answers(question.modelAnswer);
    ana.hears(/Strong answer/);
    // The other of the two notifications, with an id of its own.
    await deliver({
      from_user_id: ana.phone.bsuid,
      from: before.number,
      type: 'system',
      system: {
        type: 'user_changed_user_id',
        wa_id: ana.phone.number,
        user_id: ana.phone.bsuid,
        previous_user_id: before.bsuid,
      },
    });
    await ana.says('more');
    ana.hears(/JavaScript/);
    expect(await world.count('learners')).toBe(1);
  });

  it('is understood although they wrote from there before we heard of it', async () => {
    const ana = world.learner('Ana', { number: NUMBER, language: 'en' });
    const question = ana.questionIn(await ana.joins());
    world.emulator.webhookSwitches.hold = true;
    const before = { number: ana.phone.number, bsuid: ana.phone.bsuid };
    ana.phone.changeNumber('15550100177');
    ana.phone.say(question.modelAnswer);
    await deliver({
      from: '15550100177',
      from_user_id: ana.phone.bsuid,
      type: 'text',
      text: { body: question.modelAnswer },
    });
    ana.hears(/not signed up/);
    await deliver({
      from: before.number,
      type: 'system',
      system: {
        type: 'user_changed_number',
        wa_id: '15550100177',
        user_id: ana.phone.bsuid,
        previous_user_id: before.bsuid,
      },
    });
    await world.pass({ seconds: 9 });
    ana.hears(/Strong answer/);
  });

  it('without an old id is matched by the old number', async () => {
    const ana = world.learner('Ana', { number: NUMBER, language: 'en', identity: 'phone-only' });
    await ana.joins();
    await deliver({
      from: NUMBER,
      type: 'system',
      system: { type: 'user_changed_number', wa_id: '15550100177' },
    });
    const moved = world.learner('Ana', { number: '15550100177', language: 'en', identity: 'phone-only' });
    await moved.says('stop');
    moved.hears(/no more messages/);
  });

  it('to a number that was registered meanwhile makes one learner of the two', async () => {
    const ana = world.learner('Ana', { number: NUMBER, language: 'en' });
    await ana.joins();
    await ana.registers({ whatsapp_number: '+15550100177', tech_area: 'ruby' });
    expect(await world.count('learners')).toBe(2);
    await deliver({
      from: NUMBER,
      from_user_id: ana.phone.bsuid,
      type: 'system',
      system: {
        type: 'user_changed_number',
        wa_id: '15550100177',
        user_id: 'US.New',
        previous_user_id: ana.phone.bsuid,
      },
    });
    expect(await world.count('learners')).toBe(1);
  });

  it('to a number of another learner takes the number, and never mixes the two', async () => {
    const ana = world.learner('Ana', { number: NUMBER, language: 'en' });
    const bob = world.learner('Bob', { number: '15550100177', language: 'en' });
    await ana.joins();
    await bob.joins();
    await world.pass({ minutes: 5 });
    await deliver({
      from: NUMBER,
      from_user_id: ana.phone.bsuid,
      type: 'system',
      system: {
        type: 'user_changed_number',
        wa_id: '15550100177',
        user_id: 'US.New',
        previous_user_id: ana.phone.bsuid,
      },
    });
    expect(await world.count('learners')).toBe(2);
    const before = world.emulator.sends.length;
    await world.pass({ days: 1, hours: 4 });
    const sends = world.emulator.sends.slice(before);
    // Bob is written to by his id; the number is Ana's.
    expect(sends.map(({ body }) => ('to' in body ? body.to : body.recipient)).toSorted()).toEqual(
      ['+15550100177', bob.phone.bsuid].toSorted(),
    );
    expect(await (await world.get('/metrics')).text()).toMatch(/alerts_total\{about="identity"\} 1/);
  });
});

describe('a number that somebody else has now', () => {
  it('is no learner’s any more as soon as they write: they are a stranger, and the learner is reached by their id', async () => {
    const ana = world.learner('Ana', { number: NUMBER, language: 'en' });
    await ana.joins();
    await world.pass({ minutes: 5 });
    const { bsuid } = ana.phone;
    world.emulator.phone(NUMBER, { name: 'Somebody', bsuid: 'US.SomebodyElse' });
    await ana.says('hello');
    ana.hears(/not signed up/);
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ minutes: 1 });
    expect(world.emulator.sends.at(-1)?.body).toMatchObject({ recipient: bsuid });
    expect(await (await world.get('/metrics')).text()).toMatch(/alerts_total\{about="identity"\} 1/);
  });
});

/** The number typed into the page is somebody else's: all we ever see of Ana is her id. */
async function joinsByIdOnly(): Promise<Person> {
  const ana = world.learner('Ana', { number: NUMBER, language: 'en', identity: 'bsuid-only' });
  const { body } = await ana.registers({ whatsapp_number: '+15550100133' });
  await ana.says(codeIn(body));
  ana.hears(/You're in, Ana!/);
  return ana;
}

function shows(person: Person, identity: 'both' | 'bsuid-only' | 'bsuid-in-from'): void {
  world.emulator.phone(person.number, { name: 'Ana', identity });
}

function codeIn(body: Record<string, unknown>): string {
  return new URL(String(body.whatsapp_link)).searchParams.get('text') ?? '';
}

let delivered = 0;

async function deliver(message: Record<string, unknown>): Promise<void> {
  delivered += 1;
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550100200', phone_number_id: '220330440550660' },
    messages: [
      { id: `wamid.BY.HAND.${delivered}`, timestamp: String(Math.floor(world.now / 1000)), ...message },
    ],
  };
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '110220330440550', changes: [{ field: 'messages', value }] }],
  });
  const signature = createHmac('sha256', 'emulator-app-secret').update(body).digest('hex');
  const { status } = await fetch(`${world.url}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  });
  expect(status).toBe(200);
  await world.settle();
}
