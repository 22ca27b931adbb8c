import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, startWorkbench, type Workbench } from '../testing/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
});
afterEach(() => bench.close());

const interactive = (interactive: object) => bench.send({ type: 'interactive', interactive });

describe('a phone', () => {
  test('taps reply buttons and rows of lists, each in its own shape', async () => {
    const ana = bench.emulator.phone(ANA, { name: 'Ana' });
    ana.say('hi');
    const reply = { id: 'q:skip', title: 'Skip' };
    await interactive({
      type: 'button',
      body: { text: 'Ready?' },
      action: { buttons: [{ type: 'reply', reply }] },
    });
    const rows = [{ id: 'area:python', title: 'Python', description: 'Snakes' }];
    await interactive({
      type: 'list',
      body: { text: 'Which?' },
      action: { button: 'Areas', sections: [{ rows }] },
    });
    ana.tap('Skip');
    ana.tap('area:python');
    await bench.emulator.settle();
    const [first, second] = bench.emulator.sends;
    expect(bench.messages().slice(1)).toMatchObject([
      {
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: reply },
        context: { from: '15550100200', id: first?.wamid },
      },
      {
        type: 'interactive',
        interactive: {
          type: 'list_reply',
          list_reply: { id: 'area:python', title: 'Python', description: 'Snakes' },
        },
        context: { id: second?.wamid },
      },
    ]);
    expect(() => ana.tap('Answer')).toThrow('shows no button “Answer”');
  });

  test('quotes', async () => {
    const ana = bench.emulator.phone(ANA);
    ana.say('hi');
    await bench.send({ type: 'text', text: { body: 'What is a closure?' } });
    const question = bench.emulator.sends[0]?.wamid ?? '';
    const answer = ana.say('a function', { quoting: question });
    await bench.send({ type: 'text', text: { body: 'Right' }, context: { message_id: answer } });
    await bench.emulator.settle();
    expect(bench.messages()[1]).toMatchObject({ context: { from: '15550100200', id: question } });
    expect(ana.messages.map((message) => message.quoting)).toEqual([null, null, question, answer]);
  });

  test('reacts and takes it back', async () => {
    const ana = bench.emulator.phone(ANA);
    ana.react('👍', 'wamid.Q1');
    ana.react(null, 'wamid.Q1');
    await bench.emulator.settle();
    expect(bench.messages().map((message) => message.reaction)).toEqual([
      { message_id: 'wamid.Q1', emoji: '👍' },
      { message_id: 'wamid.Q1' },
    ]);
  });

  test('sends what the emulator knows nothing about', async () => {
    const unsupported = { type: 'unsupported', unsupported: { type: 'edit' }, errors: [{ code: 131051 }] };
    bench.emulator.phone(ANA).send(unsupported);
    await bench.emulator.settle();
    expect(bench.messages()).toMatchObject([{ from: ANA, ...unsupported }]);
  });

  test('changes its number, and its id with it', async () => {
    const ana = bench.emulator.phone(ANA, { name: 'Ana' });
    const before = ana.bsuid;
    ana.changeNumber('5521955509876');
    await bench.emulator.settle();
    expect(bench.messages()).toMatchObject([
      {
        from: ANA,
        type: 'system',
        system: {
          type: 'user_changed_number',
          wa_id: '5521955509876',
          user_id: ana.bsuid,
          previous_user_id: before,
        },
      },
    ]);
    expect(ana.bsuid).not.toBe(before);
    ana.say('still me');
    await bench.emulator.settle();
    expect(bench.messages()[1]).toMatchObject({ from: '5521955509876', from_user_id: ana.bsuid });
  });

  test('says that it wants no marketing, and that it does again', async () => {
    const ana = bench.emulator.phone(ANA);
    ana.stopMarketing();
    ana.resumeMarketing();
    await bench.emulator.settle();
    const changes = bench.received.flatMap(({ json }) => json.entry as { time: number; changes: object[] }[]);
    expect(changes).toMatchObject([
      {
        time: 1_795_435_200,
        changes: [
          {
            field: 'user_preferences',
            value: {
              user_preferences: [
                { wa_id: ANA, category: 'marketing_messages', value: 'stop', timestamp: 1_795_435_200 },
              ],
            },
          },
        ],
      },
      { changes: [{ value: { user_preferences: [{ value: 'resume' }] } }] },
    ]);
  });

  test('answers to another spelling of its number, under its own', async () => {
    bench.emulator.phone('551155501234', { name: 'Ana', alsoReachedAs: [ANA] }).say('oi');
    const { json } = await bench.send({ type: 'text', text: { body: 'hi' } });
    await bench.emulator.settle();
    expect(json.contacts).toEqual([{ input: `+${ANA}`, wa_id: '551155501234' }]);
    expect(bench.statuses()[0]).toMatchObject({ status: 'sent', recipient_id: '551155501234' });
  });

  test('is introduced later, where a template made it', () => {
    bench.emulator.phone(ANA);
    bench.emulator.phone(`+${ANA}`, { name: 'Ana', language: 'pt', bsuid: 'BR.ana' });
    expect(bench.emulator.phone(ANA).bsuid).toBe('BR.ana');
    bench.emulator.phone(ANA).say('oi');
    return bench.emulator.settle().then(() => {
      expect(bench.messages()[0]).toMatchObject({ from: ANA, from_user_id: 'BR.ana' });
    });
  });

  test('is known to the service by number, by id, or by an id that stands where the number was', async () => {
    bench.emulator.phone('551190000001', { name: 'A', identity: 'phone-only' }).say('a');
    bench.emulator.phone('551190000002', { name: 'B', identity: 'bsuid-only', bsuid: 'BR.b' }).say('b');
    bench.emulator.phone('551190000003', { name: 'C', identity: 'bsuid-in-from', bsuid: 'BR.c' }).say('c');
    await bench.emulator.settle();
    expect(bench.messages().map((message) => [message.from, message.from_user_id])).toEqual([
      ['551190000001', undefined],
      [undefined, 'BR.b'],
      ['BR.c', 'BR.c'],
    ]);
  });
});

describe('a changed identity', () => {
  const NEW_NUMBER = '5521955509876';
  const system = () => bench.messages().map((message) => message.system);

  test('may be told by the id alone', async () => {
    const ana = bench.emulator.phone(ANA, { name: 'Ana' });
    const before = ana.bsuid;
    ana.changeNumber(NEW_NUMBER, 'user_changed_user_id');
    await bench.emulator.settle();
    expect(bench.messages()).toMatchObject([{ from: ANA, from_user_id: before, type: 'system' }]);
    expect(system()).toEqual([
      {
        type: 'user_changed_user_id',
        body: `User Ana changed from ${before} to ${ana.bsuid}`,
        user_id: ana.bsuid,
        previous_user_id: before,
      },
    ]);
    expect(ana.number).toBe(NEW_NUMBER);
  });

  test('may be the id only; number and window stay', async () => {
    const ana = bench.emulator.phone(ANA, { name: 'Ana' });
    const before = ana.bsuid;
    ana.say('hi');
    ana.changeNumber(ANA, 'user_changed_user_id');
    expect(ana.bsuid).not.toBe(before);
    await bench.send({ type: 'text', text: { body: 'still you?' } });
    await bench.emulator.settle();
    expect(bench.emulator.sends[0]).toMatchObject({ to: ANA, bsuid: ana.bsuid, outcome: 'delivered' });
    expect(ana.number).toBe(ANA);
  });

  test('shows no more than Meta shows of the person otherwise', async () => {
    const hidden = bench.emulator.phone('551190000002', { name: 'B', identity: 'bsuid-only' });
    const old = bench.emulator.phone('551190000001', { name: 'A', identity: 'phone-only' });
    hidden.changeNumber('551190000022');
    old.changeNumber('551190000011');
    await bench.emulator.settle();
    const [first, second] = bench.messages();
    expect(first).not.toHaveProperty('from');
    expect(first?.system).not.toHaveProperty('wa_id');
    expect(second).not.toHaveProperty('from_user_id');
    expect(second?.system).toEqual({
      type: 'user_changed_number',
      body: 'User A changed from 551190000001 to 551190000011',
      wa_id: '551190000011',
    });
  });

  test('cannot take somebody else’s number', () => {
    bench.emulator.phone(NEW_NUMBER, { name: 'Bruno' });
    expect(() => bench.emulator.phone(ANA).changeNumber(NEW_NUMBER)).toThrow('is the number of Bruno');
  });
});

describe('what statuses show of a person', () => {
  const contactsOfStatuses = () =>
    bench.news('messages').flatMap((value) => ('statuses' in value ? [value.contacts] : []));
  const toId = (bsuid: string) =>
    bench.send({ to: undefined, recipient: bsuid, type: 'text', text: { body: 'hi' } });

  test('the username with `delivered`, not yet with `sent`', async () => {
    const ana = bench.emulator.phone(ANA, { name: 'Ana', username: 'ana.souza' });
    ana.say('hi');
    await bench.send({ type: 'text', text: { body: 'hi' } });
    await bench.emulator.settle();
    const shown = { wa_id: ANA, user_id: ana.bsuid };
    expect(contactsOfStatuses()).toEqual([
      [{ profile: { name: 'Ana' }, ...shown }],
      [{ profile: { name: 'Ana', username: 'ana.souza' }, ...shown }],
    ]);
  });

  test('no number where it is hidden, the id in its place where that is the habit', async () => {
    const ana = bench.emulator.phone(ANA, { name: 'Ana' });
    ana.say('hi');
    ana.showAs('bsuid-only');
    await toId(ana.bsuid);
    await bench.emulator.settle();
    ana.showAs('bsuid-in-from');
    await toId(ana.bsuid);
    await bench.emulator.settle();
    const [hidden, , inPlace] = bench.statuses();
    expect(hidden).not.toHaveProperty('recipient_id');
    expect(hidden?.recipient_user_id).toBe(ana.bsuid);
    expect(inPlace).toMatchObject({ recipient_id: ana.bsuid, recipient_user_id: ana.bsuid });
    expect(contactsOfStatuses()[0]).toEqual([{ profile: { name: 'Ana' }, user_id: ana.bsuid }]);
  });
});

describe('files and voices', () => {
  test('a file too large to fetch is told instead of sent', async () => {
    bench.emulator.phone(ANA).sendTooLarge();
    await bench.emulator.settle();
    expect(bench.messages()).toMatchObject([{ from: ANA, type: 'audio', errors: [{ code: 131052 }] }]);
    expect(bench.messages()[0]).not.toHaveProperty('audio');
  });

  test('a voice message of the bot is played, which is told once', async () => {
    const ana = bench.emulator.phone(ANA);
    ana.say('hi');
    await bench.send({ type: 'audio', audio: { link: 'https://bot.test/question.ogg', voice: true } });
    await bench.send({ type: 'audio', audio: { link: 'https://bot.test/song.mp3' } });
    const [voice, song] = bench.emulator.sends.map((send) => send.wamid);
    expect(() => ana.play('wamid.unknown')).toThrow('no voice message');
    await bench.emulator.settle();
    ana.play(voice ?? '');
    ana.play(voice ?? '');
    expect(() => ana.play(song ?? '')).toThrow('no voice message');
    await bench.emulator.settle();
    const ofTheVoice = bench.statuses().filter((status) => status.id === voice);
    expect(ofTheVoice.map((status) => status.status)).toEqual(['sent', 'delivered', 'read', 'played']);
    expect(bench.emulator.sends[0]?.outcome).toBe('played');
  });
});

describe('one seed', () => {
  const wamids = async (seed: number) => {
    const other = await startWorkbench({ seed });
    const said = [other.emulator.phone(ANA).say('one'), other.emulator.phone(ANA).say('two')];
    await other.close();
    return said;
  };

  test('makes the same ids again, another one others', async () => {
    expect(await wamids(1)).toEqual(await wamids(1));
    expect(await wamids(1)).not.toEqual(await wamids(2));
    expect(new Set(await wamids(1)).size).toBe(2);
  });
});
