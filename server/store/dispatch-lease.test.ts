import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, it, onTestFinished } from 'vitest';
import { queryDatabase, someDatabase } from '../../test/build/database.ts';
import { startCuttableProxy } from '../../test/cuttable-proxy.ts';
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
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  await until(() => [first, second].filter((lease) => lease.isHeld()).length === 1);
  const holder = first.isHeld() ? first : second;
  const other = first.isHeld() ? second : first;
  await holder.stop();
  await until(() => other.isHeld());
  expect(holder.isHeld()).toBe(false);
});

// On SQLite there is no connection that could break.
if (inject('database') === 'postgres') {
  it('is let go at the moment its connection breaks: another process may have it already', async () => {
    const { proxy, url, database } = await throughProxy();
    const cutOff = createDispatchLease({ database: url, onHeld: () => {} });
    onTestFinished(() => cutOff.stop());
    void cutOff.start();
    await until(() => cutOff.isHeld());
    const atTheSameTime: boolean[] = [];
    const other = createDispatchLease({ database, onHeld: () => atTheSameTime.push(cutOff.isHeld()) });
    onTestFinished(() => other.stop());
    void other.start();
    proxy.cut();
    await until(() => other.isHeld());
    expect(atTheSameTime).toEqual([false]);
  });

  it('is tried for again after a server that took the connection and never answered', async () => {
    const { proxy, url } = await throughProxy();
    proxy.hang();
    const lease = createDispatchLease({ database: url, onHeld: () => {} });
    onTestFinished(() => lease.stop());
    const tried = lease.start();
    await sleep(1000);
    proxy.mend();
    await tried;
    await until(() => lease.isHeld());
  });
}

async function throughProxy() {
  const database = await someDatabase();
  if (database.kind !== 'postgres') throw new Error('Only a server can be cut off');
  const url = new URL(database.url);
  const proxy = await startCuttableProxy({ host: url.hostname, port: Number(url.port || 5432) });
  onTestFinished(proxy.close);
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  return { proxy, database, url: { ...database, url: url.href } };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('Five minutes passed');
    await sleep(20);
  }
}
