import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type Person, type World } from '../world.ts';

let world: World;
let ana: Person;
beforeEach(async () => {
  world = await openWorld();
  ana = world.learner('Ana', { number: '15550100199', language: 'en' });
});
afterEach(() => world.close());

describe('what WhatsApp brings days after it was said', () => {
  it('is answered where it is an answer that was waited for, once they write again', async () => {
    const question = ana.questionIn(await ana.joins());
    await late(() => ana.phone.say(question.modelAnswer), { days: 2 });
    const asked = ana.phone.messages.filter((it) => it.from === 'bot').length;
    await world.pass({ minutes: 1 });
    await ana.says('hi');
    await world.pass({ minutes: 20 });
    const since = ana.phone.messages.filter((it) => it.from === 'bot').slice(asked);
    expect(since.map((it) => it.text).join('\n')).toMatch(/Strong answer/);
  });

  it('stops us, if it is STOP', async () => {
    await ana.joins();
    await late(() => ana.phone.say('stop'), { days: 3 });
    const before = ana.phone.messages.length;
    await world.pass({ days: 2 });
    expect(ana.phone.messages.length).toBe(before);
  });

  it('confirms, if it is the code of a registration that still waits', async () => {
    const { body } = await ana.registers();
    ana.hears(/Tap Start/);
    const code = new URL(String(body.whatsapp_link)).searchParams.get('text') ?? '';
    await late(() => ana.phone.say(code), { days: 2 });
    ana.hears(/JavaScript/);
  });

  it.each(['more', 'hint', 'skip', 'help', 'hello there, how are you?'])(
    'starts nothing: %s',
    async (said) => {
      const question = ana.questionIn(await ana.joins());
      await ana.answers(question.modelAnswer);
      ana.hears(/Strong answer/);
      world.emulator.webhookSwitches.hold = true;
      ana.phone.say(said);
      await world.pass({ days: 2 });
      const before = world.emulator.sends.length;
      world.emulator.webhookSwitches.hold = false;
      await world.settle();
      await world.pass({ seconds: 30 });
      expect(world.emulator.sends.length).toBe(before);
    },
  );

  it('does not count as an answer to a question that was asked since', async () => {
    await world.itIs('Monday 12:00', 'UTC');
    const first = ana.questionIn(await ana.joins());
    world.emulator.webhookSwitches.hold = true;
    ana.phone.say(first.modelAnswer);
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ minutes: 5 });
    const second = ana.questionIn(ana.hears(/JavaScript/));
    world.emulator.webhookSwitches.hold = false;
    await world.settle();
    await world.pass({ seconds: 9 });
    ana.hears(/Strong answer/);
    await ana.answers(second.modelAnswer);
    ana.hears(/Strong answer/);
  });
});

describe('a tap on an old message', () => {
  it('of yesterday’s question acts on that question', async () => {
    const first = await ana.joins();
    await world.itIs('Tuesday 09:00', 'UTC');
    await world.pass({ minutes: 1 });
    ana.hears(/JavaScript/);
    await ana.taps('Hint', { of: first.wamid });
    ana.hears(new RegExp(escaped(ana.questionIn(first).hint)));
    await ana.taps('Skip', { of: first.wamid });
    ana.hears(/Skipped/);
    await ana.taps('Skip', { of: first.wamid });
    ana.hears(/That question is closed already/);
    await ana.taps('Skip', { of: first.wamid });
    ana.hearsNothing();
  });

  it('of another learner gets one kind sentence and changes nothing', async () => {
    const bob = world.learner('Bob', { number: '15550100177', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    const theirs = await bob.joins();
    const [hint] = theirs.buttons;
    ana.phone.send({
      type: 'interactive',
      context: { from: '15550100200', id: theirs.wamid },
      interactive: { type: 'button_reply', button_reply: { id: hint?.id ?? '', title: 'Hint' } },
    });
    await world.settle();
    ana.hears(/a question I no longer have/);
    await ana.answers(question.modelAnswer);
    ana.hears(/Strong answer/);
  });
});

/** The notification comes only after that time; what is heard meanwhile is not looked at. */
async function late(said: () => unknown, time: { days: number }): Promise<void> {
  world.emulator.webhookSwitches.hold = true;
  said();
  await world.pass(time);
  world.emulator.webhookSwitches.hold = false;
  await world.settle();
  await world.pass({ seconds: 30 });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
