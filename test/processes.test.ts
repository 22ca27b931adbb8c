import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Emulator } from '../emulator/emulator.ts';
import { createLuck } from '../emulator/luck.ts';
import { someDatabase } from './build/database.ts';
import { freePort } from './free-port.ts';
import { hasNginx, startNginx } from './nginx.ts';
import {
  askedOf,
  emulatorInRealTime,
  environmentFor,
  GRACE_SECONDS,
  peopleWithWelcome,
  startService,
  tallyOf,
  until,
} from './real-service.ts';

const LEARNERS = 300;
const MESSAGES_PER_SECOND = 40;

let emulator: Emulator | undefined;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await emulator?.close();
});

describe.skipIf(!hasNginx)('several processes on one PostgreSQL behind nginx', () => {
  it.each([
    ['two that do both halves', ['web,worker', 'web,worker'], 1],
    ['two for the web and two workers', ['web', 'web', 'worker', 'worker'], 2],
  ] as const)(
    '%s ask each learner exactly once at the pace of the number, although one is killed',
    async (_name, roles, seed) => {
      const luck = createLuck(seed);
      const database = await someDatabase();
      const balancer = await freePort();
      emulator = emulatorInRealTime(balancer);
      const { url: apiBaseUrl } = await emulator.start();
      const environment = environmentFor({ database, apiBaseUrl, messagesPerSecond: MESSAGES_PER_SECOND });
      const processes: ChildProcess[] = [];
      const webPorts: number[] = [];
      for (const role of roles) {
        const port = await freePort();
        const child = await startService(port, { ...environment, ROLES: role });
        children.push(child);
        processes.push(child);
        if (role.includes('web')) webPorts.push(port);
      }
      children.push(await startNginx(balancer, webPorts));
      // Past nginx, which rightly takes them all for one address: that would be a flood.
      const phones = await peopleWithWelcome(emulator, webPorts[0] ?? balancer, LEARNERS);

      for (const phone of phones) phone.tap('Start');
      const killedAt = 20 + luck.below(LEARNERS / 2);
      await until(() => emulator !== undefined && askedOf(emulator).length >= killedAt, 'the kill');
      const victim = processes[luck.below(processes.length)];
      victim?.kill('SIGKILL');
      await until(() => emulator !== undefined && tallyOf(emulator).asked === LEARNERS, 'everybody is asked');
      await sleep((GRACE_SECONDS + 5) * 1000);
      expect(tallyOf(emulator)).toEqual({ asked: LEARNERS, twice: 0 });
      // Two that did not know of each other would send twice as many.
      expect(mostIn(emulator, 5)).toBeLessThanOrEqual(5 * MESSAGES_PER_SECOND);
    },
  );
});

/** The most that Meta was sent in so many seconds on end. */
function mostIn(from: Emulator, seconds: number): number {
  const at = from.sends.map((send) => send.at);
  return Math.max(...at.map((start) => at.filter((it) => it >= start && it < start + seconds * 1000).length));
}
