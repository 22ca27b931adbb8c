export const WINDOW_MS = 24 * 60 * 60 * 1000;

/** Free-form messages may be sent for 24 hours after the person last wrote, called or tapped. */
export function windowIsOpen(lastInboundAt: number | null, now: number): boolean {
  return lastInboundAt !== null && now < lastInboundAt + WINDOW_MS;
}
