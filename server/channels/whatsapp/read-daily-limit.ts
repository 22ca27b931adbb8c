/**
 * How many people a business may write to first in a day, as Meta says it: `TIER_10K` in the number's own page and in
 * some notifications, a bare number in others. Null when it says nothing we can read.
 */
export function readDailyLimit(word: string | number | null | undefined): number | 'unlimited' | null {
  const said = String(word ?? '')
    .trim()
    .toUpperCase();
  if (said === 'TIER_UNLIMITED' || said === 'UNLIMITED' || said === '-1') return 'unlimited';
  const [, digits, thousands] = /^(?:TIER_)?(\d+)(K?)$/.exec(said) ?? [];
  if (digits === undefined || Number(digits) === 0) return null;
  return Number(digits) * (thousands === 'K' ? 1000 : 1);
}
