import { showQuestion } from '../asking.ts';
import { phrases } from '../languages/phrases.ts';
import { nextSpoken } from '../next-question.ts';
import { reply, say } from '../saying.ts';
import type { Command } from './command.ts';

/** Another question today. One that still waits is shown again instead; the day has a limit, so that it stays a habit. */
export const more: Command = (scene) => {
  const { learner, open, extrasToday, service } = scene;
  if (open !== null && scene.gathering?.asked.id !== open.id) {
    return [
      { kind: 'shown', askedId: open.id },
      say(showQuestion(open)),
      { kind: 'acknowledge', typing: false },
    ];
  }
  if (extrasToday >= service.extraQuestionsPerDay) {
    return [say(reply(phrases[learner.language].noMoreToday({ next: nextSpoken(scene) })))];
  }
  return [
    { kind: 'ask-soon', occasion: 'more', slot: extrasToday + 1 },
    { kind: 'acknowledge', typing: false },
  ];
};
