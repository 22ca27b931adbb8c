/**
 * True when `written` is likely `meant` with a slip of the thumb. Both are folded words.
 * Thumbs slip inside a word, seldom on its first letter, and there a letter more or less is a word of its own:
 * synchronous and asynchronous, mutable and immutable.
 */
export function isTypoOf(written: string, meant: string): boolean {
  const allowed = slipsAllowed(Math.min(written.length, meant.length));
  if (allowed === 0 || written[0] !== meant[0] || Math.abs(written.length - meant.length) > allowed)
    return false;
  if (WORDS_IN_THEIR_OWN_RIGHT.has(written) || /[^a-z]/.test(written) || /[^a-z]/.test(meant)) return false;
  return editDistance(written, meant, allowed) <= allowed;
}

function slipsAllowed(length: number): number {
  if (length >= 9) return 2;
  return length >= 5 ? 1 : 0;
}

/** Words of the trade, or of every day, that stand one letter from another word of the trade. */
const WORDS_IN_THEIR_OWN_RIGHT: ReadonlySet<string> = new Set(
  `block black class clash clase clave classe claves point print paint count court stack slack value valve scope slope
  there three these those where while whole white write right first fewer threat hosting hoisting module modulo inhibit
  inherit insertion inversion instant instance constant closer closure queen queue order older other outer array
  reference referent`.split(/\s+/),
);

/** Damerau-Levenshtein distance (swapped neighbours are one slip); more than `most` comes back as `most + 1`. */
function editDistance(a: string, b: string, most: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let lowest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      row.push(cost);
      lowest = Math.min(lowest, cost);
    }
    if (lowest > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
