import { operator } from '../error-table.ts';
import { failureOf, notSent } from '../failures.ts';
import type { GraphAnswer } from '../graph.ts';
import { graphErrorIn } from '../graph-error.ts';
import { type Answer, failed, known } from './answer.ts';

export type VersionProbe = {
  readonly isAlive: boolean;
  /** What time it is at Meta, epoch milliseconds; null when it did not say. */
  readonly timeThere: number | null;
};

/**
 * Reads what became of `GET /{version}/me` without a token: a living version asks for the token, a dead one does not
 * know the path. Both come with the same code, so this is the one place where Meta's words decide.
 */
export function readProbe(answer: GraphAnswer): Answer<VersionProbe> {
  if (answer.kind !== 'answered') return failed(notSent(answer.why));
  const error = graphErrorIn(answer.body);
  if (error === null) {
    const somethingElse = 'Something other than the Graph API answered: check WHATSAPP_API_BASE_URL.';
    return failed({ ...operator(somethingElse), code: null, detail: `HTTP ${answer.status}` });
  }
  if (answer.status >= 500) return failed(failureOf(error, answer.status));
  const at = answer.date === null ? Number.NaN : Date.parse(answer.date);
  return known({
    isAlive: !/unknown path components/i.test(error.message ?? ''),
    timeThere: Number.isNaN(at) ? null : at,
  });
}

/**
 * When Meta switches a version off, by its own list. A version that is missing here is newer than this program or
 * already gone; the probe tells.
 */
export const VERSION_ENDS: Readonly<Record<string, string>> = {
  'v21.0': '2027-01-21',
  'v22.0': '2027-05-20',
  'v23.0': '2027-10-08',
  'v24.0': '2028-02-18',
  'v25.0': '2028-07-29',
};
