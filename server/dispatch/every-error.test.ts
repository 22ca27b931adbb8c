import { describe, expect, it, test } from 'vitest';
import { type DispatchRoom, openDispatchRoom } from '../../test/dispatch-room.ts';
import type { Failure } from '../channels/channel.ts';
import { ERROR_TABLE } from '../channels/whatsapp/error-table.ts';
import { failureOf } from '../channels/whatsapp/failures.ts';

const SECONDS = 1000;
const MINUTES = 60 * SECONDS;
const HOURS = 60 * MINUTES;
const DAYS = 24 * HOURS;

/** What happens to a question that WhatsApp refuses with a code, written from Meta's list and apart from the table. */
const BEHAVIOUR_OF_CODE: Readonly<Record<keyof typeof BEHAVIOURS, readonly number[]>> = {
  'is tried again soon': [1, 2, 131000, 131016, 131053, 131057, 133004],
  'is tried again soon, at a slower pace for everybody': [4, 80007, 130429, 133016],
  'is tried again after four seconds, and only this learner waits': [131056],
  'fails with its reason as a template, whose window cannot be closed': [131047],
  'fails, and the day is counted as undeliverable': [130403, 131021, 131026, 131052, 137000],
  'fails, and means STOP': [131050],
  'fails, and nothing is offered to the learner for a day': [130472, 131049],
  'waits with everything else until an operator has mended it': [
    0, 3, 10, 33, 190, 368, 131005, 131031, 131037, 131042, 131045, 133000, 133005, 133006, 133008, 133009,
    133010, 133015, 134011, 2388019, 2388023, 2388024, 2388039, 2388040, 2388047, 2388072, 2388073, 2388293,
    2388299,
  ],
  'waits with every template until an operator has mended it': [131048, 131063, 131064],
  'goes out in another template': [132001, 132007, 132015, 132016],
  'waits with everything to that country': [130497],
  'is given up, and an operator is told': [
    100, 131008, 131009, 131030, 131051, 131055, 131062, 132000, 132005, 132008, 132012, 132018, 132068,
    132069, 134100, 134101, 134102, 135000, 139200,
  ],
};

type Refused = { room: DispatchRoom; learner: string; question: string; failure: Failure };

/** What must be true a moment after the refusal, and what follows. */
const BEHAVIOURS = {
  async 'is tried again soon'({ room, question }: Refused) {
    expect(room.pace.take(2)).toBe(2);
    await comesAgain(room, question);
  },
  async 'is tried again soon, at a slower pace for everybody'({ room, question }: Refused) {
    expect(room.pace.take(2)).toBeLessThan(2);
    await comesAgain(room, question);
  },
  async 'is tried again after four seconds, and only this learner waits'(it: Refused) {
    const { room, learner, question } = it;
    const reply = await room.plansReply(await room.learner({ last_inbound_at: room.now }));
    const toThem = await room.plansReply(learner);
    await room.settle();
    expect(await room.message(reply)).toMatchObject({ state: 'accepted' });
    expect(await room.message(toThem)).toMatchObject({ state: 'planned', attempts: 0 });
    await room.pass(3 * SECONDS);
    expect(await room.message(question)).toMatchObject({ state: 'planned', attempts: 1 });
    await room.pass(2 * SECONDS);
    expect(await room.message(question)).toMatchObject({ state: 'accepted', attempts: 2 });
  },
  async 'fails with its reason as a template, whose window cannot be closed'({ room, question }: Refused) {
    expect(await room.message(question)).toMatchObject({ state: 'failed', failure_code: 131047 });
  },
  async 'fails, and the day is counted as undeliverable'({ room, learner, question }: Refused) {
    expect(await room.message(question)).toMatchObject({ state: 'failed' });
    expect(await undeliverableDays(room, learner)).toBe(1);
    expect(await room.learnerRow(learner)).toMatchObject({ state: 'active', unreachable_since: null });
  },
  async 'fails, and means STOP'({ room, learner, question }: Refused) {
    expect(await room.message(question)).toMatchObject({ state: 'failed' });
    expect(await room.learnerRow(learner)).toMatchObject({ state: 'stopped', next_ask_at: null });
    await room.pass(1 * DAYS);
    expect(room.sends).toHaveLength(1);
  },
  async 'fails, and nothing is offered to the learner for a day'({ room, learner, question }: Refused) {
    expect(await room.message(question)).toMatchObject({ state: 'failed' });
    expect(await undeliverableDays(room, learner)).toBe(0);
    expect(await room.learnerRow(learner)).toMatchObject({ withheld_until: room.now + 24 * HOURS });
  },
  async 'waits with everything else until an operator has mended it'(it: Refused) {
    const { room } = it;
    const reply = await room.plansReply(await room.learner({ last_inbound_at: room.now }));
    await staysUntilMended(it, 'everything');
    expect(await room.message(reply)).toMatchObject({ state: 'accepted' });
  },
  async 'waits with every template until an operator has mended it'(it: Refused) {
    const { room } = it;
    const reply = await room.plansReply(await room.learner({ last_inbound_at: room.now }));
    await room.settle();
    expect(await room.message(reply)).toMatchObject({ state: 'accepted' });
    await staysUntilMended(it, 'templates');
  },
  async 'goes out in another template'({ room, question, failure }: Refused) {
    expect(await room.message(question)).toMatchObject({ state: 'accepted', form: 'teaser' });
    expect(await room.troubles()).toEqual([failure.sentence]);
  },
  async 'waits with everything to that country'(it: Refused) {
    const { room } = it;
    const elsewhere = await room.plansQuestion(await room.learner({ phone: '351912345678' }));
    await room.settle();
    expect(await room.message(elsewhere)).toMatchObject({ state: 'accepted' });
    await staysUntilMended(it, 'country:BR');
  },
  async 'is given up, and an operator is told'({ room, question, failure }: Refused) {
    expect(await room.message(question)).toMatchObject({ state: 'failed', reason: failure.sentence });
    expect(await room.troubles()).toEqual([failure.sentence]);
    await room.pass(1 * HOURS);
    expect(room.sends).toHaveLength(1);
  },
} as const;

const CODES = Object.entries(BEHAVIOUR_OF_CODE).flatMap(([behaviour, codes]) =>
  codes.map((code) => [code, behaviour as keyof typeof BEHAVIOURS] as const),
);

test('every code that the table knows has its behaviour here', () => {
  expect(CODES.map(([code]) => code).toSorted()).toEqual([...ERROR_TABLE.keys()].toSorted());
});

describe('a question that WhatsApp refuses', () => {
  it.each(CODES)('with %i in the answer to the call %s', async (code, behaviour) => {
    const room = await openDispatchRoom();
    const learner = await room.learner();
    const question = await room.plansQuestion(learner);
    const failure = failureOf({ code }, 400);
    room.answerWith(() => {
      room.answerWith(room.accept);
      return { kind: 'refused', failure };
    });
    await room.settle();
    await BEHAVIOURS[behaviour]({ room, learner, question, failure });
  });

  it.each(CODES)('with %i in a status %s', async (code, behaviour) => {
    const room = await openDispatchRoom();
    const learner = await room.learner();
    const question = await room.plansQuestion(learner);
    await room.settle();
    const failure = failureOf({ code }, null);
    await room.reports('wamid.1', 'failed', { callbackData: question, failure });
    await BEHAVIOURS[behaviour]({ room, learner, question, failure });
  });
});

async function comesAgain(room: DispatchRoom, question: string): Promise<void> {
  expect(await room.message(question)).toMatchObject({ state: 'planned', held_for: null, attempts: 1 });
  await room.pass(12 * SECONDS);
  expect(await room.message(question)).toMatchObject({ state: 'accepted', attempts: 2 });
  expect(await room.troubles()).toEqual([]);
}

/** Nothing of that scope is tried until the first minute has passed; then one message tries, and the rest follows. */
async function staysUntilMended({ room, question, failure }: Refused, scope: string): Promise<void> {
  const others = [
    await room.plansQuestion(await room.learner()),
    await room.plansQuestion(await room.learner()),
  ];
  await room.settle();
  const before = room.sends.length;
  expect(await room.message(question)).toMatchObject({ state: 'planned', held_for: scope });
  expect(await room.troubles()).toEqual([failure.sentence]);
  await room.pass(59 * SECONDS);
  expect(room.sends).toHaveLength(before);

  room.answerWith(() => ({ kind: 'refused', failure }));
  await room.pass(1 * SECONDS);
  expect(room.sends).toHaveLength(before + 1);
  expect(await room.troubles()).toEqual([failure.sentence]);

  room.answerWith(room.accept);
  await room.pass(2 * MINUTES);
  const [probe] = room.sends.slice(-1);
  const isSeenInStatus = (await room.stoppages()).length > 0;
  if (isSeenInStatus) {
    const { channel_id: channelId } = await room.message(probe?.callbackData ?? '');
    await room.reports(channelId ?? '', 'sent', { callbackData: probe?.callbackData ?? '' });
  }
  await room.settle();
  expect(await room.stoppages()).toEqual([]);
  expect(await room.troubles()).toEqual([]);
  for (const id of [question, ...others]) {
    expect((await room.message(id)).state).toMatch(/accepted|sent/);
  }
}

async function undeliverableDays(room: DispatchRoom, learner: string): Promise<number> {
  const rows = await room.store.read.q
    .selectFrom('undeliverable_days')
    .selectAll()
    .where('learner_id', '=', learner)
    .execute();
  return rows.length;
}
