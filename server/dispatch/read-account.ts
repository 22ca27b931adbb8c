import type { Channel } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { LeaveJob } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { recordFact } from '../store/account-facts.ts';
import type { Store } from '../store/store.ts';
import { recordTemplateNews } from '../store/template-states.ts';

/**
 * Asks WhatsApp how things stand: how many people we may write to first in a day, whether there is a payment method,
 * and the state of each template. Notifications tell most of it sooner, but they can be missed.
 */
export function createReadAccount(it: {
  store: Store;
  channel: Channel;
  leave: LeaveJob;
  events: Events;
  now: () => number;
}): () => Promise<JobOutcome> {
  const { store, channel, leave, events, now } = it;
  return async () => {
    // What changes while the answer is on its way is newer than the answer.
    const at = now();
    const told = await channel.readAccount();
    await store.transact(async (tx) => {
      if (told.dailyLimit !== null) {
        await recordFact(tx, { fact: 'daily_limit', value: String(told.dailyLimit), at });
      }
      if (told.quality !== null) await recordFact(tx, { fact: 'quality', value: told.quality, at });
      if (told.hasPaymentMethod !== null) {
        const value = told.hasPaymentMethod ? 'present' : 'missing';
        await recordFact(tx, { fact: 'payment_method', value, at });
      }
      for (const template of told.templates) {
        await recordTemplateNews(tx, { news: { ...template, at }, leave, events, now: now() });
      }
    });
    return done;
  };
}
