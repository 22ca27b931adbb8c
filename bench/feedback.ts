import { setTimeout as sleep } from 'node:timers/promises';
import { loadBank } from '../content/load-bank.ts';
import { createPretendOpenAI } from '../emulator/pretend-openai.ts';
import { QUIET_MS } from '../interview/answer.ts';
import type { Bench, DatabaseKind, Line } from './bench.ts';
import { configuration } from './configuration.ts';
import { bareTransactionMs } from './durable-transaction.ts';
import { addLearners, phoneOf } from './learners.ts';
import { notificationOf } from './notification.ts';
import type { MetaOffers } from './processes/meta.ts';
import type { ServiceOffers } from './processes/service.ts';
import { startProcess } from './processes/start-process.ts';
import { quantile } from './quantile.ts';
import { until } from './until.ts';
import { hundredths, whole } from './words.ts';

/** How long the pretend model thinks; a real one takes about as long. */
const THINKS_MS = 1500;
/** Between two answers to one service: many more than people give, few enough to wait for nothing but themselves. */
const PAUSE_MS = 400;
const MODEL = { apiKey: 'bench-key', model: 'gpt-6-luna' };
const LONGEST_P95_MS = { offline: 150, model: 250 } as const;

type GraderKind = keyof typeof LONGEST_P95_MS;

/** From the answer's arrival to its feedback, beyond the time in which we wait for more and the model thinks. */
export async function benchFeedback(bench: Bench): Promise<Line[]> {
  const answers = bench.isFull ? 200 : 25;
  await using parts = new AsyncDisposableStack();
  const pretendOpenAI = createPretendOpenAI({ ...MODEL, port: 0, thinkMs: THINKS_MS });
  const { baseUrl } = await pretendOpenAI.start();
  parts.defer(() => pretendOpenAI.close());
  const lanes: Lane[] = [];
  for (const kind of bench.databases) {
    for (const grader of ['offline', 'model'] as const) {
      lanes.push(await openLane(bench, parts, { kind, grader, answers, baseUrl }));
    }
  }
  // All of them in turn: each waits most of its time, and what else the machine does hits all alike.
  for (let index = 0; index < answers; index++) {
    for (const lane of lanes) {
      await lane.answer(index);
      await sleep(PAUSE_MS / lanes.length);
    }
  }
  const lines: Line[] = [];
  for (const lane of lanes) lines.push(lineOf(lane, await lane.waits(), await lane.transactionMs()));
  return lines;
}

type Lane = Awaited<ReturnType<typeof openLane>>;

/** A service of its own whose learners all have the same question before them. */
async function openLane(
  bench: Bench,
  parts: AsyncDisposableStack,
  it: { kind: DatabaseKind; grader: GraderKind; answers: number; baseUrl: string },
) {
  const { kind, grader, answers } = it;
  const question = loadBank().questions.find(({ area }) => area === 'javascript');
  if (question === undefined) throw new Error('The question bank has no question about JavaScript');
  const database = await bench.newDatabase(kind);
  await addLearners(database, { count: answers, openQuestion: question });
  const meta = parts.use(startProcess<MetaOffers>('meta.ts'));
  const { url: apiBaseUrl } = await meta.call('start', { answersAfterMs: 0 });
  const service = parts.use(startProcess<ServiceOffers>('service.ts'));
  const openai = grader === 'model' ? { ...MODEL, baseUrl: it.baseUrl, api: 'responses' as const } : null;
  const { url } = await service.call('start', configuration({ database, apiBaseUrl, openai }));
  const answeredAt = new Map<string, number>();
  return {
    kind,
    grader,
    async answer(index: number): Promise<void> {
      const from = phoneOf(index);
      const notification = notificationOf({
        id: `wamid.answer.${index}`,
        from,
        text: question.modelAnswer.en,
      });
      answeredAt.set(from, performance.timeOrigin + performance.now());
      const response = await fetch(`${url}/webhooks/whatsapp`, { method: 'POST', ...notification });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`An answer met ${response.status}`);
    },
    /** How long each learner waited for us. */
    async waits(): Promise<number[]> {
      await until(async () => (await meta.call('arrived')) >= answers, {
        what: 'every feedback was sent',
        everyMs: 50,
      });
      const others = QUIET_MS + (grader === 'model' ? THINKS_MS : 0);
      return (await meta.call('arrivals')).map(({ at, to }) => at - (answeredAt.get(to) ?? 0) - others);
    },
    transactionMs: () => bareTransactionMs(database),
  };
}

function lineOf(
  { kind, grader }: Pick<Lane, 'kind' | 'grader'>,
  waitsMs: readonly number[],
  transactionMs: { p50: number; p95: number },
): Line {
  const p50 = quantile(waitsMs, 0.5);
  const p95 = quantile(waitsMs, 0.95);
  const beyond = grader === 'model' ? 'quiet wait and model' : 'quiet wait';
  return {
    what: `${grader} feedback beyond ${beyond}`,
    database: kind,
    measured: `p50 ${whole(p50)} ms, p95 ${whole(p95)} ms`,
    yardstick: `bare transaction p50 ${hundredths(transactionMs.p50)} ms, p95 ${hundredths(transactionMs.p95)} ms`,
    ratio: p50 / transactionMs.p50,
    target: `p95 < ${LONGEST_P95_MS[grader]} ms`,
    isReached: p95 < LONGEST_P95_MS[grader],
  };
}
