import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { isStale } from './is-stale.ts';

const WEB = import.meta.dirname;
const DIST = join(WEB, 'dist');
const PAGE = join(DIST, 'index.html');
const SOURCES = [WEB, join(WEB, '../contract'), join(WEB, '../package-lock.json')];

/** Builds `web/dist` when it is missing or older than what it is made of; otherwise does nothing, quickly. */
export async function buildIfStale(): Promise<void> {
  if (!(await isStale(PAGE, SOURCES, ['dist']))) return;
  const vite = await loadVite();
  if (vite === null) {
    // An installation without development packages brings its pages along; the ages of copied files mean nothing.
    if (await exists(PAGE)) return;
    throw new Error(
      'The pages in web/dist are missing and Vite is not installed to build them: run `npm ci`.',
    );
  }
  const startedAt = new Date();
  const files = await build(vite);
  await removeLeftovers(files);
  // A source saved while the build ran is newer than what the build read.
  await utimes(PAGE, startedAt, startedAt);
  console.log(`Built the phone page in ${((Date.now() - startedAt.getTime()) / 1000).toFixed(1)} s.`);
}

type Vite = typeof import('vite');

async function loadVite(): Promise<Vite | null> {
  try {
    return await import('vite');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** Returns the names of the files it wrote, relative to `dist`. */
async function build(vite: Vite): Promise<Set<string>> {
  const before = process.env.NODE_ENV;
  // React picks its slow development half by this variable, and Vite leaves it set behind itself.
  process.env.NODE_ENV = 'production';
  try {
    const built = await vite.build({
      configFile: join(WEB, 'vite.config.ts'),
      configLoader: 'native',
      logLevel: 'warn',
      // Two processes may build at once; an emptied folder in between would be a missing page.
      build: { emptyOutDir: false },
    });
    if ('on' in built) throw new Error('Vite is watching instead of building.');
    const outputs = Array.isArray(built) ? built : [built];
    return new Set(outputs.flatMap((it) => it.output.map((file) => file.fileName)));
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

async function removeLeftovers(written: ReadonlySet<string>): Promise<void> {
  const found = await readdir(join(DIST, 'assets'));
  const leftovers = found.map((name) => `assets/${name}`).filter((name) => !written.has(name));
  await Promise.all(leftovers.map((name) => rm(join(DIST, name), { force: true })));
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
