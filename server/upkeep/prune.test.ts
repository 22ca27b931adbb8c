import { beforeEach, describe, expect, it } from 'vitest';
import { DAYS, MONDAY_MORNING, somePreferences } from '../../test/build/learner.ts';
import { someQuestion } from '../../test/build/question.ts';
import { someStore } from '../../test/build/store.ts';
import { createBank } from '../bank.ts';
import { askedByMessage } from '../store/asked-questions.ts';
import { createLearner } from '../store/learners.ts';
import { newId, type Store, type Writer } from '../store/store.ts';
import type { MessagesTable } from '../store/tables.ts';
import { createPrune } from './prune.ts';

let store: Store;
let ana: string;
let asked: string;
const NOW = MONDAY_MORNING;
const question = someQuestion();
const bank = createBank([question]);

beforeEach(async () => {
  store = await someStore();
  ana = newId();
  asked = newId();
  await store.transact(async (tx) => {
    await createLearner(tx, { id: ana, preferences: somePreferences(), now: NOW - 200 * DAYS });
    await tx.q.insertInto('asked_questions').values(someAskedRow()).execute();
  });
});

describe('what was said', () => {
  it('to a learner is dropped after 90 days', async () => {
    await store.transact(async (tx) => {
      await insertMessage(tx, { kind: 'feedback', planned_at: NOW - 91 * DAYS });
      await insertMessage(tx, { kind: 'reply', planned_at: NOW - 91 * DAYS, state: 'planned' });
      await insertMessage(tx, { kind: 'feedback', planned_at: NOW - 89 * DAYS });
    });
    await prune();
    expect(await plannedAt()).toEqual([NOW - 89 * DAYS]);
  });

  it('as a question is dropped too, but a late reply to it still answers that question', async () => {
    await store.transact((tx) =>
      insertMessage(tx, {
        kind: 'question',
        asked_id: asked,
        channel_id: 'wamid.old',
        planned_at: NOW - 91 * DAYS,
      }),
    );
    await prune();
    const row = await store.read.q.selectFrom('messages').select('outgoing_sealed').executeTakeFirstOrThrow();
    expect(row.outgoing_sealed).toBe('');
    expect(await askedByMessage(store.read, bank, 'wamid.old', ana)).toMatchObject({ id: asked });
  });

  it('by a learner is dropped after 90 days, with the answer and the assessment that it became', async () => {
    await store.transact(async (tx) => {
      for (const age of [91, 89]) await insertAnswer(tx, NOW - age * DAYS);
    });
    await prune();
    expect(await counts('inbox', 'answers', 'assessments')).toEqual([1, 1, 1]);
  });

  it('by a stranger is dropped after 30 days, unless it turned out who that was', async () => {
    await store.transact(async (tx) => {
      await insertHeard(tx, { lane: 'stranger:x', as_stranger: 1, received_at: NOW - 31 * DAYS });
      await insertHeard(tx, { lane: ana, as_stranger: 1, received_at: NOW - 31 * DAYS });
      await insertHeard(tx, { lane: 'stranger:x', as_stranger: 1, received_at: NOW - 29 * DAYS });
    });
    await prune();
    const rows = await store.read.q.selectFrom('inbox').select('lane').orderBy('lane').execute();
    expect(rows.map((row) => row.lane).toSorted()).toEqual([ana, 'stranger:x'].toSorted());
  });
});

describe('what Meta may repeat', () => {
  it('is known for 30 days, and for 90 where it could not be applied', async () => {
    await store.transact(async (tx) => {
      await insertStatus(tx, { received_at: NOW - 29 * DAYS });
      await insertStatus(tx, { received_at: NOW - 31 * DAYS });
      await insertStatus(tx, { received_at: NOW - 31 * DAYS, applied: 0 });
      await insertStatus(tx, { received_at: NOW - 91 * DAYS, applied: 0 });
    });
    await prune();
    const rows = await store.read.q
      .selectFrom('deliveries')
      .select('received_at')
      .orderBy('received_at')
      .execute();
    expect(rows.map((row) => row.received_at)).toEqual([NOW - 31 * DAYS, NOW - 29 * DAYS]);
  });
});

describe('what belongs to nobody', () => {
  it('is dropped after 30 days', async () => {
    const old = NOW - 31 * DAYS;
    await store.transact(async (tx) => {
      for (const at of [old, NOW]) {
        const sealed = { id: newId(), why: '', item_sealed: '', at };
        await tx.q.insertInto('set_aside').values(sealed).execute();
        const contact = { learner_id: newId(), last_at: at, waiting_since: null };
        await tx.q.insertInto('initiated_contacts').values(contact).execute();
        const stranger = { address_hash: newId(), helped_at: null, silenced_at: null, greeted_at: at };
        await tx.q.insertInto('strangers').values(stranger).execute();
        const trouble = { cause: newId(), about: '', sentence: '', detail: null, raised_at: at, ends_at: at };
        await tx.q.insertInto('troubles').values(trouble).execute();
      }
    });
    await prune();
    const tables = ['set_aside', 'initiated_contacts', 'strangers', 'troubles'] as const;
    expect(await counts(...tables)).toEqual([1, 1, 1, 1]);
  });

  it('is kept however old it is, while somebody waits, wants silence, or has to mend something', async () => {
    const old = NOW - 400 * DAYS;
    await store.transact(async (tx) => {
      const contact = { learner_id: ana, last_at: 0, waiting_since: old };
      await tx.q.insertInto('initiated_contacts').values(contact).execute();
      const stranger = { address_hash: 'x', greeted_at: old, helped_at: null, silenced_at: old };
      await tx.q.insertInto('strangers').values(stranger).execute();
      const trouble = { cause: 'x', about: '', sentence: '', detail: null, raised_at: old, ends_at: null };
      await tx.q.insertInto('troubles').values(trouble).execute();
    });
    await prune();
    expect(await counts('initiated_contacts', 'strangers', 'troubles')).toEqual([1, 1, 1]);
  });
});

it('drops so few rows at a time that nobody waits for it, and comes back for the rest', async () => {
  await store.transact(async (tx) => {
    for (let row = 0; row < 450; row++) await insertStatus(tx, { received_at: NOW - 40 * DAYS - row });
  });
  const left: number[] = [];
  const watched: Store = {
    ...store,
    async transact(work) {
      const result = await store.transact(work);
      left.push(...(await counts('deliveries')));
      return result;
    },
  };
  expect(await pruneOnce(watched)).toEqual({ kind: 'done' });
  expect([...new Set(left)]).toEqual([450, 250, 50, 0]);
});

it('ends its run after some batches, for whoever wants to stop the process', async () => {
  const forgetDeadJobs = async () => 200;
  const run = createPrune({ store, forgetDeadJobs, now: () => NOW });
  expect(await run({})).toEqual({ kind: 'snooze', until: NOW });
});

async function prune(): Promise<void> {
  while ((await pruneOnce(store)).kind !== 'done');
}

function pruneOnce(on: Store) {
  return createPrune({ store: on, forgetDeadJobs: async () => 0, now: () => NOW })({});
}

async function counts(
  ...tables: readonly Parameters<typeof store.read.q.selectFrom>[0][]
): Promise<number[]> {
  const all: number[] = [];
  for (const table of tables) {
    const rows = await store.read.q
      .selectFrom(table as 'messages')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    all.push(Number(rows.count));
  }
  return all;
}

async function plannedAt(): Promise<number[]> {
  const rows = await store.read.q.selectFrom('messages').select('planned_at').execute();
  return rows.map((row) => row.planned_at);
}

function someAskedRow() {
  return {
    id: asked,
    learner_id: ana,
    local_date: '2026-08-01',
    slot: 0,
    slug: question.slug,
    version: 1,
    language: 'en',
    state: 'asked',
    shown_at: null,
    coverage: null,
    reason: '',
    asked_at: NOW - 100 * DAYS,
  } as const;
}

async function insertMessage(tx: Writer, change: Partial<MessagesTable>): Promise<void> {
  const row: MessagesTable = {
    id: newId(),
    learner_id: ana,
    kind: 'feedback',
    asked_id: null,
    outgoing_sealed: 'v1.test.AAAA',
    state: 'read',
    reason: null,
    held_for: null,
    form: 'free',
    template: null,
    channel_id: null,
    attempts: 1,
    doubts: 0,
    expires_at: null,
    planned_at: NOW,
    sending_at: null,
    settled_at: null,
    failure_code: null,
    price_type: null,
    price_category: null,
    trace: '',
  };
  await tx.q
    .insertInto('messages')
    .values({ ...row, ...change })
    .execute();
}

async function insertHeard(
  tx: Writer,
  change: { lane: string; received_at: number; as_stranger?: 0 | 1; answer_id?: string },
): Promise<void> {
  await tx.q
    .insertInto('inbox')
    .values({
      id: newId(),
      channel_id: newId(),
      sender_sealed: '',
      heard_sealed: '',
      about_channel_id: null,
      sent_at: change.received_at,
      state: 'heard',
      failures: 0,
      answer_id: null,
      as_stranger: 0,
      line: null,
      trace: '',
      ...change,
    })
    .execute();
}

async function insertAnswer(tx: Writer, at: number): Promise<void> {
  const id = newId();
  await tx.q
    .insertInto('answers')
    .values({ id, learner_id: ana, asked_id: asked, state: 'assessed', started_at: at, quiet_until: at })
    .execute();
  await insertHeard(tx, { lane: ana, received_at: at, answer_id: id });
  await tx.q
    .insertInto('assessments')
    .values({
      id: newId(),
      answer_id: id,
      grader: 'offline',
      model: null,
      prompt_version: null,
      question_version: 1,
      assessment_sealed: '',
      score: null,
      coverage: 1,
      suspicious: 0,
      input_tokens: null,
      cached_tokens: null,
      output_tokens: null,
      cost_micro_usd: null,
      created_at: at,
    })
    .execute();
}

async function insertStatus(tx: Writer, change: { received_at: number; applied?: 0 | 1 }): Promise<void> {
  const { received_at, applied = 1 } = change;
  await tx.q
    .insertInto('deliveries')
    .values({
      id: newId(),
      channel_id: newId(),
      delivery: 'sent',
      news: '{}',
      at: received_at,
      applied,
      recipient_sealed: null,
      received_at,
    })
    .execute();
}
