import type { Answer } from '../channels/whatsapp/management/answer.ts';
import type { VersionProbe } from '../channels/whatsapp/management/version-probe.ts';
import { type Check, failed, notChecked, ok } from './check.ts';
import { unanswered } from './unanswered.ts';

const SECONDS = 1000;
const FURTHEST_MS = 60 * SECONDS;

/** Windows, questions at nine and tokens are all reckoned by this machine's clock. `askedAt` is when Meta was asked. */
export function checkClock(probe: Answer<VersionProbe>, askedAt: number): Check {
  const name = 'clock';
  if (probe.kind === 'failed') return unanswered(name, probe.failure);
  const { timeThere } = probe.value;
  if (timeThere === null) return notChecked(name, 'the answer did not say what time it is there');
  const apart = Math.round(Math.abs(askedAt - timeThere) / SECONDS);
  if (apart * SECONDS <= FURTHEST_MS) return ok(name, 'This machine’s clock agrees with Meta’s.');
  const direction = askedAt > timeThere ? 'ahead of' : 'behind';
  return failed(
    name,
    `This machine’s clock is ${apart} seconds ${direction} Meta’s.`,
    'Switch the machine’s time synchronisation on: timedatectl set-ntp true',
  );
}
