import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the test's own, gone when the test ends. Call it before anything that keeps a file in it open. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'interview-bot-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
