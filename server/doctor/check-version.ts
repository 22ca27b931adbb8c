import type { Answer } from '../channels/whatsapp/management/answer.ts';
import { VERSION_ENDS, type VersionProbe } from '../channels/whatsapp/management/version-probe.ts';
import { type Check, failed, ok, warning } from './check.ts';
import { unanswered } from './unanswered.ts';

const DAYS = 24 * 60 * 60 * 1000;
const WARN_BEFORE_MS = 60 * DAYS;
const ANOTHER =
  'Set WHATSAPP_API_VERSION in .env to a newer version, such as v25.0, and start the service again.';

/** Whether Meta still knows the version of its API that we speak. */
export function checkVersion(probe: Answer<VersionProbe>, it: { version: string; now: number }): Check {
  const name = 'API version';
  if (probe.kind === 'failed') return unanswered(name, probe.failure);
  if (!probe.value.isAlive)
    return failed(name, `Meta does not know version ${it.version} of its API.`, ANOTHER);
  const end = VERSION_ENDS[it.version];
  if (end !== undefined && Date.parse(end) - it.now < WARN_BEFORE_MS) {
    return warning(name, `${it.version} is alive, and Meta switches it off on ${end}.`, ANOTHER);
  }
  return ok(name, `${it.version} is alive.`);
}
