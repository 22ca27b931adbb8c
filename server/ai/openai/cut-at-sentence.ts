/**
 * The longest beginning of a text that fits and ends with a sentence; when the first sentence is too long already, one
 * that ends with a word. Shortened only, never changed: what remains can still be quoted from.
 */
export function cutAtSentence(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = text.slice(0, limit + 1);
  const sentence = lastEnd(room, /[.!?…](?=\s)|(?=\n)/g, limit);
  // A first sentence of three words is no use to anybody: better half of the second.
  if (sentence > limit / 3) return text.slice(0, sentence);
  const word = lastEnd(room, /(?=\s)/g, limit);
  return word > 0 ? text.slice(0, word) : text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
}

function lastEnd(text: string, boundary: RegExp, limit: number): number {
  let end = 0;
  for (const match of text.matchAll(boundary)) {
    const candidate = match.index + match[0].length;
    if (candidate <= limit) end = candidate;
  }
  return end;
}
