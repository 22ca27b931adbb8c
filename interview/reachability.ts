import { nextAskAt } from './day.ts';
import type { Scene } from './scene.ts';
import type { Turn } from './turn.ts';

/**
 * So many different days on which nothing reached a learner, with nothing that did between them: asking every
 * morning would go on for ever. One such day says little: a phone that is off, an old app, a passing fault.
 */
export const UNREACHABLE_AFTER_DAYS = 3;

/** Something of theirs or ours got through: whoever could not be reached is asked again from their next hour on. */
export function backInReach({ learner, now, lastDailyOn }: Scene): Turn {
  if (learner.state !== 'active' || learner.unreachableSince === null) return [];
  return [{ kind: 'reachable', nextAskAt: nextAskAt(now, learner.zone, learner.askMinute, lastDailyOn) }];
}
