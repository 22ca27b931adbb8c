/** How long the provider asks us to wait, in milliseconds; null when it does not say, or says what is past. */
export function retryAfterMs(headers: Headers | undefined, now: number): number | null {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (milliseconds >= 0) return milliseconds;
  const header = headers?.get('retry-after') ?? '';
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) : Number.NaN;
  if (seconds >= 0) return seconds * 1_000;
  const untilDate = Date.parse(header) - now;
  return untilDate >= 0 ? untilDate : null;
}
