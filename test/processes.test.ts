import type { ChildProcess } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
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

/** The long form: `PROCESSES_LEARNERS=2000 PROCESSES_SEEDS=1,2,3,4,5,6,7,8,9,10 PROCESSES_PER_SECOND=80`. */
const LEARNERS = Number(process.env.PROCESSES_LEARNERS ?? 300);
const SEEDS = process.env.PROCESSES_SEEDS?.split(',').map(Number);
const MESSAGES_PER_SECOND = Number(process.env.PROCESSES_PER_SECOND ?? 40);
const SHAPES = [
  { shape: 'two that do both halves', roles: ['web,worker', 'web,worker'], seeds: SEEDS ?? [1] },
  {
    shape: 'two for the web and two workers',
    roles: ['web', 'web', 'worker', 'worker'],
    seeds: SEEDS ?? [2],
  },
];

let emulator: Emulator | undefined;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await emulator?.close();
});

describe.skipIf(!hasNginx)('several processes on one PostgreSQL behind nginx', () => {
  it.each(SHAPES.flatMap((it) => it.seeds.map((seed) => ({ ...it, seed }))))(
    '$shape ask each learner exactly once at the pace of the number, although one is killed (seed $seed)',
    async ({ roles, seed }) => {
      const lateness = monitorEventLoopDelay();
      lateness.enable();
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
      // Meta would not be late; what reached us while we were busy with something else all seems to come at once.
      const longestLateSeconds = lateness.max / NANOSECONDS_PER_SECOND;
      const most = Math.ceil(MESSAGES_PER_SECOND * (1 + longestLateSeconds));
      expect(mostInASecond(emulator)).toBeLessThanOrEqual(most);
    },
  );
});

const NANOSECONDS_PER_SECOND = 1e9;

/** The most that Meta was sent in any second. */
function mostInASecond(from: Emulator): number {
  const at = from.sends.map((send) => send.at);
  return Math.max(...at.map((start) => at.filter((it) => it >= start && it < start + 1000).length));
}
