import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PhoneEvent } from '../../contract/phone.ts';
import {
  ACCOUNT_ID,
  ANA,
  DAILY_QUESTION,
  dailyQuestion,
  startWorkbench,
  type Workbench,
} from '../testing/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await startWorkbench();
});
afterEach(() => bench.close());

const control = (path: string, body?: unknown) =>
  bench.call(body === undefined ? 'GET' : 'POST', `/__emulator/${path}`, body, null);
const makeAna = () => control('phones', { number: ANA, name: 'Ana', language: 'pt' });

describe('phones', () => {
  test('are made, listed, and talk', async () => {
    expect((await makeAna()).json).toEqual({
      number: ANA,
      name: 'Ana',
      language: 'pt',
      bsuid: expect.stringMatching(/^BR\./),
      identity: 'both',
      blocked: false,
      stoppedMarketing: false,
      failsWith: null,
      typingUntil: null,
      messages: [],
    });
    const { json } = await control(`phones/${ANA}/say`, { text: 'oi' });
    expect((await control('state')).json).toEqual({
      now: bench.now(),
      business: { number: '15550100200', name: 'Interview Bot' },
      registrationUrl: 'http://localhost:3000',
      phones: [
        {
          number: ANA,
          name: 'Ana',
          language: 'pt',
          bsuid: bench.emulator.phone(ANA).bsuid,
          identity: 'both',
          blocked: false,
          stoppedMarketing: false,
          failsWith: null,
          typingUntil: null,
          messages: [
            expect.objectContaining({ wamid: json.wamid, from: 'learner', text: 'oi', status: 'sent' }),
          ],
        },
      ],
    });
    await bench.emulator.settle();
    expect(bench.messages()).toMatchObject([{ id: json.wamid, text: { body: 'oi' } }]);
  });

  test('tap the buttons they show, and remember it', async () => {
    await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
    await bench.emulator.settle();
    await bench.send(dailyQuestion());
    const wamid = bench.emulator.sends[0]?.wamid;
    const { status } = await control(`phones/${ANA}/tap`, { wamid, buttonId: 'daily:pause' });
    expect(status).toBe(200);
    await bench.emulator.settle();
    expect(bench.messages()).toMatchObject([
      { type: 'button', button: { payload: 'daily:pause', text: 'Pausar' } },
    ]);
    expect(bench.emulator.phone(ANA).messages[0]?.buttons.map((button) => button.tapped)).toEqual([
      false,
      true,
    ]);
    expect((await control(`phones/${ANA}/tap`, { wamid, buttonId: 'other' })).status).toBe(404);
  });

  test('read what they were sent', async () => {
    await makeAna();
    await control(`phones/${ANA}/say`, { text: 'oi' });
    await bench.send({ type: 'text', text: { body: 'olá' } });
    await bench.emulator.settle();
    expect((await control(`phones/${ANA}/read`, {})).json).toEqual({ ok: true });
    await bench.emulator.settle();
    expect(bench.emulator.sends[0]?.outcome).toBe('read');
  });

  test.each([
    ['a number with a plus', 'phones', { number: '+5511', name: 'Ana', language: 'pt' }, 400],
    ['an unknown language', 'phones', { number: ANA, name: 'Ana', language: 'fr' }, 400],
    ['the number of the bot', 'phones', { number: '15550100200', name: 'Ana', language: 'pt' }, 400],
    ['a phone that is not there', `phones/${ANA}/say`, { text: 'oi' }, 404],
    ['nothing said', `phones/${ANA}/say`, { text: '' }, 400],
    ['a path that nobody knows', 'phoens', {}, 404],
    ['a clock that goes back', 'clock', { byMs: -1 }, 400],
  ])('refuse %s', async (_what, path, body, status) => {
    expect(await control(path, body)).toEqual({ status, json: { error: expect.any(String) } });
  });

  test('are not made twice', async () => {
    await makeAna();
    expect((await makeAna()).status).toBe(400);
  });
});

describe('the clock', () => {
  test('is moved by so much, or to an instant, and what became due happens', async () => {
    await bench.close();
    bench = await startWorkbench({ templateApprovalDelayMs: 60_000 });
    await bench.call('POST', `/v25.0/${ACCOUNT_ID}/message_templates`, DAILY_QUESTION);
    const before = bench.now();
    expect((await control('clock', { byMs: 1000 })).json).toEqual({ now: before + 1000 });
    expect((await control('clock', { to: before + 60_000 })).json).toEqual({ now: before + 60_000 });
    await bench.emulator.settle();
    expect(bench.emulator.templates.list()).toMatchObject([{ status: 'APPROVED' }]);
  });
});

describe('the events', () => {
  test('tell of every phone, message, tick, typing and move of the clock, and end with the emulator', async () => {
    const request = get(`${bench.url}/__emulator/events`);
    const [response] = await once(request, 'response');
    expect(response.headers['content-type']).toBe('text/event-stream');
    const events: PhoneEvent[] = [];
    createInterface({ input: response }).on('line', (line) => {
      if (line.startsWith('data: ')) events.push(JSON.parse(line.slice('data: '.length)));
    });

    await makeAna();
    const { json } = await control(`phones/${ANA}/say`, { text: 'oi' });
    await bench.send({
      to: undefined,
      status: 'read',
      message_id: json.wamid,
      typing_indicator: { type: 'text' },
    });
    await bench.send({ type: 'text', text: { body: 'olá' } });
    await bench.emulator.settle();
    await control('clock', { byMs: 5 });
    await control('switches', { webhooks: { duplicate: true, batch: 2 } });
    await control(`phones/${ANA}/fails-with`, { code: 131026 });
    await control(`phones/${ANA}/block`, { blocked: true });
    await control('switches/reset', {});

    const until = bench.now() - 5 + 25_000;
    await expect.poll(() => events.length).toBe(14);
    expect(events).toMatchObject([
      { kind: 'phone', phone: { number: ANA, name: 'Ana' } },
      { kind: 'message', number: ANA, message: { text: 'oi', status: 'sent' } },
      { kind: 'message', number: ANA, message: { text: 'oi', status: 'read' } },
      { kind: 'typing', number: ANA, until },
      { kind: 'message', number: ANA, message: { text: 'olá', status: 'accepted' } },
      { kind: 'typing', number: ANA, until: null },
      { kind: 'message', number: ANA, message: { text: 'olá', status: 'sent' } },
      { kind: 'message', number: ANA, message: { text: 'olá', status: 'delivered' } },
      { kind: 'clock', now: bench.now() },
      { kind: 'switches', switches: { webhooks: { duplicate: true, batch: 2 } } },
      { kind: 'phone', phone: { number: ANA, failsWith: 131026 } },
      { kind: 'phone', phone: { number: ANA, blocked: true } },
      { kind: 'phone', phone: { number: ANA, failsWith: null } },
      { kind: 'switches', switches: { webhooks: { duplicate: false, batch: 1 } } },
    ]);
    expect(events.filter((event) => event.kind === 'phone').some(({ phone }) => 'messages' in phone)).toBe(
      false,
    );
    const ended = once(response, 'close');
    await bench.emulator.close();
    await ended;
  });
});

describe('the page', () => {
  test('opens with a message typed in, where a chat link leads', async () => {
    const { status, headers } = await fetch(`${bench.url}/chat/15550100200?text=START%20a%26b`, {
      redirect: 'manual',
    });
    expect([status, headers.get('location')]).toEqual([302, '/?to=15550100200&text=START+a%26b']);
  });

  test('is served with its files, and Graph’s paths stay Graph’s', async () => {
    const pageRoot = await mkdtemp(join(tmpdir(), 'phone-page-'));
    await writeFile(join(pageRoot, 'index.html'), '<title>Phones</title>');
    await bench.close();
    bench = await startWorkbench({ pageRoot });
    const page = await fetch(bench.url);
    expect([page.status, await page.text()]).toEqual([200, '<title>Phones</title>']);
    expect((await bench.call('GET', '/v25.0/999')).json.error).toMatchObject({ error_subcode: 33 });
    expect((await bench.call('GET', '/assets/none.js')).json.error).toMatchObject({ code: 2500 });
    await rm(pageRoot, { recursive: true });
  });
});
