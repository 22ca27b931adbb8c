import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * True when `built` is missing or older than any file under `sources` (files or folders).
 * Folders named in `except` are passed over, wherever they stand.
 */
export async function isStale(
  built: string,
  sources: readonly string[],
  except: readonly string[],
): Promise<boolean> {
  const builtAt = await changedAt(built);
  if (builtAt === null) return true;
  for (const source of sources) {
    if ((await newestIn(source, except)) > builtAt) return true;
  }
  return false;
}

async function newestIn(path: string, except: readonly string[]): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (entries === null) return (await changedAt(path)) ?? 0;
  const times = entries
    .filter((entry) => !except.includes(entry.name))
    .map((entry) => newestIn(join(path, entry.name), except));
  return Math.max(0, ...(await Promise.all(times)));
}

async function changedAt(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found?.mtimeMs ?? null;
}
