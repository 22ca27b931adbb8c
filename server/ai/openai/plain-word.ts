/**
 * A code, name or id of the provider's as it may stand in a log, or null. A server that puts a sentence there may be
 * repeating what a learner said.
 */
export function plainWord(value: unknown): string | null {
  return typeof value === 'string' && /^[\w.[\]-]{1,64}$/.test(value) ? value : null;
}
