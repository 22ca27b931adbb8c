import { pino } from 'pino';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { HOURS, MONDAY_MORNING, somePreferences } from '../../test/build/learner.ts';
import { someStore } from '../../test/build/store.ts';
import { createEvents } from '../events.ts';
import { createLeaveJob } from '../jobs.ts';
import { createSqliteEngine } from '../queue/engines/sqlite.ts';
import { addAddresses, learnerAt } from './addresses.ts';
import { recordConsent } from './consents.ts';
import { gapsOf, writeGap } from './gaps.ts';
import { createLearner } from './learners.ts';
import { mergeLearners } from './merge-learners.ts';
import { planMessage } from './messages.ts';
import { newId, type Store, type Writer } from './store.ts';

const NOW = MONDAY_MORNING;
const TODAY = '2026-11-23';
const PHONE = '5511955501234';
const BSUID = 'BR.9f3K2m7Qx1';

describe('merging two learners', () => {
  it('moves everything that hung on the one that is gone', async () => {
    const it = await aPair();
    await it.change(async (tx) => {
      const asked = await ask(tx, it.byId, { state: 'answered', slot: 0 });
      await it.plan(tx, it.byId, 'feedback', asked);
      await answerTo(tx, it.byId, asked);
      await recordConsent(tx, consent(it.byId));
      await tx.q
        .insertInto('undeliverable_days')
        .values({ learner_id: it.byId, local_date: TODAY })
        .execute();
      await tx.q
        .insertInto('undeliverable_days')
        .values({ learner_id: it.byPhone, local_date: TODAY })
        .execute();
      await tx.q.insertInto('initiated_contacts').values({ learner_id: it.byId, last_at: NOW }).execute();
      await tx.q.insertInto('initiated_contacts').values({ learner_id: it.byPhone, last_at: 1 }).execute();
      await gapOf(tx, it.byId, { conceptId: 'keeps-variables', reviewedAt: NOW });
    });
    expect(await it.merge()).toBe(it.byPhone);
    for (const table of LEARNERS_TABLES) {
      const rows = await it.store.read.q.selectFrom(table).select('learner_id').execute();
      expect([table, new Set(rows.map((row) => row.learner_id))]).toEqual([table, new Set([it.byPhone])]);
    }
    expect(await it.store.read.q.selectFrom('initiated_contacts').selectAll().execute()).toEqual([
      { learner_id: it.byPhone, last_at: NOW, waiting_since: null },
    ]);
    expect(await learnerAt(it.store.read, [BSUID])).toBe(it.byPhone);
  });

  it('keeps what was missing in the answers of either; of what was in both, what was met last', async () => {
    const it = await aPair();
    await it.change(async (tx) => {
      await gapOf(tx, it.byPhone, { conceptId: 'older', reviewedAt: NOW - 2 * HOURS });
      await gapOf(tx, it.byId, { conceptId: 'older', reviewedAt: NOW - HOURS });
      await gapOf(tx, it.byPhone, { conceptId: 'newer', reviewedAt: NOW - HOURS });
      await gapOf(tx, it.byId, { conceptId: 'newer', reviewedAt: NOW - 2 * HOURS });
      await gapOf(tx, it.byId, { conceptId: 'theirs', reviewedAt: NOW - 3 * HOURS });
    });
    await it.merge();
    const gaps = await gapsOf(it.store.read, it.byPhone);
    expect(
      gaps.map((gap) => [gap.concept.conceptId, (NOW - (gap.now?.reviewedAt ?? 0)) / HOURS]).toSorted(),
    ).toEqual([
      ['newer', 1],
      ['older', 1],
      ['theirs', 3],
    ]);
  });

  it('keeps the preferences and the yes of the one who confirmed, readable under the id that is left', async () => {
    const it = await aPair();
    await it.merge();
    const learner = await it.store.read.q.selectFrom('learners').selectAll().executeTakeFirstOrThrow();
    expect(learner).toMatchObject({
      id: it.byPhone,
      state: 'active',
      area: 'ruby',
      confirmed_at: NOW - HOURS,
    });
    expect(it.store.read.sealer.open(learner.name_sealed, 'learners.name', learner.id)).toBe('Ana by id');
  });

  it('keeps both histories: of two questions of one date, one gets a free slot', async () => {
    const it = await aPair();
    await it.change(async (tx) => {
      await ask(tx, it.byPhone, { slot: 0 });
      await ask(tx, it.byPhone, { slot: 1 });
      await ask(tx, it.byId, { slot: 0 });
      await ask(tx, it.byId, { slot: 1 });
      await ask(tx, it.byId, { slot: 0, date: '2026-11-22' });
    });
    await it.merge();
    const slots = await it.store.read.q
      .selectFrom('asked_questions')
      .select(['local_date', 'slot'])
      .orderBy('local_date')
      .orderBy('slot')
      .execute();
    expect(slots.map((row) => `${row.local_date} ${row.slot}`)).toEqual([
      '2026-11-22 0',
      ...[0, 1, 2, 3].map((slot) => `${TODAY} ${slot}`),
    ]);
  });

  it.each(['byPhone', 'byId'] as const)(
    'takes back the question that waits where the date has seen one (%s)',
    async (who) => {
      const it = await aPair();
      let waiting = '';
      await it.change(async (tx) => {
        const sent = await ask(tx, it[who === 'byPhone' ? 'byId' : 'byPhone'], { slot: 0 });
        const message = await it.plan(tx, it[who === 'byPhone' ? 'byId' : 'byPhone'], 'question', sent);
        await tx.q.updateTable('messages').set({ state: 'delivered' }).where('id', '=', message).execute();
        waiting = await it.plan(tx, it[who], 'question', await ask(tx, it[who], { slot: 0 }));
      });
      await it.merge();
      expect(await it.message(waiting)).toMatchObject({
        state: 'suppressed',
        reason: 'the same person was asked under another address',
      });
    },
  );

  it('keeps a question open although the other record’s newer one is closed', async () => {
    const it = await aPair();
    await it.change(async (tx) => {
      const open = await ask(tx, it.byPhone, { slot: 0, at: NOW - 2 * HOURS });
      await tx.q
        .updateTable('asked_questions')
        .set({ shown_at: NOW - 2 * HOURS })
        .where('id', '=', open)
        .execute();
      await ask(tx, it.byId, { slot: 0, state: 'answered', at: NOW - HOURS });
    });
    await it.merge();
    const [open] = await it.store.read.q
      .selectFrom('asked_questions')
      .selectAll()
      .where('state', '=', 'asked')
      .execute();
    expect(open?.shown_at).toBe(NOW);
  });

  it('leaves the learner alone when the latest word was STOP: only its goodbye goes out', async () => {
    const it = await aPair();
    const messages: Record<string, string> = {};
    await it.change(async (tx) => {
      await tx.q
        .updateTable('learners')
        .set({ state: 'stopped', stopped_at: NOW, next_ask_at: null })
        .where('id', '=', it.byId)
        .execute();
      messages.goodbye = await it.plan(tx, it.byId, 'goodbye', null);
      messages.welcome = await it.plan(tx, it.byPhone, 'welcome', null);
      messages.question = await it.plan(tx, it.byId, 'question', await ask(tx, it.byId, { slot: 0 }));
    });
    await it.merge();
    const states = await Promise.all(Object.values(messages).map(async (id) => (await it.message(id)).state));
    expect(states).toEqual(['planned', 'suppressed', 'suppressed']);
    expect(await it.store.read.q.selectFrom('learners').select(['state', 'next_ask_at']).execute()).toEqual([
      { state: 'stopped', next_ask_at: null },
    ]);
  });

  it('asks the first question that the record that is gone was waiting for, and forgets who said Not me', async () => {
    const owed = await aPair();
    await owed.merge();
    expect(await owed.jobs()).toEqual([
      ['ask-learner', owed.byPhone],
      ['hear-lane', owed.byPhone],
    ]);

    const refused = await aPair();
    await refused.change(async (tx) => {
      await tx.q
        .updateTable('learners')
        .set({ state: 'stopped', stopped_at: NOW, next_ask_at: null })
        .where('id', '=', refused.byId)
        .execute();
      await recordConsent(tx, { ...consent(refused.byId), event: 'refused' });
    });
    await refused.merge();
    expect(await refused.jobs()).toEqual([
      ['erase-learner', refused.byPhone],
      ['hear-lane', refused.byPhone],
    ]);
  });
});

const LEARNERS_TABLES = [
  'addresses',
  'asked_questions',
  'answers',
  'messages',
  'consents',
  'undeliverable_days',
  'gaps',
] as const;

/** A learner who typed the number and never confirmed, and one known by the id only, who did. */
async function aPair() {
  const store: Store = await someStore();
  const engine = createSqliteEngine({
    store,
    now: () => NOW,
    luck: () => 0,
    onThrow: () => {},
    onDead: () => {},
    onTrouble: () => {},
  });
  const leave = createLeaveJob(engine, () => NOW);
  const events = createEvents({ log: pino({ level: 'silent' }), registry: new Registry() });
  const byPhone = newId();
  const byId = newId();
  await store.transact(async (tx) => {
    await createLearner(tx, { id: byPhone, preferences: somePreferences(), now: NOW - 2 * HOURS });
    const preferences = somePreferences({ name: 'Ana by id', area: 'ruby' });
    await createLearner(tx, { id: byId, preferences, now: NOW - HOURS });
    await tx.q
      .updateTable('learners')
      .set({ state: 'active', confirmed_at: NOW - HOURS, next_ask_at: NOW + 24 * HOURS })
      .where('id', '=', byId)
      .execute();
    await addAddresses(tx, { learnerId: byPhone, addresses: [{ kind: 'phone', value: PHONE }], now: NOW });
    await addAddresses(tx, { learnerId: byId, addresses: [{ kind: 'bsuid', value: BSUID }], now: NOW });
  });
  return {
    store,
    byPhone,
    byId,
    change: (work: (tx: Writer) => Promise<void>) => store.transact(work),
    plan: (
      tx: Writer,
      learnerId: string,
      kind: 'welcome' | 'question' | 'feedback' | 'goodbye',
      askedId: string | null,
    ) =>
      planMessage(tx, {
        learnerId,
        outgoing: {
          kind,
          free: { text: kind, buttons: [] },
          whole: null,
          teaser: null,
          askedId,
          expiresAt: null,
        },
        now: NOW,
        leave,
      }),
    merge: () =>
      store.transact((tx) => mergeLearners(tx, { one: byId, other: byPhone, now: NOW, leave, events })),
    message: (id: string) =>
      store.read.q.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    jobs: async () => {
      const rows = await store.read.q
        .selectFrom('jobs')
        .select(['name', 'payload'])
        .orderBy('name')
        .execute();
      return rows.map(({ name, payload }) => {
        const { learnerId, lane } = JSON.parse(payload) as { learnerId?: string; lane?: string };
        return [name, learnerId ?? lane];
      });
    },
  };
}

async function ask(
  tx: Writer,
  learnerId: string,
  it: { slot: number; state?: 'asked' | 'answered'; date?: string; at?: number },
): Promise<string> {
  const id = newId();
  await tx.q
    .insertInto('asked_questions')
    .values({
      id,
      learner_id: learnerId,
      local_date: it.date ?? TODAY,
      slot: it.slot,
      slug: 'js-closure',
      version: 1,
      language: 'en',
      state: it.state ?? 'asked',
      shown_at: null,
      coverage: null,
      reason: 'a test',
      asked_at: it.at ?? NOW,
    })
    .execute();
  return id;
}

async function answerTo(tx: Writer, learnerId: string, askedId: string): Promise<void> {
  await tx.q
    .insertInto('answers')
    .values({
      id: newId(),
      learner_id: learnerId,
      asked_id: askedId,
      state: 'assessed',
      started_at: NOW,
      quiet_until: NOW,
    })
    .execute();
}

function gapOf(
  tx: Writer,
  learnerId: string,
  { conceptId, reviewedAt }: { conceptId: string; reviewedAt: number },
): Promise<void> {
  const concept = { slug: 'js-closure', conceptId };
  const after = { concept, stability: 1, difficulty: 5, reviewedAt, dueAt: reviewedAt + 24 * HOURS };
  return writeGap(tx, {
    learnerId,
    area: 'javascript',
    metIn: newId(),
    before: null,
    after,
    isClosed: false,
  });
}

function consent(learnerId: string) {
  return {
    learner_id: learnerId,
    number_hash: 'hash',
    event: 'confirmed' as const,
    wording_version: null,
    language: 'en' as const,
    channel: 'whatsapp' as const,
    at: NOW,
  };
}
