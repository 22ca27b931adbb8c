/**
 * Keeps what was made from a text, for the few thousand texts that come again all day. Learners can send words that
 * never come again, so there is an end to it: a full memory starts anew.
 */
export function remember<T>(most: number, make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    if (made.size >= most) made.clear();
    const fresh = make(text);
    made.set(text, fresh);
    return fresh;
  };
}
