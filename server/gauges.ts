import { Gauge, type Registry } from 'prom-client';
import type { JobEngine } from './queue/engine.ts';
import { dailyLimit, factOf } from './store/account-facts.ts';
import { billedMessages, monthOf } from './store/billed-messages.ts';
import { contactsCounted, waitingList } from './store/initiated-contacts.ts';
import { openStoppages } from './store/stoppages.ts';
import type { Store } from './store/store.ts';
import { currentTroubles } from './store/troubles.ts';

/** How things stand at the moment of asking, read from the database each time: a restart forgets none of it. */
export function registerGauges(it: {
  registry: Registry;
  store: Store;
  engine: JobEngine;
  configuredDailyLimit: number | null;
  now: () => number;
}): void {
  const { registry, store, engine, now } = it;
  const db = store.read;

  gauge('jobs', 'Jobs by name and state', ['name', 'state'], async (set) => {
    for (const { name, state, count } of await engine.counts()) set({ name, state }, count);
  });
  gauge('troubles', 'Troubles that an operator must mend now', ['about'], async (set) => {
    const byAbout = Map.groupBy(await currentTroubles(db, now()), ({ about }) => about);
    for (const [about, troubles] of byAbout) set({ about }, troubles.length);
  });
  gauge('stoppages', 'Where sending stands still', ['scope'], async (set) => {
    for (const { scope } of await openStoppages(db)) set({ scope }, 1);
  });
  gauge('held_messages', 'Messages that wait, by what they wait for', ['held_for'], async (set) => {
    const rows = await db.q
      .selectFrom('messages')
      .select((eb) => ['held_for', eb.fn.countAll<number>().as('count')])
      .where('held_for', 'is not', null)
      .where('state', '=', 'planned')
      .groupBy('held_for')
      .execute();
    for (const { held_for, count } of rows) set({ held_for: held_for ?? '' }, Number(count));
  });
  gauge('waiting_learners', 'Learners in line for a place of the daily limit', [], async (set) =>
    set({}, (await waitingList(db)).count),
  );
  gauge('longest_wait_seconds', 'How long the first in that line has waited', [], async (set) => {
    const { since } = await waitingList(db);
    set({}, since === null ? 0 : (now() - since) / 1000);
  });
  gauge('daily_limit', 'People we may write to first in a day; absent when unlimited', [], async (set) => {
    const limit = await dailyLimit(db, it.configuredDailyLimit);
    if (limit !== null) set({}, limit);
  });
  gauge('daily_limit_used', 'People written to first in the last day', [], async (set) =>
    set({}, await contactsCounted(db, now())),
  );
  gauge('payment_method', '1 when the account has one, 0 when not; absent while unknown', [], async (set) => {
    const fact = await factOf(db, 'payment_method');
    if (fact !== null) set({}, fact === 'present' ? 1 : 0);
  });
  gauge(
    'billed_messages_this_month',
    'Delivered messages of this month (UTC) by price',
    ['type', 'category'],
    async (set) => {
      const month = monthOf(now());
      for (const row of await billedMessages(db)) {
        if (row.month === month) set({ type: row.type, category: row.category }, row.count);
      }
    },
  );

  function gauge(
    name: string,
    help: string,
    labelNames: readonly string[],
    read: (set: (labels: Record<string, string>, value: number) => void) => Promise<void>,
  ): void {
    const made = new Gauge({
      name: `interview_bot_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      async collect() {
        this.reset();
        await read((labels, value) => this.set(labels, value));
      },
    });
    // Without a value yet there is none: a gauge with no labels begins with a nought that nobody has measured.
    made.reset();
  }
}
