import { showQuestion } from '../asking.ts';
import { phrases } from '../languages/phrases.ts';
import { nothingOpen } from '../next-question.ts';
import { reply, say } from '../saying.ts';
import type { Command } from './command.ts';

/** A nudge for the question that waits. Before its text was seen, the question itself is the better nudge. */
export const hint: Command = (scene) => {
  const asked = scene.about ?? scene.open;
  if (asked === null) return nothingOpen(scene);
  if (!asked.shown) return [{ kind: 'shown', askedId: asked.id }, say(showQuestion(asked))];
  const { language, hint: text } = asked.question;
  return [
    say(reply(phrases[language].hint({ hint: text }), [], asked.id)),
    { kind: 'acknowledge', typing: false },
  ];
};
