/** What one look at the set-up found. `mend` is the one command or click that helps; null where nothing has to be done. */
export type Check = {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'not-checked';
  readonly sentence: string;
  readonly mend: string | null;
};

export function ok(name: string, sentence: string): Check {
  return { name, state: 'ok', sentence, mend: null };
}

/** It works, and somebody should look at it before it does not. */
export function warning(name: string, sentence: string, mend: string): Check {
  return { name, state: 'warning', sentence, mend };
}

export function failed(name: string, sentence: string, mend: string): Check {
  return { name, state: 'failed', sentence, mend };
}

/** `because` goes on in the middle of a sentence. */
export function notChecked(name: string, because: string): Check {
  return { name, state: 'not-checked', sentence: `Not checked because ${because}.`, mend: null };
}
