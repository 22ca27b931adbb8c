/** The beginning of a text, at most so long and never ending in half an emoji: a lone half is not sendable text. */
export function beginningOf(text: string, longest: number): string {
  const head = text.slice(0, longest);
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}
