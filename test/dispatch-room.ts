import pino from 'pino';
import { Registry } from 'prom-client';
import { onTestFinished } from 'vitest';
import { questionMessage } from '../interview/asking.ts';
import { goodbye, reply } from '../interview/saying.ts';
import type { Outgoing } from '../interview/turn.ts';
import { createBank } from '../server/bank.ts';
import type {
  AccountNews,
  AccountReading,
  Channel,
  ChannelMessage,
  Delivery,
  Failure,
  InboundStatus,
  Recipient,
  SendOutcome,
  TemplateNews,
} from '../server/channels/channel.ts';
import { createAdmission } from '../server/dispatch/admission.ts';
import { createAdmitWaiting } from '../server/dispatch/admit-waiting.ts';
import { createExpireWaiting } from '../server/dispatch/expire-waiting.ts';
import { createPace } from '../server/dispatch/pace.ts';
import { createProbeStoppages } from '../server/dispatch/probe-stoppages.ts';
import { createRecordDeliveries } from '../server/dispatch/record-deliveries.ts';
import { createReleaseHeld } from '../server/dispatch/release-held.ts';
import { createSendMessage } from '../server/dispatch/send-message.ts';
import { createEvents } from '../server/events.ts';
import { createReceive } from '../server/inbox/receive.ts';
import { createLeaveJob } from '../server/jobs.ts';
import { done, type JobEngine } from '../server/queue/engine.ts';
import { createSqliteEngine } from '../server/queue/engines/sqlite.ts';
import { addAddresses } from '../server/store/addresses.ts';
import { createCommitTurn } from '../server/store/commit-turn.ts';
import { createLearner, findLearner } from '../server/store/learners.ts';
import { planMessage } from '../server/store/messages.ts';
import { newId, type Store } from '../server/store/store.ts';
import type { LearnersTable } from '../server/store/tables.ts';
import { currentTroubles } from '../server/store/troubles.ts';
import { DAYS, MONDAY_MORNING, somePreferences } from './build/learner.ts';
import { someQuestionInLanguage } from './build/question.ts';
import { someService } from './build/scene.ts';
import { someStore } from './build/store.ts';

/** What the pretend channel was asked to do, and does with it. */
export type Send = { to: Recipient; message: ChannelMessage; callbackData: string; at: number };
type Report = { callbackData: string; failure?: Failure; price?: InboundStatus['price'] };
type Answer = (send: Send) => SendOutcome | Promise<SendOutcome>;

export type DispatchRoom = Awaited<ReturnType<typeof openDispatchRoom>>;

const NEVER = new Promise<never>(() => {});

/** The dispatch room alone: real store, real jobs, a clock moved by hand, and a channel that answers as the test says. */
export async function openDispatchRoom(options: { dailyLimit?: number; perSecond?: number } = {}) {
  const store = await someStore();
  let now = MONDAY_MORNING;
  let answer: Answer = accept;
  let accepted = 0;
  let statusesHeldBackUntil = 0;
  let engine: JobEngine;
  let endLife = async () => {};
  const sends: Send[] = [];
  const events = createEvents({ log: pino({ level: 'silent' }), registry: new Registry() });
  const leave = createLeaveJob(
    {
      insert: (tx, job) => engine.insert(tx, job),
    } as JobEngine,
    () => now,
  );
  const channel: Channel = {
    async send(to, message, { callbackData }) {
      const send = { to, message, callbackData, at: now };
      sends.push(send);
      return answer(send);
    },
    markRead: async () => {},
    businessNumber: async () => null,
    submitTemplate: async () => 'exists',
    readAccount: async (): Promise<AccountReading> => ({
      dailyLimit: null,
      quality: null,
      hasPaymentMethod: null,
      templates: [],
    }),
    close: async () => {},
  };
  const shared = {
    store,
    leave,
    channel,
    events,
    commitTurn: createCommitTurn({ leave, learn: async () => {}, events }),
    bank: createBank([]),
    service: someService(),
    now: () => now,
    luck: () => 0,
  };
  const receive = createReceive(shared);
  let pace = createPace({ perSecond: options.perSecond ?? 1000, now: () => now });
  let record: ReturnType<typeof createRecordDeliveries>;
  let clockTasks: readonly (() => Promise<void>)[] = [];
  await startProcess();
  onTestFinished(() => engine.stop());

  /** A new process on the same data: what the one before left running is taken over. */
  async function startProcess(): Promise<void> {
    pace = createPace({ perSecond: options.perSecond ?? 1000, now: () => now });
    const admission = createAdmission({ configuredLimit: options.dailyLimit ?? null, now: () => now });
    const life = { isOver: false };
    const underWay = new Set<Promise<unknown>>();
    endLife = async () => {
      life.isOver = true;
      // The database ends what was begun, one way or the other, before it hears of the next process.
      await Promise.allSettled(underWay);
    };
    // What a dead process had under way goes nowhere: not even an answer that comes later.
    const ownStore: Store = {
      ...store,
      async transact(work) {
        if (life.isOver) return NEVER;
        const result = store.transact(work);
        underWay.add(result);
        await result.catch(() => {});
        underWay.delete(result);
        return life.isOver ? NEVER : result;
      },
    };
    const room = { ...shared, store: ownStore, pace, admission };
    engine = createSqliteEngine({
      ...room,
      onThrow: (_job, error) => {
        throw error;
      },
      onTrouble: (error) => {
        throw error;
      },
      onDead: () => {},
    });
    const settings = { concurrency: 64, maxAttempts: 100 };
    const send = createSendMessage({
      ...room,
      graceMs: 90_000,
      statusesHeldBackUntil: () => statusesHeldBackUntil,
    });
    record = createRecordDeliveries(room);
    const release = createReleaseHeld(room);
    engine.work('send-message', { ...settings, pace }, (job) => send(job.payload as { messageId: string }));
    engine.work('record-deliveries', settings, (job) => record(job.payload as { ids: string[] }));
    engine.work('release-held', settings, (job) => release(job.payload as Parameters<typeof release>[0]));
    for (const name of ['ask-learner', 'hear-lane', 'read-account'])
      engine.work(name, settings, async () => done);
    clockTasks = [createExpireWaiting(room), createProbeStoppages(room), createAdmitWaiting(room)];
    await engine.start();
  }

  function accept(): SendOutcome {
    accepted += 1;
    return { kind: 'accepted', channelId: `wamid.${accepted}`, waId: null, bsuid: null };
  }

  async function settle(): Promise<void> {
    for (const task of clockTasks) await task();
    engine.tick();
    await engine.idle();
  }

  let people = 0;
  const room = {
    store,
    sends,
    /** It is back as of now. */
    databaseWasAway() {
      statusesHeldBackUntil = now;
    },
    get now() {
      return now;
    },
    get pace() {
      return pace;
    },
    accept,
    settle,
    answerWith(next: Answer): void {
      answer = next;
    },
    async pass(ms: number, it: { working: boolean } = { working: true }): Promise<void> {
      now += ms;
      if (it.working) await settle();
    },
    /** Begins what is due and does not wait for it: the channel may never answer. */
    async workUntil(isEnough: () => boolean): Promise<void> {
      for (const task of clockTasks) await task();
      engine.tick();
      let isIdle = false;
      void engine.idle().then(() => {
        isIdle = true;
      });
      while (!isIdle && !isEnough()) await new Promise((soon) => setImmediate(soon));
    },
    /** The same until something was sent. */
    async startsWork(): Promise<void> {
      const before = sends.length;
      await room.workUntil(() => sends.length > before);
    },
    /** Nobody waits for what the process had under way; another one begins. */
    async kill(): Promise<void> {
      void engine.stop();
      await endLife();
      await startProcess();
    },
    /** A learner, active unless told otherwise, whose window is closed unless told otherwise. */
    async learner(change: Partial<LearnersTable> & { phone?: string } = {}): Promise<string> {
      people += 1;
      const { phone = `5511955${String(people).padStart(6, '0')}`, ...columns } = change;
      const id = newId();
      await store.transact(async (tx) => {
        await createLearner(tx, { id, preferences: somePreferences({ zone: 'UTC' }), now });
        await tx.q
          .updateTable('learners')
          .set({ state: 'active', next_ask_at: now + 1 * DAYS, ...columns })
          .where('id', '=', id)
          .execute();
        await addAddresses(tx, { learnerId: id, addresses: [{ kind: 'phone', value: phone }], now });
      });
      return id;
    },
    /** Today's question, as the daily room plans it; it expires a day later unless told otherwise. */
    async plansQuestion(learnerId: string, { lastsMs } = { lastsMs: 1 * DAYS }): Promise<string> {
      return store.transact(async (tx) => {
        const learner = await findLearner(tx, learnerId);
        if (learner === null) throw new Error('There is no such learner');
        const askedId = newId();
        await tx.q
          .insertInto('asked_questions')
          .values({
            id: askedId,
            learner_id: learnerId,
            local_date: new Date(now).toISOString().slice(0, 10),
            slot: 0,
            slug: 'closures',
            version: 1,
            language: 'en',
            state: 'asked',
            shown_at: null,
            coverage: null,
            reason: 'a test',
            asked_at: now,
          })
          .execute();
        const question = someQuestionInLanguage();
        const expiresAt = now + lastsMs;
        const outgoing = questionMessage({ askedId, learner, question, greet: false, expiresAt });
        return planMessage(tx, { learnerId, outgoing, now, leave });
      });
    },
    plansReply: (learnerId: string) => room.plans(learnerId, reply('Here you are.')),
    plansGoodbye: (learnerId: string) => room.plans(learnerId, goodbye('Goodbye.')),
    plans: (learnerId: string, outgoing: Outgoing) =>
      store.transact((tx) => planMessage(tx, { learnerId, outgoing, now, leave })),
    /** WhatsApp reports what became of a sending. */
    async reports(channelId: string, delivery: Delivery, it: Report): Promise<void> {
      await room.receiveStatus(channelId, delivery, it);
      await settle();
    },
    /** The same, in the middle of something else. */
    async receiveStatus(channelId: string, delivery: Delivery, it: Report): Promise<void> {
      await room.receiveStatuses([{ channelId, delivery, ...it }]);
      const rows = await store.read.q
        .selectFrom('deliveries')
        .select('id')
        .where('applied', '=', 0)
        .execute();
      await record({ ids: rows.map((row) => row.id) });
    },
    /** Several in one notification. */
    receiveStatuses: (reports: readonly ({ channelId: string; delivery: Delivery } & Report)[]) =>
      receive({
        messages: [],
        templates: [],
        account: [],
        unreadable: [],
        ignored: 0,
        statuses: reports.map((report) => ({
          channelId: report.channelId,
          delivery: report.delivery,
          at: now,
          callbackData: report.callbackData,
          recipient: { phone: null, bsuid: null, waId: null },
          failure: report.failure ?? null,
          price: report.price ?? null,
        })),
      }),
    /** What Meta says of the account. */
    receiveAccountNews: (news: Partial<AccountNews>) =>
      receive({
        messages: [],
        statuses: [],
        templates: [],
        unreadable: [],
        ignored: 0,
        account: [
          {
            field: 'business_capability_update',
            sentence: 'The limit is another one: it applies at once.',
            key: newId(),
            at: now,
            weight: 'note',
            halts: null,
            dailyLimit: null,
            ...news,
          },
        ],
      }),
    /** What Meta says of a template. */
    receiveTemplateNews: (news: Partial<TemplateNews>) =>
      receive({
        messages: [],
        statuses: [],
        account: [],
        unreadable: [],
        ignored: 0,
        templates: [
          {
            name: 'daily_question',
            languageCode: 'en',
            state: null,
            category: null,
            reason: null,
            at: now,
            ...news,
          },
        ],
      }),
    message: (id: string) =>
      store.read.q.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    learnerRow: (id: string) =>
      store.read.q.selectFrom('learners').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    stoppages: () => store.read.q.selectFrom('stoppages').selectAll().orderBy('scope').execute(),
    troubles: async () => (await currentTroubles(store.read, now)).map(({ sentence }) => sentence),
  };
  return room;
}
