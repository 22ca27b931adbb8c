import { Pool } from 'undici';
import { offer } from './offer.ts';

/** The least that anybody who sends must do: post, and read the answer. */
export type BareSenderOffers = typeof offers;

const offers = offer({
  /** Resolves with the seconds it took. */
  async send(it: { url: string; count: number; atOnce: number }): Promise<number> {
    const { url, count, atOnce } = it;
    const pool = new Pool(url, { connections: atOnce, pipelining: 1, allowH2: false });
    const beganAt = performance.now();
    let begun = 0;
    const sendInTurn = async () => {
      while (begun < count) {
        const response = await pool.request({
          method: 'POST',
          path: '/v25.0/220330440550660/messages',
          headers: { 'content-type': 'application/json', authorization: 'Bearer token' },
          body: messageTo(`5511${900_000_000 + begun++}`),
        });
        JSON.parse(await response.body.text());
      }
    };
    await Promise.all(Array.from({ length: atOnce }, sendInTurn));
    const seconds = (performance.now() - beganAt) / 1000;
    await pool.close();
    return seconds;
  },
});

function messageTo(number: string): string {
  return JSON.stringify({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: number,
    biz_opaque_callback_data: '0193a1b2-0000-7000-8000-000000000001',
    type: 'text',
    text: {
      body: 'JavaScript question of the day\n\nA function returns another function, and that one still reads a variable of the first, long after the first has returned. How is that possible, and what is it good for?',
    },
  });
}
