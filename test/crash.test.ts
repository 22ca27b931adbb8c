import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Emulator } from '../emulator/emulator.ts';
import { createLuck } from '../emulator/luck.ts';
import { someDatabase } from './build/database.ts';
import { freePort } from './free-port.ts';
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

const LEARNERS = 400;
const KILLS = 20;
/** A kill comes when so many more questions have reached the emulator, and a moment later still. */
const MOST_BETWEEN_KILLS = 6;
const LONGEST_MOMENT_MS = 30;
/**
 * Well within the grace time. Meta's pauses grow with the time for which it finds nobody, and twenty starts take as long
 * as the machine is slow: what is proved here is what a kill does, not what a day without anybody does.
 */
const LONGEST_RETRY_PAUSE_MS = 10_000;
/** `CRASH_SEED=…` repeats the moments of one run, as far as a real process can repeat anything. */
const SEED = Number(process.env.CRASH_SEED ?? randomInt(2 ** 31));

let emulator: Emulator | undefined;
let service: ChildProcess | undefined;
afterEach(async () => {
  service?.kill('SIGKILL');
  await emulator?.close();
});

describe('a process that is killed again and again in the middle of sending', () => {
  it(`asks each of ${LEARNERS} learners exactly once (seed ${SEED})`, async () => {
    const luck = createLuck(SEED);
    const database = await someDatabase();
    const port = await freePort();
    emulator = emulatorInRealTime(port, { longestRetryPauseMs: LONGEST_RETRY_PAUSE_MS });
    const { url: apiBaseUrl } = await emulator.start();
    const environment = environmentFor({ database, apiBaseUrl, messagesPerSecond: 100 });
    service = await startService(port, environment);
    const phones = await peopleWithWelcome(emulator, port, LEARNERS);

    // Meta takes every tenth message and the connection breaks before it says so.
    emulator.change({ sending: { dropAnswerAfterAccept: 0.1 } });
    for (const phone of phones) phone.tap('Start');
    for (let kill = 1; kill <= KILLS; kill++) {
      const questions = askedOf(emulator).length + 1 + luck.below(MOST_BETWEEN_KILLS);
      const reached = Math.min(questions, LEARNERS);
      await until(() => emulator !== undefined && askedOf(emulator).length >= reached, `kill ${kill}`);
      await sleep(luck.below(LONGEST_MOMENT_MS));
      service.kill('SIGKILL');
      await once(service, 'exit');
      service = await startService(port, environment);
    }
    const { asked } = tallyOf(emulator);
    await until(
      () => emulator !== undefined && tallyOf(emulator).asked === LEARNERS,
      `all but ${asked} are asked`,
    );
    // Whatever would be sent a second time is sent when the grace time of the last kill is over.
    await sleep((GRACE_SECONDS + 5) * 1000);
    expect(tallyOf(emulator)).toEqual({ asked: LEARNERS, twice: 0 });
  });
});
