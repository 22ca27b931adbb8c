import { StatementSync } from 'node:sqlite';
import pg from 'pg';
import { onTestFinished, vi } from 'vitest';

/** One statement as the database's driver got it, with the values of one of the times it was run. */
export type Statement = { readonly sql: string; readonly values: readonly unknown[] };

/**
 * Writes down what really reaches the database from now on, whoever sends it: the store, the engine of the jobs, and
 * pg-boss. Each text once for each choice of which values are null: a plan may depend on that.
 */
export function recordStatements(): { all(): readonly Statement[] } {
  const seen = new Map<string, Statement>();
  function note(sql: string, values: readonly unknown[]): void {
    const key = JSON.stringify([sql, values.map((value) => value === null)]);
    if (!seen.has(key)) seen.set(key, { sql, values });
  }

  onTestFinished(() => void vi.restoreAllMocks());
  for (const how of ['all', 'run'] as const) {
    const original = StatementSync.prototype[how] as (...values: unknown[]) => unknown;
    vi.spyOn(StatementSync.prototype, how).mockImplementation(function (
      this: StatementSync,
      ...values: unknown[]
    ) {
      note(this.sourceSQL, values);
      return original.apply(this, values) as never;
    } as never);
  }
  const original = pg.Client.prototype.query as (...it: unknown[]) => unknown;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...it: unknown[]) {
    const [first, second] = it as [string | { text?: string; values?: unknown[] }, unknown];
    const { text, values } = typeof first === 'string' ? { text: first } : first;
    if (text !== undefined) note(text, Array.isArray(second) ? second : (values ?? []));
    return original.apply(this, it) as never;
  } as never);
  return { all: () => [...seen.values()] };
}
