import { AsyncLocalStorage } from 'node:async_hooks';

/** One correlation id from a webhook to the feedback it leads to: jobs carry it along, every log line shows it. */
const traces = new AsyncLocalStorage<string>();

export function currentTrace(): string | undefined {
  return traces.getStore();
}

export function withTrace<T>(trace: string, work: () => T): T {
  return traces.run(trace, work);
}
