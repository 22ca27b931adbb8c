import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, it, onTestFinished } from 'vitest';
import { queryDatabase, someDatabase } from '../../test/build/database.ts';
import { PATIENCE_MS } from '../../test/patience.ts';
import { createDispatchLease } from './dispatch-lease.ts';

it('is held by one process at a time, and passes on when that one is gone', async () => {
  const database = await someDatabase();
  const open = () => {
    const lease = createDispatchLease({ database, onHeld: () => {} });
    void lease.start();
    onTestFinished(() => lease.stop());
    return lease;
  };
  const first = open();
  await until(() => first.isHeld());
  if (inject('database') === 'sqlite') return;
  const second = open();
  await sleep(1500);
  expect([first.isHeld(), second.isHeld()]).toEqual([true, false]);

  // As when its machine is cut off: the server ends the connection.
  await queryDatabase(
    database,
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`,
  );
  await until(() => [first, second].filter((lease) => lease.isHeld()).length === 1);
  const holder = first.isHeld() ? first : second;
  const other = first.isHeld() ? second : first;
  await holder.stop();
  await until(() => other.isHeld());
  expect(holder.isHeld()).toBe(false);
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('Five minutes passed');
    await sleep(20);
  }
}
