import { probableLanguage } from '../../interview/languages/probable-language.ts';
import type { Service } from '../../interview/scene.ts';
import { strangerLine } from '../../interview/strangers.ts';
import { windowIsOpen } from '../../interview/window.ts';
import type { Channel, Recipient, Sender } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { JobPayloads } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';
import { learnerAt } from '../store/addresses.ts';
import { identifiersOf } from '../store/identify.ts';
import { openStoppages } from '../store/stoppages.ts';
import type { Store, Writer } from '../store/store.ts';
import { strangerMemory } from '../store/strangers.ts';

/**
 * One kind line to somebody who is not registered. It is a courtesy: crossed off before it is sent, so that it goes out
 * at most once whatever happens. Who they are stands in no job and in no message of ours, only sealed in the inbox.
 */
export function createGreetStranger(it: {
  store: Store;
  channel: Channel;
  service: Service;
  events: Events;
  now: () => number;
}): (job: JobPayloads['greet-stranger']) => Promise<JobOutcome> {
  const { store, channel, service, events, now } = it;

  return async ({ inboxId }) => {
    const owed = await store.transact((tx) => crossOff(tx, inboxId));
    if (owed === null) return done;
    const text = strangerLine(service, probableLanguage(owed.recipient));
    const outcome = await channel.send(
      owed.recipient,
      { form: 'text', text },
      { callbackData: `stranger:${inboxId}`, quoting: null },
    );
    events.strangerAnswered({ line: owed.line, outcome: outcome.kind });
    return done;
  };

  async function crossOff(
    tx: Writer,
    inboxId: string,
  ): Promise<{ line: 'greet' | 'help'; recipient: Recipient } | null> {
    const row = await tx.q.selectFrom('inbox').selectAll().where('id', '=', inboxId).executeTakeFirst();
    if (row === undefined || row.line === null || row.line === 'said') return null;
    await tx.q.updateTable('inbox').set({ line: 'said' }).where('id', '=', inboxId).execute();
    const sender = JSON.parse(tx.sealer.open(row.sender_sealed, 'inbox.sender', row.id)) as Sender;
    const identifiers = identifiersOf(sender);
    // Whoever registered meanwhile, or said STOP, needs no such line any more.
    if ((await learnerAt(tx, identifiers)) !== null || !windowIsOpen(row.sent_at, now())) return null;
    // While sending stands still, a courtesy is not what tries whether it is over.
    if ((await openStoppages(tx)).some(({ scope }) => scope === 'everything')) return null;
    const { silencedAt } = await strangerMemory(tx, identifiers);
    if (silencedAt !== null && row.line !== 'help') return null;
    return { line: row.line, recipient: { phone: sender.phone, bsuid: sender.bsuid } };
  }
}
