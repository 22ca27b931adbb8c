import { verifySignature } from '@kapso/whatsapp-cloud-api/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ANA,
  APP_SECRET,
  PHONE_NUMBER_ID,
  startWorkbench,
  type Workbench,
} from '../../emulator/testing/workbench.ts';
import { isSignedBy } from '../../server/channels/whatsapp/verify-signature.ts';
import { kapsoTestimony } from './kapso.ts';
import { ACCENTS, playDay } from './played-day.ts';
import { disagreements, ourTestimony, type Testimony } from './testimony.ts';
import { whatsAppApiJsAt, whatsAppApiJsTestimony } from './whatsapp-api-js.ts';

/** The same day, each event told on its own, and what was held back told in batches. */
let alone: Workbench;
let together: Workbench;
beforeAll(async () => {
  alone = await playDay({ together: false });
  together = await playDay({ together: true });
});
afterAll(async () => {
  await alone.close();
  await together.close();
});

const ours = ({ json }: Workbench['received'][number]) => ourTestimony(json, PHONE_NUMBER_ID);

describe('a day on the phones', () => {
  test('holds everything that a learner does and a message goes through', () => {
    const { messages, statuses } = merged(alone.received.map(ours));
    expect([...new Set(messages.map(({ what }) => what.kind))].toSorted()).toEqual(
      ['media', 'moved', 'other', 'reaction', 'tap', 'text', 'voice'].toSorted(),
    );
    expect(messages.flatMap(({ what }) => (what.kind === 'tap' ? [what.payload] : []))).toEqual([
      'daily:answer',
      'q:42:skip',
      'area:python',
    ]);
    expect(messages.map(({ what }) => what)).toContainEqual({ kind: 'text', text: ACCENTS });
    expect(messages.some(({ from }) => from.phone === null && from.bsuid !== null)).toBe(true);
    expect(messages.some(({ from }) => from.phone !== null && from.bsuid === null)).toBe(true);
    expect([...new Set(statuses.map(({ status }) => status))].toSorted()).toEqual(
      ['delivered', 'failed', 'read', 'sent'].toSorted(),
    );
    expect(statuses.flatMap(({ failedWith }) => failedWith ?? [])).toEqual([131047, 131026]);
    expect(statuses.some(({ price }) => price?.category === 'utility')).toBe(true);
    expect(statuses.some(({ callbackData }) => callbackData === 'out:2/ç')).toBe(true);
  });

  test('is the same day when it is told in batches', () => {
    expect(together.received.length).toBeLessThan(alone.received.length / 4);
    expect(kinds(merged(together.received.map(ours)))).toEqual(kinds(merged(alone.received.map(ours))));
  });
});

describe('the signature of every notification', () => {
  test('is right for us, for Kapso and for whatsapp-api-js', async () => {
    for (const { raw, signature } of [...alone.received, ...together.received]) {
      expect(await verdicts(raw, signature)).toEqual({ ours: true, kapso: true, whatsAppApiJs: true });
    }
  });

  test('is wrong for all three once a letter has changed, or the secret', async () => {
    for (const { raw, signature } of alone.received) {
      const refused = { ours: false, kapso: false, whatsAppApiJs: false };
      expect(await verdicts(raw.replace('whatsapp', 'whatsupp'), signature)).toEqual(refused);
      expect(
        await verdicts(
          raw,
          signature?.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
        ),
      ).toEqual(refused);
    }
  });

  test('is wrong for all three when the body was read and written again', async () => {
    const { raw, signature } = theOneSaying(ACCENTS);
    const writtenAgain = JSON.stringify(JSON.parse(raw));
    expect(await verdicts(writtenAgain, signature)).toEqual({
      ours: false,
      kapso: false,
      whatsAppApiJs: false,
    });
  });

  test('but whatsapp-api-js escapes accents again by itself, so it takes a rewritten body without slashes', async () => {
    const { raw, signature } = theOneSaying('Vou trocar de número');
    const writtenAgain = JSON.stringify(JSON.parse(raw));
    expect(await verdicts(writtenAgain, signature)).toEqual({
      ours: false,
      kapso: false,
      whatsAppApiJs: true,
    });
  });
});

describe('a character that is ASCII but not to be seen', () => {
  test('is signed as it stands, but whatsapp-api-js escapes it and finds the signature wrong', async () => {
    const bench = await startWorkbench();
    bench.emulator.phone(ANA).say('a\u007fb');
    await bench.emulator.settle();
    const [notification] = bench.received;
    expect(await verdicts(notification?.raw ?? '', notification?.signature)).toEqual({
      ours: true,
      kapso: true,
      whatsAppApiJs: false,
    });
    await bench.close();
  });
});

describe('what Kapso understands', () => {
  test('of every notification is what we understand', () => {
    for (const notification of [...alone.received, ...together.received]) {
      expect(disagreements(ours(notification), kapsoTestimony(notification.json))).toEqual([]);
    }
  });
});

describe('what whatsapp-api-js understands', () => {
  test('of every message and status told alone is what we understand', async () => {
    for (const notification of alone.received.filter(isAboutMessages)) {
      const theirs = await whatsAppApiJsTestimony(notification.raw, notification.signature);
      if ('gaveUp' in theirs) throw new Error(`${theirs.gaveUp} at ${notification.raw}`);
      expect(disagreements(ours(notification), theirs)).toEqual([]);
    }
  });

  test('of a batch is one item only', async () => {
    const batch = together.received.find((it) => isAboutMessages(it) && sizeOf(ours(it)) > 1);
    if (batch === undefined) throw new Error('the day was told without any batch');
    const theirs = await whatsAppApiJsTestimony(batch.raw, batch.signature);
    expect('gaveUp' in theirs ? theirs : sizeOf(theirs)).toBe(1);
  });

  test('of news about a template is nothing: it falls over', async () => {
    const news = alone.received.find((it) => !isAboutMessages(it));
    expect(await whatsAppApiJsTestimony(news?.raw ?? '', news?.signature)).toEqual({ gaveUp: 'TypeError' });
  });
});

async function verdicts(raw: string, signature: string | undefined) {
  const client = whatsAppApiJsAt('http://nowhere.invalid');
  return {
    ours: isSignedBy(APP_SECRET, Buffer.from(raw), signature),
    kapso: verifySignature({ appSecret: APP_SECRET, rawBody: raw, signatureHeader: signature ?? '' }),
    whatsAppApiJs: await client.verifyRequestSignature(raw, signature ?? ''),
  };
}

function theOneSaying(text: string): Workbench['received'][number] {
  const found = alone.received.find((it) =>
    ours(it).messages.some(({ what }) => what.kind === 'text' && what.text === text),
  );
  if (found === undefined) throw new Error(`nobody said ${text}`);
  return found;
}

function isAboutMessages({ raw }: { raw: string }): boolean {
  return /"changes":\[\{"field":"messages"/.test(raw);
}

function merged(testimonies: readonly Testimony[]): Testimony {
  return {
    messages: testimonies.flatMap(({ messages }) => messages),
    statuses: testimonies.flatMap(({ statuses }) => statuses),
  };
}

/** Without the ids: batches are packed by the same dice that make them. */
function kinds({ messages, statuses }: Testimony): string[] {
  return [...messages.map(({ what }) => what.kind), ...statuses.map(({ status }) => status)].toSorted();
}

function sizeOf({ messages, statuses }: Testimony): number {
  return messages.length + statuses.length;
}
