export type AllowedMethods = ReturnType<typeof createAllowedMethods>;

/** Which methods an address answers to, for telling a wrong method (405) from a wrong address (404). */
export function createAllowedMethods() {
  const methodsByPattern = new Map<string, Set<string>>();
  return {
    add(pattern: string, methods: readonly string[]): void {
      const known = methodsByPattern.get(pattern) ?? new Set();
      methodsByPattern.set(pattern, new Set([...known, ...methods]));
    },
    at(path: string): string[] {
      const found = [...methodsByPattern].filter(([pattern]) => matches(pattern, path));
      return [...new Set(found.flatMap(([, methods]) => [...methods]))].sort();
    },
  };
}

/** `/users/:id` and `/files/*`, the two kinds of patterns we use. */
function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  for (const [place, segment] of wanted.entries()) {
    if (segment === '*') return true;
    const actual = given[place];
    if (actual === undefined) return false;
    if (segment.startsWith(':') ? actual === '' : actual !== segment) return false;
  }
  return wanted.length === given.length;
}
