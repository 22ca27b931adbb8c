import type { Logger } from 'pino';
import { Counter, Histogram, type Registry } from 'prom-client';

/**
 * Business events: each is a function that writes a line and counts, so that the two can never disagree. They name
 * learners by our own id and say nothing personal. System logs are something else and go elsewhere.
 */
export type Events = ReturnType<typeof createEvents>;

export function createEvents(it: { log: Logger; registry: Registry }) {
  const { log, registry } = it;
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter({
      name: `interview_bot_${name}_total`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
    });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `interview_bot_${name}_seconds`, help, buckets, registers: [registry] });

  const registrations = counter('registrations', 'Registrations taken on the page or by the API', [
    'channel',
  ]);
  const confirmations = counter('confirmations', 'Learners who confirmed a registration');
  const refusals = counter('refusals', 'Owners of a number who said it was not them');
  const stops = counter('stops', 'Learners who said STOP');
  const resumptions = counter('resumptions', 'Learners who came back with START');
  const unreachable = counter('learners_unreachable', 'Learners whom nothing reached on three days');
  const merges = counter('merges', 'Pairs of learners who turned out to be one person');
  const erasures = counter('erasures', 'Learners erased');
  const webhooks = counter('webhook_items', 'Items received by webhook', ['kind']);
  const strangerLines = counter('stranger_lines', 'Lines to people who are not registered', [
    'line',
    'outcome',
  ]);
  const asked = counter('questions_asked', 'Questions asked', ['occasion']);
  const askDelay = histogram(
    'question_delay',
    'How late a daily question was decided',
    [1, 5, 15, 60, 300, 900, 3600, 14400],
  );
  const skippedDays = counter(
    'days_skipped',
    'Daily questions given up because they would have been hours late',
  );
  const answers = counter('answers', 'Answers whose learner has been quiet');
  const assessments = counter('assessments', 'Answers assessed', ['grader']);
  const feedbackDelay = histogram(
    'feedback_delay',
    'From the end of an answer to its feedback',
    [0.1, 0.5, 1, 2, 5, 10, 20, 30, 60],
  );
  const gradersMissing = counter('grader_unavailable', 'Assessments that the model could not make');
  const cost = counter('model_cost_micro_usd', 'Cost of the model in millionths of a dollar');
  const messages = counter('messages', 'Messages by what became of them', ['kind', 'outcome']);
  const deliveries = counter('deliveries', 'Statuses reported by WhatsApp', ['delivery']);
  const billed = counter('billed_messages', 'Delivered messages by the price WhatsApp reported', [
    'type',
    'category',
  ]);
  const alerts = counter('alerts', 'Troubles that only an operator can mend', ['about']);
  const deadJobs = counter('dead_jobs', 'Jobs given up', ['name']);

  return {
    learnerRegistered(about: { learnerId: string; channel: string; welcomed: boolean }) {
      log.info(about, 'learner registered');
      registrations.inc({ channel: about.channel });
    },
    learnerConfirmed(about: { learnerId: string }) {
      log.info(about, 'learner confirmed');
      confirmations.inc();
    },
    registrationRefused(about: { learnerId: string }) {
      log.info(about, 'registration refused');
      refusals.inc();
    },
    learnerStopped(about: { learnerId: string; suppressed: number }) {
      log.info(about, 'learner stopped');
      stops.inc();
    },
    learnerResumed(about: { learnerId: string }) {
      log.info(about, 'learner resumed');
      resumptions.inc();
    },
    learnerUnreachable(about: { learnerId: string; code: number | null; reason: string }) {
      log.warn(about, 'learner unreachable: not asked until something gets through');
      unreachable.inc();
    },
    learnerReachable(about: { learnerId: string }) {
      log.info(about, 'learner reachable again');
    },
    learnersMerged(about: { kept: string; gone: string; state: string }) {
      log.info(about, 'two learners turned out to be one person');
      merges.inc();
    },
    learnerErased(about: { learnerId: string }) {
      log.info(about, 'learner erased');
      erasures.inc();
    },
    webhookReceived(about: {
      messages: number;
      statuses: number;
      copies: number;
      ignored: number;
      setAside: number;
    }) {
      log.info(about, 'webhook received');
      for (const kind of ['messages', 'statuses', 'copies', 'ignored', 'setAside'] as const) {
        webhooks.inc({ kind }, about[kind]);
      }
    },
    strangerHeard() {
      log.info('stranger heard');
      webhooks.inc({ kind: 'strangers' });
    },
    strangerAnswered(about: { line: string; outcome: string }) {
      log.info(about, 'stranger answered');
      strangerLines.inc(about);
    },
    questionAsked(about: {
      learnerId: string;
      slug: string;
      occasion: string;
      reason: string;
      delayMs: number | null;
    }) {
      log.info(about, 'question asked');
      asked.inc({ occasion: about.occasion });
      if (about.delayMs !== null) askDelay.observe(about.delayMs / 1000);
    },
    daySkipped(about: { learnerId: string; localDate: string }) {
      log.warn(about, 'day skipped: the question would have been more than four hours late');
      skippedDays.inc();
    },
    answerHeard(about: { learnerId: string; answerId: string }) {
      log.info(about, 'answer heard');
      answers.inc();
    },
    answerAssessed(about: {
      learnerId: string;
      answerId: string;
      grader: string;
      score: number | null;
      coverage: number;
      costMicroUsd: number | null;
      delayMs: number;
    }) {
      log.info(about, 'answer assessed');
      assessments.inc({ grader: about.grader });
      feedbackDelay.observe(about.delayMs / 1000);
      cost.inc(about.costMicroUsd ?? 0);
    },
    modelUnavailable(about: { answerId: string; why: string }) {
      log.warn(about, 'the model could not assess, the offline grader did');
      gradersMissing.inc();
    },
    messageSettled(about: {
      messageId: string;
      learnerId: string;
      kind: string;
      outcome: string;
      reason: string | null;
    }) {
      log.info(about, 'message settled');
      messages.inc({ kind: about.kind, outcome: about.outcome });
    },
    messageDelivered(about: { messageId: string; delivery: string }) {
      log.info(about, 'delivery reported');
      deliveries.inc({ delivery: about.delivery });
    },
    messageBilled(about: { messageId: string; type: string; category: string }) {
      log.info(about, 'message billed');
      billed.inc({ type: about.type, category: about.category });
    },
    accountNews(about: { field: string; sentence: string }) {
      log.info(about, 'news of the account');
    },
    /** `detail`: the platform's own words, for whoever looks closer. */
    operatorNeeded(about: { about: string; sentence: string; detail: string | null }) {
      log.error(about, 'operator needed');
      alerts.inc({ about: about.about });
    },
    databaseIsBack(about: { awayMs: number }) {
      log.info(about, 'the database does its work again');
    },
    jobDied(about: { jobId: string; name: string; error: string }) {
      log.error(about, 'job given up');
      deadJobs.inc({ name: about.name });
    },
  };
}
