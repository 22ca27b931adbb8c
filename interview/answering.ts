import { isHopelesslyShort, quietUntil, saysDontKnow } from './answer.ts';
import { showQuestion } from './asking.ts';
import { isOnlyPolite } from './commands/command-in.ts';
import { localDate } from './day.ts';
import { taughtMessage } from './feedback.ts';
import { phrases } from './languages/phrases.ts';
import { nextSpoken } from './next-question.ts';
import { reply, say } from './saying.ts';
import type { AskedQuestion, Scene } from './scene.ts';
import type { Button, Turn } from './turn.ts';

/** A text of an active learner that is no command: an answer to a question that waits, or a remark. */
export function hearAnswer(scene: Scene, text: string): Turn {
  const asked = questionAnswered(scene);
  if (asked === null)
    return scene.open === null && !scene.askedSince
      ? dayComplete(scene)
      : [{ kind: 'acknowledge', typing: false }];
  if (!asked.shown) return show(asked);
  const gathering = scene.gathering?.asked.id === asked.id ? scene.gathering : null;
  if (gathering === null) {
    // "Thanks!", "ok": kind, and no answer to anything.
    if (isOnlyPolite(text)) return [{ kind: 'acknowledge', typing: false }];
    if (saysDontKnow(text) || isHopelesslyShort(text)) return teach(asked);
  }
  return [
    {
      kind: 'collect',
      askedId: asked.id,
      quietUntil: quietUntil(gathering?.startedAt ?? scene.now, scene.now),
    },
    { kind: 'acknowledge', typing: true },
  ];
}

/**
 * Late answers count, so the quoted question comes first; then the one whose answer is being given (a new question
 * may arrive in the middle of it), then the open one. What quotes a closed question is a remark about it.
 */
export function questionAnswered(scene: Scene): AskedQuestion | null {
  if (scene.about !== null) return scene.about.state === 'asked' ? scene.about : null;
  return scene.gathering?.asked ?? scene.open;
}

function teach(asked: AskedQuestion): Turn {
  return [
    { kind: 'close-question', askedId: asked.id, as: 'answered' },
    say(taughtMessage(asked.id, asked.question)),
    { kind: 'acknowledge', typing: false },
  ];
}

/** The whole question, before the learner's eyes. */
export function show(asked: AskedQuestion): Turn {
  return [
    { kind: 'shown', askedId: asked.id },
    say(showQuestion(asked)),
    { kind: 'acknowledge', typing: false },
  ];
}

/** One line a day, then silence: two machines that greet each other must come to an end. */
export function courtesy(scene: Scene, text: string, buttons: readonly Button[] = []): Turn {
  const today = localDate(scene.now, scene.learner.zone);
  if (scene.learner.lastCourtesyOn === today) return [];
  return [
    { kind: 'courtesy-said', on: today },
    say(reply(text, buttons)),
    { kind: 'acknowledge', typing: false },
  ];
}

/** Nothing waits for an answer: when the next question comes. */
export function dayComplete(scene: Scene): Turn {
  // Feedback is on its way and says it better.
  if (scene.assessing) return [];
  return courtesy(scene, phrases[scene.learner.language].dayComplete({ next: nextSpoken(scene) }));
}
