import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, startWorkbench, type Workbench } from '../testing/workbench.ts';

const BRUNO = '5511955505678';

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
  await control('phones', { number: ANA, name: 'Ana', language: 'pt' });
});
afterEach(() => bench.close());

const control = (path: string, body: unknown) => bench.call('POST', `/__emulator/${path}`, body, null);
const onAnas = (act: string, body: unknown) => control(`phones/${ANA}/${act}`, body);
const TEXT = { type: 'text', text: { body: 'olá' } };

describe('from outside, a person', () => {
  test('speaks, reacts, and sends whatever there is', async () => {
    const voice = await onAnas('voice', { seconds: 3 });
    const place = await onAnas('send', { type: 'location', location: { latitude: -23.5, longitude: -46.6 } });
    await bench.send(TEXT);
    const wamid = bench.emulator.sends[0]?.wamid;
    const liked = await onAnas('react', { wamid, emoji: '👍' });
    const unliked = await onAnas('react', { wamid, emoji: null });
    await bench.emulator.settle();
    expect(bench.messages()).toMatchObject([
      { id: voice.json.wamid, type: 'audio', audio: { voice: true, mime_type: 'audio/ogg; codecs=opus' } },
      { id: place.json.wamid, type: 'location', location: { latitude: -23.5 } },
      { id: liked.json.wamid, type: 'reaction', reaction: { message_id: wamid, emoji: '👍' } },
      { id: unliked.json.wamid, type: 'reaction', reaction: { message_id: wamid } },
    ]);
  });

  test('blocks the bot and lets it in again', async () => {
    expect((await onAnas('block', { blocked: true })).json).toMatchObject({ number: ANA, blocked: true });
    await onAnas('say', { text: 'oi' });
    await bench.send(TEXT);
    expect((await onAnas('block', { blocked: false })).json).toMatchObject({ blocked: false });
    await bench.send(TEXT);
    await bench.emulator.settle();
    expect(bench.emulator.sends.map((send) => send.failureCode)).toEqual([130403, null]);
  });

  test('wants no marketing, and wants it again', async () => {
    expect((await onAnas('marketing', { wanted: false })).json).toMatchObject({ stoppedMarketing: true });
    expect((await onAnas('marketing', { wanted: true })).json).toMatchObject({ stoppedMarketing: false });
    await bench.emulator.settle();
    expect(bench.news('user_preferences')).toMatchObject([
      { user_preferences: [{ value: 'stop' }] },
      { user_preferences: [{ value: 'resume' }] },
    ]);
  });

  test('is shown by another identity', async () => {
    expect((await onAnas('identity', { identity: 'bsuid-only' })).json).toMatchObject({
      identity: 'bsuid-only',
    });
    await onAnas('say', { text: 'oi' });
    await bench.emulator.settle();
    expect(bench.messages()[0]).not.toHaveProperty('from');
  });

  test('moves to another number', async () => {
    const change = { number: BRUNO, announceAs: 'user_changed_user_id' };
    expect((await onAnas('change-number', change)).json).toMatchObject({ number: BRUNO, name: 'Ana' });
    await bench.emulator.settle();
    expect(bench.messages()).toMatchObject([{ system: { type: 'user_changed_user_id' } }]);
    expect((await onAnas('say', { text: 'oi' })).status).toBe(404);
  });

  test('is unreachable for any reason there is, and it shows', async () => {
    expect((await onAnas('fails-with', { code: 131026 })).json).toMatchObject({ failsWith: 131026 });
    await onAnas('say', { text: 'oi' });
    expect((await bench.send(TEXT)).status).toBe(200);
    await bench.emulator.settle();
    expect(bench.emulator.sends[0]?.failureCode).toBe(131026);
    await onAnas('fails-with', { code: 131026, seen: 'answer' });
    expect((await bench.send(TEXT)).status).toBe(400);
    expect((await onAnas('fails-with', { code: null })).json).toMatchObject({ failsWith: null });
    expect((await bench.send(TEXT)).status).toBe(200);
  });

  test('listens to a voice message', async () => {
    await onAnas('say', { text: 'oi' });
    await bench.send({ type: 'audio', audio: { link: 'https://bot.test/question.ogg', voice: true } });
    await bench.emulator.settle();
    const wamid = bench.emulator.sends[0]?.wamid;
    expect((await onAnas('play', { wamid })).json).toEqual({ ok: true });
    await bench.emulator.settle();
    expect(bench.emulator.sends[0]?.outcome).toBe('played');
  });
});

test.each([
  ['a reaction to nothing', `phones/${ANA}/react`, { wamid: 'wamid.none', emoji: '👍' }, 404],
  ['a voice of no length', `phones/${ANA}/voice`, { seconds: 0 }, 400],
  ['a voice that never came', `phones/${ANA}/play`, { wamid: 'wamid.none' }, 404],
  ['a message of no type', `phones/${ANA}/send`, { text: { body: 'oi' } }, 400],
  ['an unknown identity', `phones/${ANA}/identity`, { identity: 'nobody' }, 400],
  ['a code that is none', `phones/${ANA}/fails-with`, { code: '131026' }, 400],
  ['the number of the bot', `phones/${ANA}/change-number`, numberChange('15550100200'), 400],
  ['a phone that is not there', `phones/${BRUNO}/block`, { blocked: true }, 404],
])('refused: %s', async (_what, path, body, status) => {
  expect(await control(path, body)).toEqual({ status, json: { error: expect.any(String) } });
});

test('refused: the number of somebody else', async () => {
  await control('phones', { number: BRUNO, name: 'Bruno', language: 'pt' });
  expect((await onAnas('change-number', numberChange(BRUNO))).status).toBe(400);
});

function numberChange(number: string) {
  return { number, announceAs: 'user_changed_number' };
}
