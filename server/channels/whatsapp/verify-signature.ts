import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * True when Meta signed exactly these bytes with the app's secret (header `X-Hub-Signature-256`).
 * It must see the bytes as they came: Meta escapes accents, emoji and slashes its own way, so a body that was parsed
 * and written again has another signature, and only learners who write in Portuguese or send voice notes would notice.
 */
export function isSignedBy(appSecret: string, rawBody: Buffer, header: string | undefined): boolean {
  // Anybody can sign with an empty key.
  if (appSecret === '') return false;
  const claimed = /^sha256=([0-9a-f]{64})$/.exec(header ?? '')?.[1];
  if (claimed === undefined) return false;
  const ours = createHmac('sha256', appSecret).update(rawBody).digest();
  return timingSafeEqual(ours, Buffer.from(claimed, 'hex'));
}
