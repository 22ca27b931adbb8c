import { sql } from 'kysely';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { someService } from '../../test/build/scene.ts';
import { someFile } from '../../test/build/some-file.ts';
import { someStore } from '../../test/build/store.ts';
import { createBank } from '../bank.ts';
import type { InboundMessage } from '../channels/channel.ts';
import { createEvents } from '../events.ts';
import { createLeaveJob } from '../jobs.ts';
import { createSqliteEngine } from '../queue/engines/sqlite.ts';
import { createCommitTurn } from '../store/commit-turn.ts';
import { newId, type Store } from '../store/store.ts';
import { DatabaseUnavailable } from '../store/unavailable.ts';
import { createHearLane } from './hear-lane.ts';
import { createReceive } from './receive.ts';

const NOW = Date.UTC(2026, 0, 5, 9);
const HELLO: InboundMessage = {
  channelId: 'wamid.hello',
  sender: { phone: '15550101', waId: null, bsuid: null },
  heard: { kind: 'text', text: 'hello' },
  about: null,
  sentAt: NOW,
};

it('a message that finds no room on the disk waits for room, however often it was tried', async () => {
  const store = await someStore({ kind: 'sqlite', file: someFile() });
  const events = createEvents({ log: pino({ level: 'silent' }), registry: new Registry() });
  const now = () => NOW;
  const engine = createSqliteEngine({
    store,
    now,
    luck: () => 0,
    onThrow: () => {},
    onDead: () => {},
    onTrouble: () => {},
  });
  const leave = createLeaveJob(engine, now);
  const shared = { store, leave, events, now, service: someService(), bank: createBank([]) };
  const hearLane = createHearLane({
    ...shared,
    commitTurn: createCommitTurn({ leave, learn: async () => {}, events }),
  });
  const reading = { messages: [HELLO], statuses: [], templates: [], account: [], unreadable: [], ignored: 0 };
  await createReceive(shared)(reading);
  const [{ lane = '' } = {}] = await store.read.q.selectFrom('inbox').select('lane').execute();

  await fill(store);
  for (let run = 0; run < 8; run++) await expect(hearLane({ lane })).rejects.toThrow(DatabaseUnavailable);
  expect(await store.read.q.selectFrom('inbox').select(['state', 'failures']).execute()).toEqual([
    { state: 'unheard', failures: 0 },
  ]);
  await limitPages(store, MANY);
  await hearLane({ lane });
  expect(await store.read.q.selectFrom('inbox').select('state').execute()).toEqual([{ state: 'heard' }]);
});

const MANY = 1_000_000;

/** Until the reply to a message finds no room; what is there can still be changed, as on a real disk. */
async function fill(store: Store): Promise<void> {
  await limitPages(store, 1);
  for (const bytes of [2000, 200, 20, 0]) while (await findsRoom(store, bytes)) {}
}

async function findsRoom(store: Store, bytes: number): Promise<boolean> {
  const job = {
    id: newId(),
    name: 'filler',
    key: null,
    payload: '0'.repeat(bytes),
    priority: 0,
    run_at: NOW,
  };
  const rest = { state: 'dead', attempts: 0, error: null, trace: '', created_at: NOW } as const;
  return store
    .transact((tx) =>
      tx.q
        .insertInto('jobs')
        .values({ ...job, ...rest })
        .execute(),
    )
    .then(
      () => true,
      () => false,
    );
}

/** Fewer than there are already means: no more than these. */
async function limitPages(store: Store, pages: number): Promise<void> {
  await store.transact((tx) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(tx.q));
}
