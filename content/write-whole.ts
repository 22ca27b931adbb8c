import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Writes a file so that whoever looks, after a kill or a full disk too, finds the old one or the new one whole. */
export function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  // Beside it, because only there a rename is one step; with a dot, which no reader of the bank looks at.
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}`);
  try {
    const descriptor = openSync(draft, 'w');
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
