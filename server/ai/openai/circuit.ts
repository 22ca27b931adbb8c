import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from 'cockatiel';
import type { AskModel, ModelReply } from './model-port.ts';

const SECONDS = 1_000;

const FAILURES_IN_A_ROW = 5;
const PAUSE_AFTER_FAILURES_MS = 30 * SECONDS;
/** How soon to come back while another call finds out whether the provider has recovered. */
const PAUSE_DURING_PROBE_MS = 5 * SECONDS;

/**
 * A way of asking that spares a provider in trouble, and every learner the wait for it. Five passing failures in a row
 * open the circuit; then one call at a time finds out whether they have passed. What only an operator can mend, and
 * what asks for a long wait, opens it at once.
 */
export function createCircuit(needs: {
  ask: AskModel;
  now: () => number;
  onTrouble: (sentence: string) => void;
}): AskModel {
  const { ask, now, onTrouble } = needs;
  let openUntil = 0;
  const breaker = circuitBreaker(handleWhenResult(isPassing), {
    breaker: new ConsecutiveBreaker(FAILURES_IN_A_ROW),
    // The breaker would measure its pause with Date; ours goes by the clock of the house, which may be moved by hand.
    halfOpenAfter: Number.NEGATIVE_INFINITY,
  });
  breaker.onBreak(() =>
    open(
      PAUSE_AFTER_FAILURES_MS,
      'OpenAI does not answer: answers are graded offline for now, and OpenAI is asked again every 30 seconds.',
    ),
  );

  return async function askUnlessOpen(request) {
    const openForMs = openUntil - now();
    if (openForMs > 0) return stayAway(openForMs);
    if (breaker.state === CircuitState.HalfOpen) return stayAway(PAUSE_DURING_PROBE_MS);
    const reply = await breaker.execute(() => ask(request));
    if (reply.kind === 'closed') open(reply.closeForMs, reply.sentence);
    if (reply.kind === 'rejected') onTrouble(reply.sentence);
    return reply;
  };

  function open(forMs: number, sentence: string | null): void {
    // Calls that were under way together fail together: told once.
    const isNews = openUntil <= now();
    openUntil = Math.max(openUntil, now() + forMs);
    if (isNews && sentence !== null) onTrouble(sentence);
  }
}

function isPassing(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && 'kind' in reply && reply.kind === 'passing';
}

function stayAway(forMs: number): ModelReply {
  return { kind: 'closed', why: 'circuit open', closeForMs: forMs, sentence: null };
}
