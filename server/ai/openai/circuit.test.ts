import { beforeEach, describe, expect, test } from 'vitest';
import { createCircuit } from './circuit.ts';
import type { AskModel, ModelReply, ModelRequest } from './model-port.ts';
import { NO_USAGE } from './token-usage.ts';

const SECONDS = 1_000;
const REQUEST: ModelRequest = {
  instructions: '',
  material: '',
  maxOutputTokens: 16,
  pseudonym: null,
  signal: new AbortController().signal,
};
const GOOD: ModelReply = { kind: 'answered', text: '{}', model: null, usage: NO_USAGE };
const PASSING: ModelReply = { kind: 'passing', why: 'HTTP 500', waitMs: null };
const REFUSED: ModelReply = { kind: 'refused', why: 'refusal', usage: NO_USAGE };
const UNPAID: ModelReply = { kind: 'closed', why: 'HTTP 429', closeForMs: 60 * SECONDS, sentence: 'Pay.' };

let now: number;
let asked: number;
let reply: () => Promise<ModelReply>;
let sentences: string[];
let ask: AskModel;

beforeEach(() => {
  now = Date.parse('2026-11-23T09:00:00Z');
  asked = 0;
  sentences = [];
  reply = async () => GOOD;
  ask = createCircuit({
    ask: () => {
      asked += 1;
      return reply();
    },
    now: () => now,
    onTrouble: (sentence) => sentences.push(sentence),
  });
});

async function askTimes(times: number): Promise<void> {
  for (let time = 0; time < times; time++) await ask(REQUEST);
}

describe('five failures in a row', () => {
  beforeEach(async () => {
    reply = async () => PASSING;
    await askTimes(5);
  });

  test('keep everybody away for 30 seconds, and the operator is told once', async () => {
    now += 10 * SECONDS;
    expect(await ask(REQUEST)).toEqual({
      kind: 'closed',
      why: 'circuit open',
      closeForMs: 20 * SECONDS,
      sentence: null,
    });
    expect(asked).toBe(5);
    expect(sentences).toHaveLength(1);
  });

  test('are over when one good answer comes after that', async () => {
    now += 30 * SECONDS;
    reply = async () => GOOD;
    expect(await ask(REQUEST)).toBe(GOOD);
    reply = async () => PASSING;
    await askTimes(4);
    expect(asked).toBe(10);
    expect(await ask(REQUEST)).toBe(PASSING);
    expect(await ask(REQUEST)).toMatchObject({ kind: 'closed' });
  });

  test('are not over when the next one fails too', async () => {
    now += 30 * SECONDS;
    expect(await ask(REQUEST)).toBe(PASSING);
    now += 29 * SECONDS;
    expect(await ask(REQUEST)).toMatchObject({ kind: 'closed', closeForMs: 1 * SECONDS });
    expect(asked).toBe(6);
  });

  test('let one through to see, while the others stay away', async () => {
    now += 30 * SECONDS;
    const probe = Promise.withResolvers<ModelReply>();
    reply = () => probe.promise;
    const first = ask(REQUEST);
    expect(await ask(REQUEST)).toMatchObject({ kind: 'closed' });
    expect(asked).toBe(6);
    probe.resolve(GOOD);
    expect(await first).toBe(GOOD);
    expect(await ask(REQUEST)).toBe(GOOD);
    expect(asked).toBe(7);
  });
});

test('four failures and a good answer are no trouble', async () => {
  for (let round = 0; round < 3; round++) {
    reply = async () => PASSING;
    await askTimes(4);
    reply = async () => GOOD;
    await ask(REQUEST);
  }
  expect(asked).toBe(15);
  expect(sentences).toEqual([]);
});

test('a refusal is an answer of a healthy provider', async () => {
  reply = async () => REFUSED;
  await askTimes(20);
  expect(asked).toBe(20);
});

test('what only an operator can mend keeps everybody away at once, and is tried again later', async () => {
  reply = async () => UNPAID;
  expect(await ask(REQUEST)).toBe(UNPAID);
  now += 59 * SECONDS;
  expect(await ask(REQUEST)).toMatchObject({ kind: 'closed', why: 'circuit open', closeForMs: 1 * SECONDS });
  expect(asked).toBe(1);
  now += 1 * SECONDS;
  reply = async () => GOOD;
  expect(await ask(REQUEST)).toBe(GOOD);
  expect(sentences).toEqual(['Pay.']);
});

test('calls that fail together tell the operator once', async () => {
  reply = async () => UNPAID;
  await Promise.all([ask(REQUEST), ask(REQUEST), ask(REQUEST)]);
  expect(sentences).toEqual(['Pay.']);
});

test('a malformed request is news for the operator, and no reason to keep others away', async () => {
  reply = async () => ({ kind: 'rejected', why: 'HTTP 400', sentence: 'Mend it.' });
  await askTimes(6);
  expect(asked).toBe(6);
  expect(sentences).toContain('Mend it.');
});
