import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from './write-whole.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whole-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file', () => {
  it('is written with the folders on the way to it, and nothing is left beside it', () => {
    writeWhole(join(folder, 'ruby', 'blocks.yaml'), 'one');
    writeWhole(join(folder, 'ruby', 'blocks.yaml'), 'two');
    expect(readFileSync(join(folder, 'ruby', 'blocks.yaml'), 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'ruby'))).toEqual(['blocks.yaml']);
  });

  it('that cannot be written leaves nothing behind', () => {
    mkdirSync(join(folder, 'blocks.yaml'));
    expect(() => writeWhole(join(folder, 'blocks.yaml'), 'one')).toThrow();
    expect(readdirSync(folder)).toEqual(['blocks.yaml']);
  });

  it('is the old one, whole, when its writer is killed in the middle of writing', () => {
    const file = join(folder, 'blocks.yaml');
    writeWhole(file, 'old');
    const { signal, stderr } = runAlone(`
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const write = fs.writeFileSync;
      fs.writeFileSync = (descriptor, text) => {
        write(descriptor, text.slice(0, text.length / 2));
        process.kill(process.pid, 'SIGKILL');
      };
      syncBuiltinESMExports();
      const { writeWhole } = await import(${MODULE});
      writeWhole(${JSON.stringify(file)}, 'brand new');`);
    expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
    expect(readFileSync(file, 'utf8')).toBe('old');
    // What the dead one began carries a dot, and the bank does not look at it.
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual(['blocks.yaml']);
  });

  it('is the old one, whole, when there is no room for the new one', () => {
    const file = join(folder, 'blocks.yaml');
    writeWhole(file, 'old');
    const { stderr } = runAlone(
      `import { writeWhole } from ${MODULE};
      writeWhole(${JSON.stringify(file)}, 'new'.repeat(100_000));`,
      'ulimit -f 100 && ',
    );
    expect(stderr).toContain('EFBIG');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['blocks.yaml']);
  });
});

const MODULE = JSON.stringify(new URL('./write-whole.ts', import.meta.url).href);

/** In a process of its own, after what the shell is told first. */
function runAlone(code: string, first = '') {
  const command = [process.execPath, '--input-type=module', '-e', code];
  return spawnSync('sh', ['-c', `${first}exec "$@"`, 'sh', ...command], { encoding: 'utf8' });
}
