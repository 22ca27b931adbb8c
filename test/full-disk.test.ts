import { type ChildProcess, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Emulator } from '../emulator/emulator.ts';
import type { Database } from '../server/store/connections.ts';
import { queryDatabase, someDatabase } from './build/database.ts';
import { freePort } from './free-port.ts';
import {
  askedOf,
  emulatorInRealTime,
  environmentFor,
  helpedOf,
  isReady,
  peopleWithWelcome,
  startService,
  tallyOf,
  troublesOf,
  until,
  untilNothingIsLeftToDo,
} from './real-service.ts';

const LEARNERS = 100;
/** `FULL_DISK_SECONDS=120` leaves it full for longer. */
const FULL_FOR_MS = Number(process.env.FULL_DISK_SECONDS ?? 3) * 1000;
/** Not a byte can be written, wherever in the file: after a checkpoint the log of SQLite begins at its start again. */
const NO_ROOM_BYTES = 1;
/** From util-linux. The limit is of one process, so that this needs neither a disk of its own nor rights. */
const PRLIMIT = '/usr/bin/prlimit';

let emulator: Emulator | undefined;
let service: ChildProcess | undefined;
afterEach(async () => {
  service?.kill('SIGKILL');
  await emulator?.close();
});

describe.skipIf(!existsSync(PRLIMIT))('a SQLite file without room in the middle of a morning', () => {
  it('turns notifications away and says so, then goes on by itself: everybody is asked once and heard', async () => {
    const database = await someDatabase();
    const port = await freePort();
    emulator = emulatorInRealTime(port);
    const { url: apiBaseUrl } = await emulator.start();
    service = await startService(port, environmentFor({ database, apiBaseUrl, messagesPerSecond: 40 }));
    const phones = await peopleWithWelcome(emulator, port, LEARNERS);
    const early = phones.slice(0, LEARNERS / 2);
    const late = phones.slice(LEARNERS / 2);

    for (const phone of early) phone.tap('Start');
    await until(
      () => emulator !== undefined && askedOf(emulator).length >= early.length / 4,
      'a few are asked',
    );
    limitFiles(service, String(NO_ROOM_BYTES));
    await until(async () => !(await isReady(port)), 'the service says that it is not ready');
    expect(await troublesOf(port)).toEqual([expect.stringMatching(/^The disk with the database/)]);
    const fullSince = Date.now();
    const triedSince = () =>
      emulator?.webhooks.filter(({ at, durationMs }) => at - durationMs >= fullSince) ?? [];
    for (const phone of late) phone.tap('Start');
    for (const phone of phones) phone.say('HELP');
    await until(() => triedSince().length > 0, 'a notification was tried');
    await sleep(FULL_FOR_MS);
    expect(await isReady(port)).toBe(false);
    expect(triedSince().filter((it) => it.status !== 503)).toEqual([]);
    expect(await unheardWithoutJob(database)).toEqual([]);

    limitFiles(service, 'unlimited');
    await until(() => isReady(port), 'the service is ready again');
    await until(() => emulator !== undefined && tallyOf(emulator).asked === LEARNERS, 'everybody is asked');
    // Meta brings what was turned away after pauses of its own.
    await until(() => emulator !== undefined && helpedOf(emulator).size === LEARNERS, 'everybody is helped');
    await untilNothingIsLeftToDo(database);
    expect(tallyOf(emulator)).toEqual({ asked: LEARNERS, twice: 0 });
    expect(helpedOf(emulator)).toEqual(new Map(phones.map((phone) => [phone.number, 1])));
    expect(
      await queryDatabase(database, 'SELECT state, count(*) AS count FROM inbox GROUP BY state'),
    ).toEqual([{ state: 'heard', count: 2 * LEARNERS }]);
    expect(await queryDatabase(database, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect([service.exitCode, service.signalCode]).toEqual([null, null]);
  });
});

/** Node ignores the signal that comes with it, so that writing fails with an error as on a full disk. */
function limitFiles(process: ChildProcess, bytes: string): void {
  execFileSync(PRLIMIT, ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`]);
}

/** A message that was stored, and nobody would ever look at it. */
function unheardWithoutJob(database: Database): Promise<Record<string, unknown>[]> {
  return queryDatabase(
    database,
    `SELECT id FROM inbox WHERE state = 'unheard'
     AND NOT EXISTS (SELECT * FROM jobs WHERE name = 'hear-lane' AND key = inbox.lane)`,
  );
}
