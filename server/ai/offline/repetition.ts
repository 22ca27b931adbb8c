import { fold } from './fold.ts';
import type { Token } from './tokenise.ts';

/** Fewer words in a row than this are how anybody begins an answer: "a closure is a …". */
const COPIED_RUN_WORDS = 5;

/** For each token of the answer: true when it stands in a run of words copied from the question. */
export function copiedFrom(question: readonly Token[], answer: readonly Token[]): readonly boolean[] {
  const run = Math.min(COPIED_RUN_WORDS, question.length);
  const copied = answer.map(() => false);
  if (run === 0) return copied;
  const runs = new Set(
    question.slice(0, question.length - run + 1).map((_, start) => runAt(question, start, run)),
  );
  for (let start = 0; start + run <= answer.length; start++) {
    if (runs.has(runAt(answer, start, run))) copied.fill(true, start, start + run);
  }
  return copied;
}

/**
 * The offsets in the text where words begin that were said just before ("a b c a b c": the second a). A phrase that
 * starts in one copy and ends in the next was never said: repeating oneself must not earn anything. Bare words are
 * compared, not tokens, for two copies may melt where they meet: "log n" said twice after an n holds `n log n`.
 * Single words and numbers do not count, they are slips of the tongue ("the the") or output ("3 3 3").
 */
export function repetitionsIn(text: string): readonly number[] {
  const starts = new Set<number>();
  const words = [...text.matchAll(BARE_WORD)].slice(0, MOST_WORDS);
  const numbers = numbered(words.map((word) => fold(word[0])));
  const isWord = words.map(([word]) => /\p{L}/u.test(word));
  for (let period = 2; period * 2 <= words.length; period++) {
    let equal = 0;
    let spoken = 0;
    for (let at = words.length - period - 1; at >= 0; at--) {
      equal = numbers[at] === numbers[at + period] ? equal + 1 : 0;
      // The last real word among the equal ones, counted from the end: numbers alone are no repetition.
      if (equal === 0) spoken = 0;
      else if (isWord[at] === true) spoken = equal;
      if (equal >= period && spoken > equal - period) starts.add(words[at + period]?.index ?? text.length);
    }
  }
  return [...starts].sort((a, b) => a - b);
}

const BARE_WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** More than anybody types on a phone, and every pair of words is compared. */
const MOST_WORDS = 2_000;

function runAt(tokens: readonly Token[], start: number, length: number): string {
  let run = '';
  for (let at = start; at < start + length; at++) run += ` ${tokens[at]?.plain ?? ''}`;
  return run;
}

/** Every pair of words is compared, which is only fast for numbers. */
function numbered(words: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(words, (word) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  });
}
