import { answerButtons } from '../feedback.ts';
import { phrases } from '../languages/phrases.ts';
import { nothingOpen } from '../next-question.ts';
import { reply, say } from '../saying.ts';
import type { Command } from './command.ts';

/** Leaves a question without an answer. Skipping one that is closed already changes nothing and says nothing. */
export const skip: Command = (scene) => {
  const asked = scene.about ?? scene.open;
  if (asked === null) return nothingOpen(scene);
  if (asked.state !== 'asked') return [];
  const { language } = scene.learner;
  return [
    { kind: 'close-question', askedId: asked.id, as: 'skipped' },
    say(reply(phrases[language].skipped, answerButtons(asked.id, language), asked.id)),
    { kind: 'acknowledge', typing: false },
  ];
};
