import { describe, expect, it } from 'vitest';
import { openDispatchRoom } from '../../test/dispatch-room.ts';
import type { SendOutcome } from '../channels/channel.ts';
import { failureOf } from '../channels/whatsapp/failures.ts';

const SECONDS = 1000;
const MINUTES = 60 * SECONDS;

const NO_ANSWER: SendOutcome = { kind: 'unknown', why: 'the connection broke' };

describe('a message whose call left no answer', () => {
  it('is sent once more when the grace time brought no status', async () => {
    const room = await openDispatchRoom();
    const question = await room.plansQuestion(await room.learner());
    room.answerWith(() => NO_ANSWER);
    await room.settle();
    room.answerWith(room.accept);
    await room.pass(89 * SECONDS);
    expect(room.sends).toHaveLength(1);
    await room.pass(2 * SECONDS);
    expect(room.sends).toHaveLength(2);
    expect(await room.message(question)).toMatchObject({ state: 'accepted', doubts: 1 });
  });

  it('is not sent again when a status came in that time', async () => {
    const room = await openDispatchRoom();
    const question = await room.plansQuestion(await room.learner());
    room.answerWith(() => NO_ANSWER);
    await room.settle();
    await room.pass(60 * SECONDS);
    await room.reports('wamid.lost', 'sent', { callbackData: question });
    await room.pass(10 * MINUTES);
    expect(room.sends).toHaveLength(1);
    expect(await room.message(question)).toMatchObject({ state: 'sent', channel_id: 'wamid.lost' });
  });

  it('waits from when the database was back: until then every status was turned away', async () => {
    const room = await openDispatchRoom();
    const question = await room.plansQuestion(await room.learner());
    room.answerWith(() => NO_ANSWER);
    await room.settle();
    await room.pass(80 * SECONDS);
    room.databaseWasAway();
    await room.pass(80 * SECONDS);
    expect(room.sends).toHaveLength(1);
    await room.reports('wamid.lost', 'sent', { callbackData: question });
    await room.pass(10 * MINUTES);
    expect(room.sends).toHaveLength(1);
  });

  it('is given up, with its reason, when the second call leaves none either', async () => {
    const room = await openDispatchRoom();
    const question = await room.plansQuestion(await room.learner());
    room.answerWith(() => NO_ANSWER);
    await room.settle();
    for (let minute = 0; minute < 10; minute++) await room.pass(1 * MINUTES);
    expect(room.sends).toHaveLength(2);
    expect(await room.message(question)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/neither an answer nor a status/),
    });
  });

  it('counts as arrived when its delivery is reported after it was given up', async () => {
    const room = await openDispatchRoom();
    const question = await room.plansQuestion(await room.learner());
    room.answerWith(() => NO_ANSWER);
    for (let minute = 0; minute < 10; minute++) await room.pass(1 * MINUTES);
    await room.reports('wamid.late', 'delivered', { callbackData: question });
    expect(await room.message(question)).toMatchObject({ state: 'delivered' });
  });

  it('keeps its doubt while it waits for a standstill to end', async () => {
    const room = await openDispatchRoom();
    const question = await room.plansQuestion(await room.learner());
    let unanswered = 0;
    const giveNoAnswer = (): SendOutcome => {
      unanswered += 1;
      return NO_ANSWER;
    };
    room.answerWith(giveNoAnswer);
    await room.settle();
    room.answerWith(() => ({ kind: 'refused', failure: failureOf({ code: 190 }, 401) }));
    await room.pass(91 * SECONDS);
    expect(await room.message(question)).toMatchObject({
      state: 'planned',
      held_for: 'everything',
      doubts: 1,
    });
    room.answerWith(giveNoAnswer);
    for (let quarter = 0; quarter < 4; quarter++) await room.pass(15 * MINUTES);
    expect(unanswered).toBe(2);
    expect(await room.message(question)).toMatchObject({ state: 'failed' });
  });
});

describe('a message that was sent twice', () => {
  it('does not fail because its first sending did', async () => {
    const room = await openDispatchRoom();
    const question = await room.plansQuestion(await room.learner());
    room.answerWith(() => NO_ANSWER);
    await room.settle();
    room.answerWith(room.accept);
    await room.pass(91 * SECONDS);
    const failure = failureOf({ code: 131000 }, null);
    await room.reports('wamid.first', 'failed', { callbackData: question, failure });
    expect(await room.message(question)).toMatchObject({ state: 'accepted', channel_id: 'wamid.1' });
    await room.pass(10 * MINUTES);
    expect(room.sends).toHaveLength(2);
  });

  it('is not sent a third time when the first one’s failure overtakes the answer to the second', async () => {
    const room = await openDispatchRoom();
    const question = await room.plansQuestion(await room.learner());
    room.answerWith(() => NO_ANSWER);
    await room.settle();
    room.answerWith(async (send) => {
      const failure = failureOf({ code: 131000 }, null);
      await room.receiveStatus('wamid.first', 'failed', { callbackData: send.callbackData, failure });
      return room.accept();
    });
    await room.pass(91 * SECONDS);
    await room.pass(10 * MINUTES);
    expect(room.sends).toHaveLength(2);
    expect(await room.message(question)).toMatchObject({ state: 'accepted', channel_id: 'wamid.1' });
  });

  it('is sent again when its own failure overtakes the answer', async () => {
    const room = await openDispatchRoom();
    const question = await room.plansQuestion(await room.learner());
    const failure = failureOf({ code: 131000 }, null);
    room.answerWith(async (send) => {
      const accepted = room.accept();
      room.answerWith(room.accept);
      await room.receiveStatus('wamid.1', 'failed', { callbackData: send.callbackData, failure });
      return accepted;
    });
    await room.settle();
    await room.pass(12 * SECONDS);
    expect(room.sends).toHaveLength(2);
    expect(await room.message(question)).toMatchObject({ state: 'accepted', channel_id: 'wamid.2' });
  });
});

describe('a process that is killed', () => {
  it('after WhatsApp took the message, finds its status and does not send it again', async () => {
    const room = await openDispatchRoom();
    const question = await room.plansQuestion(await room.learner());
    room.answerWith(() => new Promise<never>(() => {}));
    await room.startsWork();
    await room.kill();
    room.answerWith(room.accept);
    await room.pass(30 * SECONDS);
    await room.reports('wamid.before', 'delivered', { callbackData: question });
    await room.pass(10 * MINUTES);
    expect(room.sends).toHaveLength(1);
    expect(await room.message(question)).toMatchObject({ state: 'delivered' });
  });

  it('before the message left, sends it once the grace time since the start is over', async () => {
    const room = await openDispatchRoom();
    const question = await room.plansQuestion(await room.learner());
    room.answerWith(() => new Promise<never>(() => {}));
    await room.startsWork();
    await room.pass(10 * MINUTES, { working: false });
    await room.kill();
    room.answerWith(room.accept);
    await room.pass(89 * SECONDS);
    expect(room.sends).toHaveLength(1);
    await room.pass(2 * SECONDS);
    expect(await room.message(question)).toMatchObject({ state: 'accepted', attempts: 2 });
  });
});
