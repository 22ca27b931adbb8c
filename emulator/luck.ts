/** Everything random in the emulator comes from here, so that one seed repeats one run. */
export type Luck = {
  /** From 0 up to, but not including, `limit`. */
  below(limit: number): number;
  /** From 0 up to, but not including, 1. */
  fraction(): number;
  characters(alphabet: string, count: number): string;
};

/** Mulberry32: tiny, fast, and far good enough for ids and choices of a pretend service. */
export function createLuck(seed: number): Luck {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const below = (limit: number) => Math.floor(next() * limit);

  return {
    below,
    fraction: next,
    characters(alphabet, count) {
      let text = '';
      for (let index = 0; index < count; index++) text += alphabet.charAt(below(alphabet.length));
      return text;
    },
  };
}
