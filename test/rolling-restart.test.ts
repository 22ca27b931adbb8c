import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Emulator, PhoneHandle } from '../emulator/emulator.ts';
import { queryDatabase, someDatabase } from './build/database.ts';
import { freePort } from './free-port.ts';
import { hasNginx, startNginx } from './nginx.ts';
import {
  emulatorInRealTime,
  environmentFor,
  helpedOf,
  peopleWithWelcome,
  startService,
  until,
  untilNothingIsLeftToDo,
} from './real-service.ts';

const LEARNERS = 100;
/** `ROLLING_ROUNDS=10` restarts each process so often. */
const ROUNDS = Number(process.env.ROLLING_ROUNDS ?? 1);
const SAY_EVERY_MS = 100;

let emulator: Emulator | undefined;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await emulator?.close();
});

describe.skipIf(!hasNginx)('two processes behind nginx that are restarted one after the other', () => {
  it('take every message exactly once and answer each, while people go on writing', async () => {
    const database = await someDatabase();
    const balancer = await freePort();
    emulator = emulatorInRealTime(balancer);
    const { url: apiBaseUrl } = await emulator.start();
    const environment = environmentFor({ database, apiBaseUrl, messagesPerSecond: 80 });
    const ports = [await freePort(), await freePort()];
    const running = new Map<number, ChildProcess>();
    for (const port of ports) running.set(port, await start(port));
    children.push(await startNginx(balancer, ports));
    const phones = await peopleWithWelcome(emulator, ports[0] ?? balancer, LEARNERS);

    const writing = keepWriting(phones);
    // On a quick machine the rounds are over before everybody has written: then there are more of them.
    for (let round = 0; round < ROUNDS || writing.count() <= LEARNERS; round++) {
      for (const port of ports) {
        const child = running.get(port);
        child?.kill('SIGTERM');
        if (child?.exitCode === null) await once(child, 'exit');
        expect(child?.exitCode).toBe(0);
        running.set(port, await start(port));
      }
    }
    const said = await writing.stop();
    const total = writing.count();
    await until(async () => (await messagesIn(database)) === total, 'every message is stored');
    await untilNothingIsLeftToDo(database);

    expect(total).toBeGreaterThan(LEARNERS);
    expect(await messagesIn(database)).toBe(total);
    expect(helpedOf(emulator)).toEqual(said);
    // A 502 is nginx's own: it found nobody to ask. A 503 is a process that is shutting down.
    const refused = emulator.webhooks.filter((it) => it.status === 502 || it.status === 503);
    expect(refused.length).toBe(0);

    async function start(port: number): Promise<ChildProcess> {
      const child = await startService(port, environment);
      children.push(child);
      return child;
    }
  });
});

/** One after the other, without a pause, until they are told to stop. Answers with how often each number has written. */
function keepWriting(phones: readonly PhoneHandle[]) {
  const said = new Map<string, number>();
  let isOver = false;
  const writing = write();
  return {
    count: () => said.values().reduce((sum, count) => sum + count, 0),
    async stop(): Promise<ReadonlyMap<string, number>> {
      isOver = true;
      await writing;
      return said;
    },
  };

  async function write(): Promise<void> {
    for (let turn = 0; !isOver; turn++) {
      const phone = phones[turn % phones.length];
      if (phone === undefined) return;
      phone.say('HELP');
      said.set(phone.number, (said.get(phone.number) ?? 0) + 1);
      await sleep(SAY_EVERY_MS);
    }
  }
}

async function messagesIn(database: Parameters<typeof queryDatabase>[0]): Promise<number> {
  const [row] = await queryDatabase(database, 'SELECT count(*) AS count FROM inbox');
  return Number(row?.count);
}
