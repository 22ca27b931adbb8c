import { nextAskAt } from './day.ts';
import { phrases } from './languages/phrases.ts';
import { spokenTime } from './languages/when.ts';
import { reply, say } from './saying.ts';
import type { Scene } from './scene.ts';
import type { Turn } from './turn.ts';

/** When the next daily question comes, in the learner's words: `tomorrow at 09:00`. */
export function nextSpoken({ learner, now }: Scene): string {
  const { zone, language, askMinute } = learner;
  return spokenTime(learner.nextAskAt ?? nextAskAt(now, zone, askMinute), { now, zone, language });
}

export function nothingOpen(scene: Scene): Turn {
  return [
    say(reply(phrases[scene.learner.language].nothingOpen({ next: nextSpoken(scene) }))),
    { kind: 'acknowledge', typing: false },
  ];
}
