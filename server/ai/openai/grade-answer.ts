import type { Assessment } from '../../../interview/rubric.ts';
import type { GradingOutcome, GradingTask } from '../grader.ts';
import { checkOutput } from './check-output.ts';
import { readGrading } from './grading-schema.ts';
import type { AskModel, ModelReply } from './model-port.ts';
import { costMicroUsd } from './prices.ts';
import { PROMPT_VERSION, writePrompt } from './prompt.ts';
import { addUsage, NO_USAGE, type TokenUsage } from './token-usage.ts';

const BREATH_MS = 500;
/** Thinking counts as output, so less than this leaves nothing to say; it is a limit, not what is paid for. */
const ROOM_TOKENS = 2_000;
const MORE_ROOM_TOKENS = 4_000;

export type GradeAnswerNeeds = {
  readonly ask: AskModel;
  readonly model: string;
  readonly offline: (question: GradingTask['question'], answer: string) => Assessment;
  readonly attemptMs: number;
  readonly tag: () => string;
  readonly pause: (forMs: number, signal: AbortSignal) => Promise<void>;
};

/** Asks the model once, and once more when there is hope, until `signal`; everything that happens becomes an outcome. */
export async function gradeAnswer(
  task: GradingTask,
  needs: GradeAnswerNeeds,
  options: { readonly pseudonym: string | null; readonly signal: AbortSignal },
): Promise<GradingOutcome> {
  const first = await attempt(task, needs, options, ROOM_TOKENS);
  if (first.again === null || options.signal.aborted) return conclude(first.result, first.usage, needs);
  if (first.again.afterMs > 0) await needs.pause(first.again.afterMs, options.signal);
  if (options.signal.aborted) return conclude(first.result, first.usage, needs);
  const second = await attempt(task, needs, options, first.again.roomTokens);
  // A second attempt may end worse than the first, which at least had its verdicts.
  const result =
    second.result.kind !== 'assessed' && first.result.kind === 'assessed' ? first.result : second.result;
  return conclude(result, addUsage(first.usage, second.usage), needs);
}

/** What one attempt came to if it is the last word, and whether another may do better. */
type Attempt = {
  readonly result: Result;
  readonly usage: TokenUsage;
  readonly again: { readonly afterMs: number; readonly roomTokens: number } | null;
};

type Result =
  | { readonly kind: 'assessed'; readonly assessment: Assessment; readonly model: string | null }
  | Exclude<GradingOutcome, { kind: 'graded' }>;

async function attempt(
  task: GradingTask,
  needs: GradeAnswerNeeds,
  options: { readonly pseudonym: string | null; readonly signal: AbortSignal },
  maxOutputTokens: number,
): Promise<Attempt> {
  const reply = await needs.ask({
    ...writePrompt(task, needs.tag()),
    maxOutputTokens,
    pseudonym: options.pseudonym,
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(needs.attemptMs)]),
  });
  return weigh(reply, task, needs);
}

function weigh(reply: ModelReply, task: GradingTask, needs: GradeAnswerNeeds): Attempt {
  const atOnce = { afterMs: 0, roomTokens: ROOM_TOKENS };
  switch (reply.kind) {
    case 'answered':
      return { ...read(reply.text, reply.model, task, needs, atOnce), usage: reply.usage };
    case 'cut-off':
      return {
        ...unavailable(reply.why, null, { ...atOnce, roomTokens: MORE_ROOM_TOKENS }),
        usage: reply.usage,
      };
    case 'unreadable':
      return { ...unavailable(reply.why, null, atOnce), usage: reply.usage };
    case 'refused':
      return { result: { kind: 'refused', why: reply.why }, usage: reply.usage, again: null };
    case 'passing': {
      const again = { ...atOnce, afterMs: reply.waitMs ?? BREATH_MS };
      return { ...unavailable(reply.why, reply.waitMs, again), usage: NO_USAGE };
    }
    case 'closed':
      return { ...unavailable(reply.why, reply.closeForMs, null), usage: NO_USAGE };
    case 'rejected':
    case 'cancelled':
      return { ...unavailable(reply.why, null, null), usage: NO_USAGE };
    default: {
      const impossible: never = reply;
      throw new Error(`Unknown reply ${JSON.stringify(impossible)}`);
    }
  }
}

function read(
  text: string,
  model: string | null,
  task: GradingTask,
  needs: GradeAnswerNeeds,
  again: Attempt['again'],
): Omit<Attempt, 'usage'> {
  const grading = readGrading(text);
  if (grading === null) return unavailable('the model did not keep to the schema', null, again);
  const checked = checkOutput(grading, task, needs.offline(task.question, task.answer));
  switch (checked.kind) {
    case 'sound':
      return { result: { kind: 'assessed', assessment: checked.assessment, model }, again: null };
    case 'wrong-language':
      return { result: { kind: 'assessed', assessment: checked.assessment, model }, again };
    case 'wrong-concepts':
      return unavailable(`the model returned ${checked.why}`, null, again);
    default: {
      const impossible: never = checked;
      throw new Error(`Unknown check ${JSON.stringify(impossible)}`);
    }
  }
}

function unavailable(
  why: string,
  retryAfterMs: number | null,
  again: Attempt['again'],
): Omit<Attempt, 'usage'> {
  return { result: { kind: 'unavailable', why, retryAfterMs }, again };
}

function conclude(result: Result, usage: TokenUsage, needs: GradeAnswerNeeds): GradingOutcome {
  if (result.kind !== 'assessed') return result;
  const model = result.model ?? needs.model;
  return {
    kind: 'graded',
    assessment: result.assessment,
    made: {
      grader: 'openai',
      model,
      promptVersion: PROMPT_VERSION,
      inputTokens: usage.inputTokens,
      cachedTokens: usage.cachedTokens,
      outputTokens: usage.outputTokens,
      costMicroUsd: costMicroUsd(model, usage),
    },
  };
}
