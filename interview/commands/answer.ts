import { phrases } from '../languages/phrases.ts';
import { nothingOpen } from '../next-question.ts';
import { reply, say } from '../saying.ts';
import type { Effect } from '../turn.ts';
import type { Command } from './command.ts';

/** Shows the model answer. Of a question that still waits, this closes it: what follows would no longer be the learner's own. */
export const answer: Command = (scene) => {
  const asked = scene.about ?? scene.open ?? scene.newest;
  if (asked === null) return nothingOpen(scene);
  // They have just answered: that counts, and its feedback has the button for the model answer.
  if (scene.gathering?.asked.id === asked.id) {
    return [
      { kind: 'end-gathering', answerId: scene.gathering.id },
      { kind: 'acknowledge', typing: true },
    ];
  }
  const close: Effect[] =
    asked.state === 'asked' ? [{ kind: 'close-question', askedId: asked.id, as: 'skipped' }] : [];
  const { language, modelAnswer } = asked.question;
  return [
    ...close,
    say(reply(phrases[language].modelAnswer({ text: modelAnswer }), [], asked.id)),
    { kind: 'acknowledge', typing: false },
  ];
};
