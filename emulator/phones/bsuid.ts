import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 12;

/** Longest prefix first. Anything else counts as the United States: only the shape matters. */
const COUNTRIES: readonly (readonly [string, string])[] = [
  ['351', 'PT'],
  ['593', 'EC'],
  ['598', 'UY'],
  ['34', 'ES'],
  ['44', 'GB'],
  ['49', 'DE'],
  ['51', 'PE'],
  ['52', 'MX'],
  ['54', 'AR'],
  ['55', 'BR'],
  ['56', 'CL'],
  ['57', 'CO'],
  ['91', 'IN'],
  ['1', 'US'],
];

/**
 * The business-scoped id of a number: the same after every restart, and a new one when the number changes. With
 * `after`, the id that follows that one on the same number.
 */
export function bsuidOf(number: string, after = ''): string {
  const country = COUNTRIES.find(([prefix]) => number.startsWith(prefix))?.[1] ?? 'US';
  const digest = createHash('sha256').update(`bsuid of ${number}${after}`).digest();
  const letters = [...digest.subarray(0, LENGTH)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length));
  return `${country}.${letters.join('')}`;
}
