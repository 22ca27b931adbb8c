/** How a number is written into a field and read back from it. */
export type NumberFormat<N> = {
  write(value: N): string;
  read(typed: string): Reading<N>;
};

export type Reading<N> =
  | { readonly kind: 'read'; readonly value: N }
  /** `why` is a sentence to show beside the field. */
  | { readonly kind: 'wrong'; readonly why: string };

/** A share of 0 to 1, written as per cent. */
export const PER_CENT: NumberFormat<number> = {
  write: (share) => String(rounded(share * 100)),
  read(typed) {
    const perCent = numberIn(typed.replace(/%\s*$/, ''));
    if (perCent === null || perCent < 0 || perCent > 100) return wrong('Write a number between 0 and 100.');
    return { kind: 'read', value: rounded(perCent / 100) };
  },
};

/** Milliseconds, written as seconds. */
export const SECONDS: NumberFormat<number> = {
  write: (milliseconds) => String(milliseconds / 1000),
  read(typed) {
    const seconds = numberIn(typed.replace(/s\s*$/, ''));
    if (seconds === null || seconds < 0 || seconds > MOST_SECONDS)
      return wrong('Write a number of seconds, at most a day.');
    return { kind: 'read', value: Math.round(seconds * 1000) };
  },
};

/** A whole number within bounds, both included. */
export function wholeNumber(least: number, most: number): NumberFormat<number> {
  return {
    write: String,
    read(typed) {
      const number = numberIn(typed);
      if (number === null || !Number.isInteger(number) || number < least || number > most)
        return wrong(`Write a whole number between ${least} and ${most}.`);
      return { kind: 'read', value: number };
    },
  };
}

/** As above; an empty field is null, for no limit. */
export function limit(least: number, most: number): NumberFormat<number | null> {
  const number = wholeNumber(least, most);
  return {
    write: (value) => (value === null ? '' : number.write(value)),
    read: (typed) => (typed.trim() === '' ? { kind: 'read', value: null } : number.read(typed)),
  };
}

const MOST_SECONDS = 24 * 60 * 60;

/** With a point or a comma, as people write it. */
function numberIn(typed: string): number | null {
  const plain = typed.trim().replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** Without the dust that binary fractions leave: 0.07 * 100 is 7.000000000000001. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}

function wrong(why: string): { kind: 'wrong'; why: string } {
  return { kind: 'wrong', why };
}
