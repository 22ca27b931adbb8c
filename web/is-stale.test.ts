import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isStale } from './is-stale.ts';

const MONDAY = new Date('2026-11-23T09:00:00Z');
const TUESDAY = new Date('2026-11-24T09:00:00Z');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'is-stale-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('is stale when nothing was built', async () => {
  await write('web/main.tsx', MONDAY);
  expect(await stale()).toBe(true);
});

it('is fresh when everything is older than what was built', async () => {
  await write('web/phone/main.tsx', MONDAY);
  await write('package-lock.json', MONDAY);
  await write('web/dist/index.html', TUESDAY);
  expect(await stale()).toBe(false);
});

it('is stale when a file in the depth of a folder is newer', async () => {
  await write('web/phone/main.tsx', TUESDAY);
  await write('web/dist/index.html', MONDAY);
  expect(await stale()).toBe(true);
});

it('is stale when a single named file is newer', async () => {
  await write('package-lock.json', TUESDAY);
  await write('web/dist/index.html', MONDAY);
  expect(await stale()).toBe(true);
});

it('does not count what was built itself', async () => {
  await write('web/dist/index.html', MONDAY);
  await write('web/dist/assets/phone.js', TUESDAY);
  expect(await stale()).toBe(false);
});

it('bears it that a source is not there', async () => {
  await write('web/dist/index.html', MONDAY);
  expect(await stale()).toBe(false);
});

function stale(): Promise<boolean> {
  const sources = [join(folder, 'web'), join(folder, 'package-lock.json')];
  return isStale(join(folder, 'web/dist/index.html'), sources, ['dist']);
}

async function write(name: string, at: Date): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '');
  await utimes(path, at, at);
}
