import { pino } from 'pino';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { MONDAY_MORNING } from '../../test/build/learner.ts';
import { someService } from '../../test/build/scene.ts';
import { someStore } from '../../test/build/store.ts';
import type { Channel } from '../channels/channel.ts';
import { createEvents } from '../events.ts';
import { newId } from '../store/store.ts';
import { rememberStranger } from '../store/strangers.ts';
import { createGreetStranger } from './greet-stranger.ts';

const NOW = MONDAY_MORNING;
const STRANGER = { phone: '15550100188', bsuid: null, waId: null };

describe('the line to a stranger', () => {
  it('is not said a second time when the process dies in the middle of the call', async () => {
    const it = await anOwedLine();
    it.dies = true;
    await expect(it.greet()).rejects.toThrow('killed');
    it.dies = false;
    await it.greet();
    expect(it.calls).toBe(1);
  });

  it('is said once, however often the job runs', async () => {
    const it = await anOwedLine();
    await it.greet();
    await it.greet();
    expect(it.calls).toBe(1);
  });

  it('is not said to who said STOP since', async () => {
    const it = await anOwedLine();
    await it.store.transact((tx) => rememberStranger(tx, [STRANGER.phone], { silenced_at: NOW }));
    await it.greet();
    expect(it.calls).toBe(0);
  });

  it('is not said when its window has closed', async () => {
    const it = await anOwedLine({ sentAt: NOW - 24 * 60 * 60 * 1000 });
    await it.greet();
    expect(it.calls).toBe(0);
  });
});

async function anOwedLine(change: { sentAt?: number } = {}) {
  const store = await someStore();
  const inboxId = newId();
  await store.transact(async (tx) => {
    await tx.q
      .insertInto('inbox')
      .values({
        id: inboxId,
        channel_id: 'wamid.1',
        lane: 'stranger:hash',
        sender_sealed: tx.sealer.seal(JSON.stringify(STRANGER), 'inbox.sender', inboxId),
        heard_sealed: tx.sealer.seal('{"kind":"text","text":"hello"}', 'inbox.heard', inboxId),
        about_channel_id: null,
        sent_at: change.sentAt ?? NOW,
        received_at: NOW,
        state: 'heard',
        failures: 0,
        answer_id: null,
        as_stranger: 1,
        line: 'greet',
        trace: inboxId,
      })
      .execute();
  });
  const line = { store, calls: 0, dies: false, greet: () => handler({ inboxId }) };
  const channel: Channel = {
    async send() {
      line.calls += 1;
      if (line.dies) throw new Error('killed');
      return { kind: 'accepted', channelId: 'wamid.2', waId: null, bsuid: null };
    },
    markRead: async () => {},
    businessNumber: async () => null,
    submitTemplate: async () => 'exists',
    readAccount: async () => ({ dailyLimit: null, quality: null, hasPaymentMethod: null, templates: [] }),
    close: async () => {},
  };
  const handler = createGreetStranger({
    store,
    channel,
    service: someService(),
    events: createEvents({ log: pino({ level: 'silent' }), registry: new Registry() }),
    now: () => NOW,
  });
  return line;
}
