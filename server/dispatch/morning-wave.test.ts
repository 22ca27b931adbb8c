import { describe, expect, it } from 'vitest';
import { openDispatchRoom } from '../../test/dispatch-room.ts';

describe('the nine o’clock wave', () => {
  it('spreads over time at the pace of the number', async () => {
    const room = await openDispatchRoom({ perSecond: 20 });
    for (let index = 0; index < 100; index++) await room.plansQuestion(await room.learner());
    await room.settle();
    for (let second = 1; second <= 6; second++) {
      await room.pass(1000);
      await room.pass(0);
    }
    const perSecond = Map.groupBy(room.sends, ({ at }) => Math.floor(at / 1000));
    expect(room.sends.length).toBeLessThan(100);
    for (const sends of perSecond.values()) expect(sends.length).toBeLessThanOrEqual(20);
  });

  it('lets a reply go first, whenever it comes', async () => {
    const room = await openDispatchRoom({ perSecond: 10 });
    for (let index = 0; index < 60; index++) await room.plansQuestion(await room.learner());
    for (let tick = 0; tick < 20; tick++) await room.pass(100);
    const reply = await room.plansReply(await room.learner({ last_inbound_at: room.now }));
    const before = room.sends.length;
    expect(before).toBeLessThan(60);
    await room.pass(200);
    expect(room.sends[before]?.callbackData).toBe(reply);
  });
});

describe('one person', () => {
  it('gets ten messages at once and then one each six seconds', async () => {
    const room = await openDispatchRoom();
    const learner = await room.learner({ last_inbound_at: room.now });
    for (let index = 0; index < 14; index++) await room.plansReply(learner);
    await room.settle();
    expect(room.sends).toHaveLength(10);
    await room.pass(5900);
    expect(room.sends).toHaveLength(10);
    await room.pass(100);
    expect(room.sends).toHaveLength(11);
    await room.pass(18_000);
    expect(room.sends).toHaveLength(14);
  });

  it('hears the goodbye at once, however much they have heard', async () => {
    const room = await openDispatchRoom();
    const learner = await room.learner({ last_inbound_at: room.now });
    for (let index = 0; index < 14; index++) await room.plansReply(learner);
    await room.settle();
    const goodbye = await room.plansGoodbye(learner);
    await room.settle();
    expect((await room.message(goodbye)).state).toBe('accepted');
  });
});
