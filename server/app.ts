import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DestinationStream } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { rememberedBank } from '../content/remembered-bank.ts';
import type { Service } from '../interview/scene.ts';
import { allTemplates } from '../interview/templates.ts';
import { judgeOffline } from './ai/offline/judge-offline.ts';
import { createOfflineGrader } from './ai/offline/offline-grader.ts';
import { createOpenAIGrader } from './ai/openai/openai-grader.ts';
import { createBank } from './bank.ts';
import type { SendOutcome } from './channels/channel.ts';
import { answerHandshake } from './channels/whatsapp/answer-handshake.ts';
import { createWhatsApp } from './channels/whatsapp/client.ts';
import { notSent } from './channels/whatsapp/failures.ts';
import { readWebhook } from './channels/whatsapp/read-webhook.ts';
import { isSignedBy } from './channels/whatsapp/verify-signature.ts';
import { createClock } from './clock.ts';
import { createAssessAnswer } from './coaching/assess-answer.ts';
import { createLearnFromAnswer } from './coaching/learn-from-answer.ts';
import { createRegradeAnswer } from './coaching/regrade-answer.ts';
import type { Config } from './config.ts';
import { createAskDueLearners } from './daily/ask-due-learners.ts';
import { createAskLearner } from './daily/ask-learner.ts';
import { createAdmission } from './dispatch/admission.ts';
import { createAdmitWaiting } from './dispatch/admit-waiting.ts';
import { createExpireWaiting } from './dispatch/expire-waiting.ts';
import { createGate, throughGate } from './dispatch/gate.ts';
import { createGreetStranger } from './dispatch/greet-stranger.ts';
import { createMarkRead } from './dispatch/mark-read.ts';
import { createPace, paceOfHolder } from './dispatch/pace.ts';
import { createProbeStoppages } from './dispatch/probe-stoppages.ts';
import { createReadAccount } from './dispatch/read-account.ts';
import { createRecordDeliveries } from './dispatch/record-deliveries.ts';
import { createReleaseHeld } from './dispatch/release-held.ts';
import { createSendMessage } from './dispatch/send-message.ts';
import { createEvents } from './events.ts';
import { registerGauges } from './gauges.ts';
import { healthRoutes } from './http/health-routes.ts';
import { metricsRoutes } from './http/metrics-routes.ts';
import { createHttpServer } from './http/server.ts';
import { createHearLane } from './inbox/hear-lane.ts';
import { createLearnAddresses } from './inbox/learn-addresses.ts';
import { createReceive } from './inbox/receive.ts';
import { webhookRoutes } from './inbox/webhook-routes.ts';
import { createLeaveJob, JOBS, type JobName, type JobPayloads } from './jobs.ts';
import { createLogs } from './log.ts';
import type { JobEngine, JobOutcome, Pace } from './queue/engine.ts';
import { createPgBossEngine, SETTINGS_FOR_JOBS } from './queue/engines/pg-boss.ts';
import { createSqliteEngine } from './queue/engines/sqlite.ts';
import { handOverJobs } from './queue/hand-over-jobs.ts';
import { createConfirmationOf, createRegister } from './registration/register.ts';
import { registrationRoutes } from './registration/routes.ts';
import { createCommitTurn } from './store/commit-turn.ts';
import type { Database } from './store/connections.ts';
import { createDatabaseWatch } from './store/database-watch.ts';
import { createDispatchLease } from './store/dispatch-lease.ts';
import { createPool } from './store/postgres.ts';
import { proveSealing } from './store/prove-sealing.ts';
import { proveWritable } from './store/prove-writable.ts';
import { rememberRatings } from './store/question-ratings.ts';
import { createSealer } from './store/sealing.ts';
import { newId, openStore } from './store/store.ts';
import { currentTroubles, endTrouble, raiseTrouble } from './store/troubles.ts';
import { createEraseInactiveLearners } from './upkeep/erase-inactive-learners.ts';
import { createEraseLearner } from './upkeep/erase-learner.ts';
import { createPrune } from './upkeep/prune.ts';

export type App = {
  /** Takes over what an earlier process left, then listens. */
  start(): Promise<{ url: string }>;
  /** Listens no more, ends what is in flight, closes. What has not begun stays behind as jobs. */
  stop(): Promise<void>;
  /** The clock was moved by hand: looks at once for what became due. */
  tick(): Promise<void>;
  /** Resolves when nothing is due and nothing runs. */
  settle(): Promise<void>;
  /** Submits every template to the channel for approval. */
  submitTemplates(): Promise<void>;
};

/** What can be swapped: the time, the luck, how requests to a model leave, and the questions. */
export type World = {
  readonly now?: () => number;
  /** A number in [0, 1). */
  readonly luck?: () => number;
  readonly fetch?: typeof globalThis.fetch;
  /** Where the questions are; absent: the bank that comes with the program. */
  readonly bankFolder?: string;
  readonly logTo?: DestinationStream;
};

/** THE COMPOSITION ROOT: the only place that knows every room and every door. */
export async function createApp(config: Config, world: World = {}): Promise<App> {
  const { now = Date.now, luck = Math.random } = world;
  const clockIsMovedByHand = world.now !== undefined;
  const logs = createLogs({
    level: config.logLevel,
    ...(world.logTo === undefined ? {} : { destination: world.logTo }),
  });
  const registry = new Registry();
  const events = createEvents({ log: logs.events, registry });

  const reading = rememberedBank(world.bankFolder);
  const [problem] = reading.problems;
  if (problem !== undefined)
    throw new Error(`The question bank has faults; run npm run bot -- questions check. ${problem.sentence}`);
  const bank = createBank(reading.questions);

  const { database } = config;
  if (database.kind === 'sqlite') mkdirSync(dirname(database.file), { recursive: true });
  const watch = createDatabaseWatch({
    prove: () => proveWritable(store),
    now,
    onLost: ({ sentence, message }) =>
      events.operatorNeeded({ about: 'database', sentence, detail: message }),
    onBack: (awayMs) => events.databaseIsBack({ awayMs }),
  });
  const store = await openStore({
    database,
    sealer: createSealer(config.encryptionKeys),
    onUnavailable: watch.lost,
  });
  await store.transact(proveSealing);
  const jobs = openEngine(database, {
    store,
    now,
    luck,
    onThrow: (job, error) => logs.system.error({ err: error, job: job.name, jobId: job.id }, 'a job threw'),
    onTrouble: (error) => logs.system.error({ err: error }, 'the queue cannot reach the database'),
    onDead: (job, error) => events.jobDied({ jobId: job.id, name: job.name, error }),
  });
  const { engine } = jobs;
  const leave = createLeaveJob(engine, now);
  const ratings = rememberRatings({ now });
  const learn = createLearnFromAnswer({ bank, ratings });
  const commitTurn = createCommitTurn({ leave, learn, events });

  const whatsapp = createWhatsApp({
    ...config.whatsapp,
    onTrouble: (sentence) => logs.system.warn(sentence),
  });
  const businessNumber = rememberNumber(() => whatsapp.businessNumber());
  const offline = createOfflineGrader();
  const model =
    config.openai === null
      ? null
      : createOpenAIGrader({
          ...config.openai,
          now,
          offline: judgeOffline,
          onTrouble: (sentence) => events.operatorNeeded({ about: 'model', sentence, detail: null }),
          ...(world.fetch === undefined ? {} : { fetch: world.fetch }),
        });
  const service: Service = {
    businessName: config.businessName,
    contact: config.contact,
    registrationUrl: config.publicUrl,
    extraQuestionsPerDay: config.extraQuestionsPerDay,
  };

  const lease = createDispatchLease({
    database,
    onHeld: () => {
      if (!clockIsMovedByHand) gate.closeForASecond();
      engine.tick();
    },
  });
  const gate = createGate({
    perSecond: config.whatsapp.messagesPerSecond,
    isOpen: lease.isHeld,
    // A process that restarts was killed before this one began: a second later its last second is over.
    opensAt: FIRST_SECOND_MS,
  });
  const pace = createPace({ perSecond: config.whatsapp.messagesPerSecond, now });
  const admission = createAdmission({ configuredLimit: config.whatsapp.dailyLimit, now });
  const channel = throughGate(whatsapp, gate, NOT_OURS_TO_SEND);
  const shared = {
    store,
    leave,
    learn,
    commitTurn,
    bank,
    ratings,
    service,
    channel,
    pace,
    admission,
    events,
    now,
    luck,
  };
  const handlers: { [Name in JobName]: (payload: JobPayloads[Name]) => Promise<JobOutcome> } = {
    'hear-lane': createHearLane(shared),
    'record-deliveries': createRecordDeliveries(shared),
    'learn-addresses': createLearnAddresses(shared),
    'ask-learner': createAskLearner(shared),
    'send-message': createSendMessage({
      ...shared,
      graceMs: config.dispatchGraceMs,
      statusesHeldBackUntil: watch.heldBackUntil,
    }),
    'greet-stranger': createGreetStranger(shared),
    'release-held': createReleaseHeld(shared),
    'read-account': createReadAccount(shared),
    'mark-read': createMarkRead(shared),
    'assess-answer': createAssessAnswer({ ...shared, model, offline }),
    'regrade-answer': createRegradeAnswer({ ...shared, model }),
    'erase-learner': createEraseLearner(shared),
    prune: createPrune({ ...shared, forgetDeadJobs: engine.forgetDead }),
  };
  const ownPace = paceOfHolder({ pace, lease, gate, now });
  // Both speak from the same number.
  const paces: Partial<Record<JobName, Pace>> = { 'send-message': ownPace, 'greet-stranger': ownPace };
  const { web, worker } = config.roles;
  for (const name of worker ? (Object.keys(JOBS) as JobName[]) : []) {
    const paced = paces[name];
    engine.work(name, { ...JOBS[name], ...(paced === undefined ? {} : { pace: paced }) }, (job) =>
      // The payload was written by `leave` under the same name.
      (handlers[name] as (payload: unknown) => Promise<JobOutcome>)(job.payload),
    );
  }
  const clock = createClock({
    tasks: {
      askDueLearners: createAskDueLearners(shared),
      admitWaiting: createAdmitWaiting(shared),
      probeStoppages: createProbeStoppages(shared),
      expireWaiting: createExpireWaiting(shared),
      readAccount: () => store.transact((tx) => leave(tx, 'read-account', {}, { key: 'account' })),
      eraseInactiveLearners: createEraseInactiveLearners(shared),
      prune: () => store.transact((tx) => leave(tx, 'prune', {}, { key: 'prune' })),
    },
    now,
    isOurs: lease.isHeld,
    onThrow: (task, error) => logs.system.error({ err: error, task }, 'a task of the clock threw'),
  });

  const http = await createHttpServer({
    log: logs.system,
    production: config.publicUrl.startsWith('https:'),
    trustProxy: config.trustProxy,
    publicUrl: config.publicUrl,
    newRequestId: newId,
    now,
  });
  if (web) await registerPages();
  let stopping = false;
  await http.register(healthRoutes({ health }));
  await http.register(metricsRoutes({ registry, token: config.metricsToken }));
  collectDefaultMetrics({ register: registry });
  registerGauges({
    registry,
    store,
    engine,
    configuredDailyLimit: config.whatsapp.dailyLimit,
    now,
  });

  return {
    async start() {
      await engine.start();
      // After a move from SQLite its jobs lie in our own table. One that had been given up gets another chance.
      if (database.kind === 'postgres') await handOverJobs(store, (tx, job) => engine.insert(tx, job));
      if (worker) {
        await lease.start();
        clock.start();
      }
      // Asked before the first registration needs it.
      void businessNumber();
      return { url: await http.listen({ host: config.host, port: config.port }) };
    },
    async stop() {
      stopping = true;
      await http.close();
      await clock.stop();
      await engine.stop();
      await lease.stop();
      await jobs.close();
      await channel.close();
      await watch.stop();
      await store.close();
      registry.clear();
    },
    async tick() {
      await clock.tick();
      engine.tick();
    },
    settle: () => engine.idle(),
    async submitTemplates() {
      for (const template of allTemplates()) {
        const outcome = await channel.submitTemplate({ ...template, category: 'UTILITY' });
        const cause = `submission:${template.name}:${template.languageCode}`;
        await store.transact(async (tx) => {
          if (typeof outcome === 'string') return endTrouble(tx, cause);
          const { sentence, detail } = outcome.failed;
          await raiseTrouble(
            tx,
            events,
            { cause, about: 'templates', sentence, detail, endsAt: null },
            now(),
          );
        });
      }
    },
  };

  async function registerPages(): Promise<void> {
    await http.register(
      webhookRoutes({
        door: {
          handshake: (query) => answerHandshake(query, config.whatsapp.verifyToken),
          isAuthentic: (rawBody, signature) => isSignedBy(config.whatsapp.appSecret, rawBody, signature),
          read: (body) => readWebhook(body, config.whatsapp.phoneNumberId, now()),
        },
        receive: createReceive(shared),
      }),
    );
    await http.register(
      registrationRoutes({
        register: createRegister({
          ...shared,
          businessNumber,
          chatLinkBaseUrl: config.whatsapp.chatLinkBaseUrl,
        }),
        confirmationOf: createConfirmationOf(store),
        businessName: config.businessName,
        contact: config.contact,
        publicUrl: config.publicUrl,
      }),
    );
  }

  async function health() {
    if (stopping) return { ready: false, troubles: ['This process is shutting down.'] };
    const lost = watch.trouble();
    if (lost !== null) return { ready: false, troubles: [lost] };
    try {
      const troubles = await Promise.race([
        troublesNow(),
        sleep(LONGEST_WAIT_FOR_HEALTH_MS, null, { ref: false }),
      ]);
      if (troubles !== null) return { ready: true, troubles };
    } catch (error) {
      logs.system.error({ err: error }, 'the database does not answer');
    }
    return { ready: false, troubles: [watch.trouble() ?? 'The database does not answer.'] };
  }

  async function troublesNow(): Promise<readonly string[]> {
    const dead = await engine.countDead();
    const troubles = (await currentTroubles(store.read, now())).map((it) => it.sentence);
    if (dead > 0) troubles.push(`${dead} jobs were given up; their errors are kept.`);
    return troubles;
  }
}

type EngineNeeds = Parameters<typeof createSqliteEngine>[0];

/** Our own engine where one process owns the file, pg-boss where many share a server. */
function openEngine(
  database: Database,
  needs: EngineNeeds,
): { engine: JobEngine; close: () => Promise<void> } {
  switch (database.kind) {
    case 'sqlite':
      return { engine: createSqliteEngine(needs), close: async () => {} };
    case 'postgres': {
      const pool = createPool({
        url: database.url,
        connections: CONNECTIONS_FOR_JOBS,
        settings: SETTINGS_FOR_JOBS,
      });
      return { engine: createPgBossEngine({ ...needs, pool }), close: () => pool.end() };
    }
    default: {
      const impossible: never = database;
      throw new Error(`Unknown database: ${JSON.stringify(impossible)}`);
    }
  }
}

const CONNECTIONS_FOR_JOBS = 4;

/** On the clock of `performance.now()`, which begins with the process. */
const FIRST_SECOND_MS = 1000;

/** The process that sends now finds it among what waits. */
const NOT_OURS_TO_SEND: SendOutcome = {
  kind: 'refused',
  failure: notSent('another process sends from our number now'),
};

/** Whoever watches us does not wait for ever either. */
const LONGEST_WAIT_FOR_HEALTH_MS = 5000;

/**
 * Our own number never changes while we run. Until the platform tells it, each registration asks again but does not
 * wait for long: the page works without the link too.
 */
function rememberNumber(ask: () => Promise<string | null>): () => Promise<string | null> {
  let known: string | null = null;
  let asking: Promise<void> | null = null;
  return async () => {
    if (known !== null) return known;
    asking ??= ask()
      .then((number) => {
        known = number;
      })
      .finally(() => {
        asking = null;
      });
    await Promise.race([asking, sleep(LONGEST_WAIT_FOR_NUMBER_MS, undefined, { ref: false })]);
    return known;
  };
}

const LONGEST_WAIT_FOR_NUMBER_MS = 2000;
