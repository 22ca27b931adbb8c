import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { someStore } from '../../test/build/store.ts';
import type { InboundMessage, InboundStatus, WebhookReading } from '../channels/channel.ts';
import { createEvents } from '../events.ts';
import type { LeaveJob } from '../jobs.ts';
import { currentTrace, withTrace } from '../trace.ts';
import { createReceive } from './receive.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');

function aMessage(channelId: string, phone: string): InboundMessage {
  return {
    channelId,
    sender: { phone, waId: null, bsuid: null },
    sentAt: AT,
    about: null,
    heard: { kind: 'text', text: 'Hello' },
  };
}

function aStatus(channelId: string): InboundStatus {
  return {
    channelId,
    delivery: 'delivered',
    at: AT,
    callbackData: null,
    recipient: { phone: '5511955501234', waId: null, bsuid: null },
    failure: null,
    price: null,
  };
}

async function someInbox() {
  const store = await someStore();
  const registry = new Registry();
  const left: { name: string; payload: unknown; trace: string | undefined }[] = [];
  const leave: LeaveJob = async (_tx, name, payload) => {
    left.push({ name, payload, trace: currentTrace() });
  };
  const receive = createReceive({
    store,
    leave,
    events: createEvents({ log: pino({ level: 'silent' }), registry }),
    now: () => AT,
  });
  return {
    store,
    left,
    receive: (it: Partial<WebhookReading>) =>
      receive({
        messages: [],
        statuses: [],
        templates: [],
        account: [],
        unreadable: [],
        ignored: 0,
        ...it,
      }),
    metrics: () => registry.metrics(),
  };
}

it('stores what comes at the same time together, each under its own trace, and every copy once', async () => {
  const inbox = await someInbox();
  const arrivals = Array.from({ length: 200 }, (_, index) =>
    withTrace(`trace-${index}`, () =>
      inbox.receive({
        // Every second one is a copy of the one before.
        messages: [aMessage(`wamid.${index - (index % 2)}`, `1202555${1000 + index}`)],
        statuses: [
          aStatus(`wamid.sent.${index - (index % 2)}`),
          aStatus(`wamid.sent.${index - (index % 2)}`),
        ],
      }),
    ),
  );
  await Promise.all(arrivals);

  const heard = await inbox.store.read.q.selectFrom('inbox').select(['channel_id', 'trace']).execute();
  expect(heard).toHaveLength(100);
  for (const { channel_id, trace } of heard) {
    const number = Number(channel_id.replace('wamid.', ''));
    expect([`trace-${number}`, `trace-${number + 1}`]).toContain(trace);
  }
  const deliveries = await inbox.store.read.q.selectFrom('deliveries').select('id').execute();
  expect(deliveries).toHaveLength(100);
  const recorded = inbox.left.filter(({ name }) => name === 'record-deliveries');
  expect(recorded.flatMap(({ payload }) => (payload as { ids: string[] }).ids).toSorted()).toEqual(
    deliveries.map(({ id }) => id).toSorted(),
  );
  for (const { trace } of inbox.left) expect(trace).toMatch(/^trace-\d+$/);
  expect(await inbox.metrics()).toContain('{kind="copies"} 400');
});

it('stores a notification of thousands', async () => {
  const inbox = await someInbox();
  const statuses = Array.from({ length: 3_000 }, (_, index) => aStatus(`wamid.${index}`));
  await inbox.receive({ statuses });
  const { count } = await inbox.store.read.q
    .selectFrom('deliveries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(Number(count)).toBe(3_000);
});
