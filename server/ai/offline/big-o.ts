import { fold } from './fold.ts';

/**
 * Finds growth rates the way people type and say them: `O(n log n)`, `n*log(n)`, `O(n²)`, "o de n al cuadrado".
 * As loose words they would be worthless: `log n` also stands in `n log n`, which is another answer.
 */
export const GROWTH_RATE = new RegExp(pattern(), 'giu');

/** The one spelling of a growth rate: `o(nlogn)` with its O, `nlogn` without. */
export function canonicalGrowthRate(written: string): string {
  const plain = fold(written);
  const withO = /^o\s*(?:\(|(?:of|de)\b)/.test(plain);
  const inside = plain
    .replace(/^o\s*(?:of\b|de\b)?/, '')
    .replace(/(?<!\p{L})(?:one|uno|um)(?!\p{L})/gu, '1')
    .replace(/squared|(?:al |ao )?[cq]uadrado/g, '2')
    .replace(/(?:log|lg|ln)2?/g, 'log')
    .replace(/\*\*/g, '^')
    .replace(/(?<=[a-z]\s*)\^/g, '')
    .replace(/[\s*·×()]/g, '');
  const sorted = inside.split('+').map(sortedFactors).sort().join('+');
  return withO ? `o(${sorted})` : sorted;
}

/** `m*n` is `n*m`. */
function sortedFactors(product: string): string {
  return /^[a-z]{2}$/.test(product) ? [...product].sort().join('') : product;
}

/** Answers are anybody's text: no part may match in two ways, and every repetition has an end. */
function pattern(): string {
  const gap = '\\s{0,3}';
  const end = '(?![\\p{L}\\p{N}_])';
  const power = `(?:${gap}(?:\\^|\\*\\*)${gap}[\\dnk]|[²³])`;
  const squared = '\\s{1,3}(?:squared|(?:al |ao )?[cq]uadrado)';
  const log = `(?:log|lg|ln)[2₂]?${gap}(?:\\(${gap}[a-z]${gap}\\)|[a-z]${end})`;
  const number = `\\d{1,3}(?!\\d)(?:${gap}(?:\\^|\\*\\*)${gap}[nk])?`;
  const variable = `(?:[nmkvewdh]{2}|[a-z])(?=log|lg|ln|[^\\p{L}])(?:${power}|2(?=${gap}\\)))?!?`;
  const term = `(?:${log}|${number}|${variable})`;
  const sum = `${term}(?:${gap}(?:[*·×+/-]${gap})?${term}){0,5}`;
  const inBrackets = `o\\s?\\(${gap}${sum}${gap}\\)`;
  // Only n, m and k may stand before a bare log: `e log n` is Portuguese for "and log n", `a log` is English.
  const bare = `(?:(?:[nmk]${gap}[*·×]?${gap})?${log}|[nmk](?:${power}|${squared})${end}|2${gap}(?:\\^|\\*\\*)${gap}n${end}|n!(?!=))`;
  const spoken = `o\\s{1,3}(?:of|de)\\s{1,3}(?:${bare}|(?:1|one|uno|um|n)${end})`;
  return `(?<![\\p{L}\\p{N}_.])(?:${inBrackets}|${spoken}|${bare})`;
}
