import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { PATIENCE_MS } from '../../test/patience.ts';
import { createDatabaseWatch } from './database-watch.ts';
import { DatabaseUnavailable } from './unavailable.ts';

const GONE = new DatabaseUnavailable('The database does not answer.', 'gone');

it('a single connection that broke is told to nobody', async () => {
  const { watch, told } = someWatch({ failures: 0 });
  watch.lost(GONE);
  expect(watch.heldBackUntil()).toBe(1000);
  await sleep(100);
  expect([watch.trouble(), told]).toEqual([null, []]);
});

it('a database that is away is told once, and once more when it is back', async () => {
  const { watch, told, proofs } = someWatch({ failures: 2 });
  for (let query = 0; query < 20; query++) watch.lost(GONE);
  await until(() => watch.trouble() !== null);
  expect(watch.trouble()).toBe('The database does not answer.');
  await until(() => watch.trouble() === null);
  expect(told).toEqual(['lost', 'back']);
  // Twenty who met it look together.
  expect(proofs()).toBe(3);
});

it('holds its peace for twice as long as the outage was: Meta may need that long to try again', async () => {
  const clock = { now: 1000 };
  const { watch } = someWatch({ failures: 1, clock });
  watch.lost(GONE);
  await until(() => watch.trouble() !== null);
  clock.now = 61_000;
  watch.lost(GONE);
  expect(watch.heldBackUntil()).toBe(61_000 + 120_000);
  await until(() => watch.trouble() === null);
  clock.now = 62_000;
  watch.lost(GONE);
  expect(watch.heldBackUntil()).toBe(61_000 + 120_000);
});

function someWatch(it: { failures: number; clock?: { now: number } }) {
  const told: string[] = [];
  let proofs = 0;
  const watch = createDatabaseWatch({
    async prove() {
      proofs += 1;
      if (proofs <= it.failures) throw GONE;
    },
    now: () => it.clock?.now ?? 1000,
    onLost: () => told.push('lost'),
    onBack: () => told.push('back'),
  });
  onTestFinished(() => watch.stop());
  return { watch, told, proofs: () => proofs };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('Five minutes passed');
    await sleep(5);
  }
}
