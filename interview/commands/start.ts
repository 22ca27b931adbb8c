import { confirm } from '../confirming.ts';
import { nextAskAt } from '../day.ts';
import { phrases } from '../languages/phrases.ts';
import { spokenTime } from '../languages/when.ts';
import { nextSpoken } from '../next-question.ts';
import { reply, say } from '../saying.ts';
import type { Scene } from '../scene.ts';
import type { Turn } from '../turn.ts';
import type { Command } from './command.ts';

/** Begins, or begins again. The only word that resumes after STOP. */
export const start: Command = (scene) => {
  const { learner, pending } = scene;
  const words = phrases[learner.language];
  switch (learner.state) {
    case 'registered':
      return pending === null
        ? [say(reply(words.codeUnknown({ url: scene.service.registrationUrl })))]
        : confirm(scene, pending);
    case 'active':
      return [
        say(reply(words.alreadyActive({ next: nextSpoken(scene) }))),
        { kind: 'acknowledge', typing: false },
      ];
    case 'stopped':
      return resume(scene);
    default: {
      const impossible: never = learner.state;
      throw new Error(`Unknown state of a learner: ${String(impossible)}`);
    }
  }
};

/** With what the learner had: what somebody typed into the page meanwhile needs its code, or its button. */
function resume({ learner, now, lastDailyOn }: Scene): Turn {
  const { zone, language, askMinute } = learner;
  // A date sees one daily question: who stopped after today's comes back tomorrow.
  const resumeAt = nextAskAt(now, zone, askMinute, lastDailyOn);
  const next = spokenTime(resumeAt, { now, zone, language });
  return [
    { kind: 'resume', nextAskAt: resumeAt },
    say(reply(phrases[language].resumed({ next }))),
    { kind: 'acknowledge', typing: false },
  ];
}
