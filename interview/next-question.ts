import { nextAskAt } from './day.ts';
import { phrases } from './languages/phrases.ts';
import { spokenTime } from './languages/when.ts';
import { reply, say } from './saying.ts';
import type { Scene } from './scene.ts';
import type { Turn } from './turn.ts';

/** When the next daily question comes, in the learner's words: `on Tuesday at 09:00`. */
export function nextSpoken({ learner, now }: Scene): string {
  const at = learner.nextAskAt ?? nextAskAt(now, learner.zone, learner.askMinute);
  return spokenTime(at, learner.zone, learner.language);
}

export function nothingOpen(scene: Scene): Turn {
  return [
    say(reply(phrases[scene.learner.language].nothingOpen({ next: nextSpoken(scene) }))),
    { kind: 'acknowledge', typing: false },
  ];
}
