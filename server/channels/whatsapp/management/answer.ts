import type { z } from 'zod';
import type { Failure } from '../../channel.ts';
import { operator } from '../error-table.ts';
import { failureOf, notSent } from '../failures.ts';
import type { GraphAnswer } from '../graph.ts';
import { graphErrorIn } from '../graph-error.ts';

/** What a call about the account brought: something known, or why it is not. */
export type Answer<T> =
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Reads what Meta answered. Calls about the account may all be made twice, so silence counts as a failure. */
export function readAnswer<T>(answer: GraphAnswer, schema: z.ZodType<T>): Answer<T> {
  if (answer.kind !== 'answered') return failed(notSent(answer.why));
  const error = graphErrorIn(answer.body);
  if (error !== null || answer.status < 200 || answer.status > 299) {
    return failed(failureOf(error, answer.status));
  }
  const parsed = schema.safeParse(answer.body);
  return parsed.success ? known(parsed.data) : failed(unreadable(parsed.error));
}

export function known<T>(value: T): Answer<T> {
  return { kind: 'known', value };
}

export function failed(failure: Failure): Answer<never> {
  return { kind: 'failed', failure };
}

/** The call cannot even be made. */
export function settingMissing(name: string, purpose: string): Answer<never> {
  return failed({ ...operator(`${name} is not set: ${purpose}`), code: null, detail: null });
}

function unreadable(error: z.ZodError): Failure {
  const where = error.issues.map((issue) => issue.path.join('.')).join(', ');
  return {
    ...operator('Meta answered in a shape that this version does not know: update the program.'),
    code: null,
    detail: `unreadable: ${where}`,
  };
}
