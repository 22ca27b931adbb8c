import type { Concept, Task } from './read-task.ts';

export type Judgement = {
  readonly id: string;
  readonly verdict: 'covered' | 'partial' | 'missing' | 'contradicted';
  /** Copied from the answer; null exactly when the verdict is `missing`. */
  readonly quote: string | null;
};

const COVERED_FROM = 0.6;
const PARTIAL_FROM = 0.3;
const LONGEST_QUOTE_WORDS = 20;
/** Shorter words are mostly grammar, in all three languages. */
const SHORTEST_WORD = 4;
const ROOT_LENGTH = 6;

/** Judges as a machine can that understands nothing: by the words a concept and the answer share. */
export function judge(task: Task): Judgement[] {
  return task.concepts.map((concept) => judgeOne(concept, task.answer));
}

function judgeOne(concept: Concept, answer: string): Judgement {
  const phrasings = [concept.text, ...concept.aliases].map(
    (text) => new Set(wordsOf(text).map((word) => word.root)),
  );
  const best = phrasings
    .map((roots) => ({ roots, share: shareIn(roots, answer) }))
    .reduce((one, other) => (other.share > one.share ? other : one), { roots: new Set<string>(), share: 0 });
  if (best.share < PARTIAL_FROM) return { id: concept.id, verdict: 'missing', quote: null };
  const verdict = best.share >= COVERED_FROM ? 'covered' : 'partial';
  return { id: concept.id, verdict, quote: quoteOf(best.roots, answer) };
}

type Word = { readonly root: string; readonly from: number; readonly to: number };

/** Words that carry meaning, with their place in the text. Endings are cut off: a plural is the same word. */
function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}_]+/gu)]
    .filter((match) => match[0].length >= SHORTEST_WORD)
    .map((match) => ({ root: rootOf(match[0]), from: match.index, to: match.index + match[0].length }));
}

function rootOf(word: string): string {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/s$/, '').slice(0, ROOT_LENGTH);
}

function shareIn(roots: ReadonlySet<string>, answer: string): number {
  if (roots.size === 0) return 0;
  const said = new Set(wordsOf(answer).map((word) => word.root));
  return [...roots].filter((root) => said.has(root)).length / roots.size;
}

/** The stretch of the best line from the first shared word to the last, at least two words where there are two. */
function quoteOf(roots: ReadonlySet<string>, answer: string): string {
  const sharedIn = (line: string) => wordsOf(line).filter((word) => roots.has(word.root));
  const line = answer
    .split('\n')
    .reduce((one, other) => (sharedIn(other).length > sharedIn(one).length ? other : one));
  const shared = sharedIn(line);
  const from = shared[0]?.from ?? 0;
  const to = shared.at(-1)?.to ?? 0;
  const words = [...line.slice(from).matchAll(/\S+/g)].slice(0, LONGEST_QUOTE_WORDS);
  const last = words.filter((word, index) => index < 2 || from + word.index < to).at(-1);
  return last === undefined ? '' : line.slice(from, from + last.index + last[0].length);
}
