/**
 * A text as people mean it: no case, no accents, no punctuation, single spaces. `"¡Para, por favor!"` → `para por favor`.
 * Apostrophes vanish rather than split, so that "don't" and "dont" are one word.
 */
export function fold(text: string): string {
  return (
    text
      // Before the accents: decomposed, the `´` that Spanish and Portuguese keyboards offer becomes a space.
      .replace(/['’‘`´]/g, '')
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  );
}
