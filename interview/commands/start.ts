import { confirm } from '../confirming.ts';
import { nextAskAfterAsking, nextAskAt } from '../day.ts';
import { phrases } from '../languages/phrases.ts';
import { spokenTime } from '../languages/when.ts';
import { reply, say } from '../saying.ts';
import type { Command } from './command.ts';

/** Begins, or begins again. The only word that resumes after STOP. */
export const start: Command = (scene) => {
  const { learner, pending, now } = scene;
  if (pending !== null && learner.state !== 'active') return confirm(scene, pending);
  if (learner.state === 'registered') {
    return [say(reply(phrases[learner.language].codeUnknown({ url: scene.service.registrationUrl })))];
  }
  const { zone, language, askMinute } = learner;
  if (learner.state === 'active') {
    const next = spokenTime(learner.nextAskAt ?? nextAskAt(now, zone, askMinute), zone, language);
    return [say(reply(phrases[language].alreadyActive({ next })))];
  }
  // A date sees one daily question: who stopped after today's comes back tomorrow.
  const resumeAt = scene.dailyAsked
    ? nextAskAfterAsking(now, zone, askMinute)
    : nextAskAt(now, zone, askMinute);
  return [
    { kind: 'resume', nextAskAt: resumeAt },
    say(reply(phrases[language].resumed({ next: spokenTime(resumeAt, zone, language) }))),
    { kind: 'acknowledge', typing: false },
  ];
};
