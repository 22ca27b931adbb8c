/**
 * Names under which PostgreSQL keeps statements ready on each connection: reading and planning one costs it more than
 * running it. Only what comes again is kept, and no more than so many: a list of another length is another statement,
 * and each connection holds all of them.
 */
export function createStatementNames(): StatementNames {
  let names = new Map<string, string | null>();
  let made = 0;
  return {
    nameOf(text) {
      const known = names.get(text);
      if (typeof known === 'string') return known;
      if (names.size >= MOST_TEXTS && known === undefined) return null;
      if (known === undefined) {
        names.set(text, null);
        return null;
      }
      made += 1;
      const name = `s${made}`;
      names.set(text, name);
      return name;
    },
    renew() {
      names = new Map();
    },
  };
}

export type StatementNames = {
  /** Null at first sight, and when there are enough of them. */
  nameOf(text: string): string | null;
  /** What stands ready no longer fits the tables: from now on everything has another name. */
  renew(): void;
};

const MOST_TEXTS = 1000;

/**
 * Whether a statement failed only because it stands ready for tables that have changed since (`0A000`, as when a newer
 * program added a column), or is not kept any more (`26000`).
 */
export function isOutdated(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === '26000' || (error.code === '0A000' && error.message.includes('cached plan'));
}
