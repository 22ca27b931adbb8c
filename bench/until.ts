import { setTimeout as sleep } from 'node:timers/promises';

const SECONDS = 1000;
/** Far longer than anything here takes on a busy machine: what takes longer is stuck. */
const PATIENCE_MS = 600 * SECONDS;

/** Looks every so often until it is so. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  it: { what: string; everyMs: number },
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Ten minutes passed before ${it.what}`);
    await sleep(it.everyMs);
  }
}
