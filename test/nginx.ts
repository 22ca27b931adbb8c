import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './build/temporary-folder.ts';
import { isReady, until } from './real-service.ts';

const NGINX = '/usr/sbin/nginx';

/** Debian's. Where there is none, what needs it is skipped. */
export const hasNginx = existsSync(NGINX);

/** nginx with the configuration that we ship, with ports that are free here. */
export async function startNginx(port: number, webPorts: readonly number[]): Promise<ChildProcess> {
  const folder = temporaryFolder();
  const shipped = await readFile(join(import.meta.dirname, '../deploy/nginx.conf'), 'utf8');
  const [, settings = ''] = /server 127\.0\.0\.1:\d+ (.*;)\n/.exec(shipped) ?? [];
  const servers = webPorts.map((it) => `server 127.0.0.1:${it} ${settings}`);
  const own = shipped
    .replace(/pid .*;/, `pid ${join(folder, 'nginx.pid')};\nerror_log ${join(folder, 'error.log')};`)
    .replace(/( *server 127\.0\.0\.1:\d+ .*;\n)+/, `${servers.join('\n')}\n`)
    .replace('listen 80;', `listen 127.0.0.1:${port};`);
  const file = join(folder, 'nginx.conf');
  await writeFile(file, own);
  const nginx = spawn(NGINX, ['-c', file, '-g', 'daemon off;'], { stdio: ['ignore', 'ignore', 'inherit'] });
  nginx.once('exit', (code) => {
    if (code !== null && code !== 0) throw new Error(`nginx ended with code ${code}`);
  });
  await until(() => isReady(port), 'nginx answers');
  return nginx;
}
