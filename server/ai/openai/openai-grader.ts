import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { OpenAI } from 'openai';
import type { Grader, GradingOutcome } from '../grader.ts';
import { askByChat } from './ask-by-chat.ts';
import { askByResponses } from './ask-by-responses.ts';
import { createCapabilities } from './capabilities.ts';
import { createCircuit } from './circuit.ts';
import { type GradeAnswerNeeds, gradeAnswer } from './grade-answer.ts';
import { createLane } from './lane.ts';
import type { AskModel } from './model-port.ts';

const SECONDS = 1_000;
const OPENAI_BASE_URL = 'https://api.openai.com/v1';
const LIMITS = { atOnce: 8, waiting: 200 };

export type OpenAIGraderOptions = {
  readonly apiKey: string;
  /** Ends in `/v1`; null for OpenAI itself. Another server gets no parameter it might not know. */
  readonly baseUrl: string | null;
  readonly model: string;
  readonly api: 'responses' | 'chat';
  readonly fetch?: typeof globalThis.fetch;
  readonly now: () => number;
  /** The offline grader's judgement: the second opinion on what the model claims. */
  readonly offline: GradeAnswerNeeds['offline'];
  /** Gets one sentence for the operator about what to mend. The same sentence comes again while the trouble lasts. */
  readonly onTrouble?: (sentence: string) => void;
  readonly timeouts?: { readonly attemptMs: number; readonly overallMs: number };
  /** The random part of the tag around an answer: different for every request, and not to be guessed. */
  readonly tag?: () => string;
  readonly pause?: (forMs: number, signal: AbortSignal) => Promise<void>;
};

/** The grader that asks a model, at OpenAI or at any server that speaks one of its two ways of asking. */
export function createOpenAIGrader(options: OpenAIGraderOptions): Grader {
  const { attemptMs, overallMs } = options.timeouts ?? { attemptMs: 12 * SECONDS, overallMs: 25 * SECONDS };
  const lane = createLane(LIMITS);
  const needs: GradeAnswerNeeds = {
    ask: createCircuit({
      ask: askModel(options),
      now: options.now,
      onTrouble: options.onTrouble ?? (() => {}),
    }),
    model: options.model,
    offline: options.offline,
    attemptMs,
    tag: options.tag ?? (() => randomBytes(6).toString('hex')),
    pause: options.pause ?? pauseUnlessAborted,
  };
  return {
    name: 'openai',
    async grade(task, { signal, pseudonym }) {
      const deadline = AbortSignal.timeout(overallMs);
      const until = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
      const work = () => gradeAnswer(task, needs, { pseudonym: pseudonym ?? null, signal: until });
      const outcome = await lane.run(work, until);
      if (outcome === 'full') return unavailable('too many answers are waiting already');
      if (outcome === 'gave-up') return unavailable('the deadline passed before the turn came');
      return outcome;
    },
  };
}

function askModel(options: OpenAIGraderOptions): AskModel {
  const baseURL = options.baseUrl ?? OPENAI_BASE_URL;
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL,
    // The library would take these from the environment, which only the configuration reads.
    organization: null,
    project: null,
    logLevel: 'off',
    // Attempts are counted in one place: ours.
    maxRetries: 0,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  });
  const needs = { client, model: options.model, capabilities: createCapabilities(baseURL), now: options.now };
  switch (options.api) {
    case 'responses':
      return askByResponses(needs);
    case 'chat':
      return askByChat(needs);
    default: {
      const impossible: never = options.api;
      throw new Error(`Unknown API ${String(impossible)}`);
    }
  }
}

async function pauseUnlessAborted(forMs: number, signal: AbortSignal): Promise<void> {
  // An abort ends the pause; whoever paused looks at the signal next.
  await sleep(forMs, undefined, { signal }).catch(() => {});
}

function unavailable(why: string): GradingOutcome {
  return { kind: 'unavailable', why, retryAfterMs: null };
}
