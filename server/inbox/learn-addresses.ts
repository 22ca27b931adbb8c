import type { Sender } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { JobPayloads, LeaveJob } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { identify } from '../store/identify.ts';
import type { Store, Writer } from '../store/store.ts';

/** A status names somebody by a number and by an id: from now on we know them by both. */
export function createLearnAddresses(it: {
  store: Store;
  leave: LeaveJob;
  events: Events;
  now: () => number;
}): (job: JobPayloads['learn-addresses']) => Promise<JobOutcome> {
  const { store, leave, events, now } = it;

  return async ({ ids }) => {
    for (const id of ids) await store.transact((tx) => learn(tx, id));
    return done;
  };

  async function learn(tx: Writer, id: string): Promise<void> {
    const row = await tx.q
      .selectFrom('deliveries')
      .select(['recipient_sealed', 'at'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined || row.recipient_sealed === null) return;
    const shown = JSON.parse(tx.sealer.open(row.recipient_sealed, 'deliveries.recipient', id)) as Sender;
    await identify(tx, { shown, at: row.at, mayTake: false, now: now(), leave, events });
    await tx.q.updateTable('deliveries').set({ recipient_sealed: null }).where('id', '=', id).execute();
  }
}
