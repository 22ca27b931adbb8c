import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../json-object.ts';
import { voiceNote } from '../media/voice-note.ts';
import { ANA, PHONE_NUMBER_ID, startWorkbench, TOKEN, type Workbench } from '../testing/workbench.ts';

const MINUTES = 60 * 1000;
const DAYS = 24 * 60 * MINUTES;

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
});
afterEach(() => bench.close());

async function heardVoice(): Promise<JsonObject> {
  bench.emulator.phone(ANA).sendVoice({ seconds: 3 });
  await bench.emulator.settle();
  return bench.messages()[0]?.audio as JsonObject;
}

const bytesAt = (url: unknown, token: string | null = TOKEN) =>
  fetch(String(url), { headers: token === null ? {} : { authorization: `Bearer ${token}` } });

test('a voice note is announced, looked up and fetched, with one and the same digest', async () => {
  const audio = await heardVoice();
  expect(audio).toMatchObject({
    mime_type: 'audio/ogg; codecs=opus',
    voice: true,
    id: expect.stringMatching(/^\d+$/),
  });
  const { json } = await bench.call('GET', `/v25.0/${String(audio.id)}?phone_number_id=${PHONE_NUMBER_ID}`);
  const answer = await bytesAt(json.url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const digest = createHash('sha256').update(bytes);
  expect(answer.headers.get('content-type')).toBe('audio/ogg; codecs=opus');
  expect(bytes).toEqual(voiceNote({ seconds: 3 }));
  expect(json).toMatchObject({
    id: audio.id,
    mime_type: 'audio/ogg; codecs=opus',
    file_size: String(bytes.length),
  });
  expect(Buffer.from(String(json.sha256), 'hex')).toEqual(digest.copy().digest());
  expect(audio.sha256).toBe(digest.digest('base64'));
});

test('the bytes want the token, and their address lives five minutes; the id a week', async () => {
  const audio = await heardVoice();
  expect((await bytesAt(audio.url)).status).toBe(200);
  expect((await bytesAt(audio.url, null)).status).toBe(401);
  expect((await bytesAt(String(audio.url).replace(/hash=.*/, 'hash=wrong'))).status).toBe(404);
  bench.moveClock(5 * MINUTES);
  expect((await bytesAt(audio.url)).status).toBe(404);
  expect((await bench.call('GET', `/v25.0/${String(audio.id)}`)).status).toBe(200);
  bench.moveClock(7 * DAYS);
  expect((await bench.call('GET', `/v25.0/${String(audio.id)}`)).json.error).toMatchObject({
    code: 100,
    error_subcode: 33,
  });
});

test('an upload may name the product in the query', async () => {
  const form = new FormData();
  form.set('file', new File([new Uint8Array([1, 2, 3])], 'tree.png', { type: 'image/png' }));
  const upload = async (query: string) => {
    const url = `${bench.url}/v25.0/${PHONE_NUMBER_ID}/media${query}`;
    const headers = { authorization: `Bearer ${TOKEN}` };
    return (await fetch(url, { method: 'POST', headers, body: form })).status;
  };
  expect(await upload('?messaging_product=whatsapp')).toBe(200);
  expect(await upload('')).toBe(400);
});

test('an upload can be sent, and deleted', async () => {
  const upload = async (type: string, name: string) => {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', type);
    form.set('file', new File([new Uint8Array([1, 2, 3])], name, { type }));
    const answer = await fetch(`${bench.url}/v25.0/${PHONE_NUMBER_ID}/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: form,
    });
    return { status: answer.status, json: (await answer.json()) as JsonObject };
  };
  const picture = await upload('image/png', 'tree.png');
  expect(picture).toEqual({ status: 200, json: { id: expect.stringMatching(/^\d+$/) } });
  expect((await upload('image/gif', 'tree.gif')).status).toBe(400);

  bench.emulator.phone(ANA).say('hi');
  const { id } = picture.json;
  expect((await bench.send({ type: 'image', image: { id, caption: 'A tree' } })).status).toBe(200);
  expect((await bench.send({ type: 'audio', audio: { id } })).json.error).toMatchObject({ code: 131053 });
  expect((await bench.call('DELETE', `/v25.0/${String(id)}`)).json).toEqual({ success: true });
  expect((await bench.send({ type: 'image', image: { id } })).json.error).toMatchObject({ code: 131053 });
});
