import { Pool } from 'undici';
import { phoneOf } from '../learners.ts';
import { type Notification, notificationOf } from '../notification.ts';
import { offer } from './offer.ts';

/** What a round came to; times in milliseconds. */
export type Load = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly refused: number;
};

/** WhatsApp's side of the webhook: so many notifications at once, each of them another message with its own signature. */
export type WebhookLoadOffers = typeof offers;

let written = 0;

const offers = offer({
  async run(it: { url: string; seconds: number; connections: number; learners: number }): Promise<Load> {
    // Written before the time runs: it is the receiving side that is measured.
    const notifications = Array.from({ length: it.seconds * MOST_PER_SECOND }, () => writeOneOf(it.learners));
    const pool = new Pool(it.url, { connections: it.connections, pipelining: 1, allowH2: false });
    const tookMs: number[] = [];
    let refused = 0;
    const beganAt = performance.now();
    const endsAt = beganAt + it.seconds * 1000;
    const postInTurn = async () => {
      while (performance.now() < endsAt) {
        const notification = notifications.pop();
        if (notification === undefined) return;
        const sentAt = performance.now();
        const response = await pool.request({
          method: 'POST',
          path: '/webhooks/whatsapp',
          ...notification,
        });
        await response.body.dump();
        tookMs.push(performance.now() - sentAt);
        if (response.statusCode !== 200) refused += 1;
      }
    };
    await Promise.all(Array.from({ length: it.connections }, postInTurn));
    const seconds = (performance.now() - beganAt) / 1000;
    await pool.close();
    tookMs.sort((one, other) => one - other);
    const at = (share: number) => tookMs[Math.floor(tookMs.length * share)] ?? 0;
    return { perSecond: tookMs.length / seconds, p50: at(0.5), p99: at(0.99), refused };
  },
});

/** More than a bare server takes on a fast machine. */
const MOST_PER_SECOND = 60_000;

function writeOneOf(learners: number): Notification {
  written += 1;
  return notificationOf({
    id: `wamid.HBgNNTUxMTk1NTUwMTIzNBUCABIYEDNB${String(written).padStart(10, '0')}`,
    from: phoneOf(written % learners),
    text: 'A closure keeps the variables of the scope in which it was made, so that the function reads them later, after the outer one has returned. A counter made by a factory is one.',
  });
}
