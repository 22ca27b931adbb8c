import { isHopelesslyShort, quietUntil, saysDontKnow } from './answer.ts';
import { confirmButtons, showQuestion } from './asking.ts';
import { commandIn, isOnlyPolite } from './commands/command-in.ts';
import type { CommandName } from './commands/command-names.ts';
import { commands } from './commands/commands.ts';
import { confirm, refuse, saysNotMe } from './confirming.ts';
import { localDate } from './day.ts';
import { taughtMessage } from './feedback.ts';
import type { Heard } from './heard.ts';
import { phrases } from './languages/phrases.ts';
import { nextSpoken } from './next-question.ts';
import { type Payload, readPayload } from './payload.ts';
import { reply, say } from './saying.ts';
import type { AskedQuestion, Scene } from './scene.ts';
import { codeIn } from './start-code.ts';
import type { Button, Turn } from './turn.ts';

const DAYS = 24 * 60 * 60 * 1000;

/** The rules of the conversation: where we stand with a learner, and what they did, become what we do. */
export function hear(scene: Scene, heard: Heard): Turn {
  // STOP comes before everything else, in every state.
  if (saysStop(heard)) return commands.stop(scene);
  if (wasSaidBeforeStop(scene)) return [];
  if (scene.saidAt !== null && scene.now - scene.saidAt > DAYS) return hearDaysLater(scene, heard);
  switch (heard.kind) {
    case 'text':
      return hearText(scene, heard.text);
    case 'tap':
      return hearTap(scene, heard.payload, heard.title);
    case 'voice':
      return answerKindly(scene, phrases[scene.learner.language].voiceNotYet);
    case 'media':
      return answerKindly(scene, phrases[scene.learner.language].textOnly);
    case 'media-lost':
      return answerKindly(scene, phrases[scene.learner.language].mediaLost);
    case 'unsupported':
      return heard.what === 'edit'
        ? hearEdit(scene)
        : answerKindly(scene, phrases[scene.learner.language].textOnly);
    case 'marketing-preference':
      return hearPreference(scene, heard.wanted);
    // A thumb up needs no answer, and an address change is bookkeeping.
    case 'reaction':
    case 'address-changed':
      return [];
    default: {
      const impossible: never = heard;
      throw new Error(`Heard something unknown: ${JSON.stringify(impossible)}`);
    }
  }
}

/** Whether it asks us to stop, by word or by button. Such a message overtakes everything that waits to be heard. */
export function saysStop(heard: Heard): boolean {
  switch (heard.kind) {
    case 'text':
      return commandIn(heard.text) === 'stop';
    case 'tap':
      return (
        readPayload(heard.payload) === null &&
        (commandIn(heard.title) === 'stop' || commandIn(heard.payload) === 'stop')
      );
    default:
      return false;
  }
}

/** Messages arrive in any order: a START that was said before the STOP does not undo it. */
function wasSaidBeforeStop({ learner, saidAt }: Scene): boolean {
  return learner.stoppedAt !== null && saidAt !== null && saidAt < learner.stoppedAt;
}

function hearText(scene: Scene, text: string): Turn {
  if (codeIn(text) !== null) return hearCode(scene);
  const mayRefuse = scene.learner.state === 'registered' || scene.pending !== null;
  if (mayRefuse && saysNotMe(text)) return refuse(scene, scene.pending);
  const command = commandIn(text);
  if (scene.learner.state === 'active') {
    if (scene.aboutGone && (command === null || ABOUT_A_QUESTION.has(command))) return questionGone(scene);
    return command === null ? hearAnswer(scene, text) : commands[command](scene);
  }
  // Whoever stopped, or never confirmed, is not talked to unless they ask for it.
  if (command === 'help') return commands.help(scene);
  if (command === 'start') return commands.start(scene);
  return scene.learner.state === 'registered' ? askToConfirm(scene) : [];
}

const ABOUT_A_QUESTION: ReadonlySet<CommandName> = new Set(['hint', 'skip', 'answer']);

/** A code that is used up means what the word beside it says. */
function hearCode(scene: Scene): Turn {
  return scene.named === null ? commands.start(scene) : confirm(scene, scene.named);
}

function hearTap(scene: Scene, payloadText: string, title: string): Turn {
  const payload = readPayload(payloadText);
  if (payload === null) return hearLabel(scene, payloadText, title);
  if (payload.act === 'start')
    return scene.named === null ? commands.start(scene) : confirm(scene, scene.named);
  if (payload.act === 'not_me') return refuse(scene, scene.named);
  return scene.learner.state === 'active' ? hearQuestionTap(scene, payload) : [];
}

/**
 * A static button's payload is its own label: it means what the same words would mean if typed. But a label is never
 * an answer: one that we do not know belongs to a message of another time.
 */
function hearLabel(scene: Scene, payloadText: string, title: string): Turn {
  if (saysNotMe(title)) return refuse(scene, scene.pending);
  const word = [title, payloadText].find((it) => commandIn(it) !== null);
  if (word !== undefined) return hearText(scene, word);
  switch (scene.learner.state) {
    case 'active':
      return scene.open !== null && !scene.open.shown ? show(scene.open) : questionGone(scene);
    case 'registered':
      return askToConfirm(scene);
    case 'stopped':
      return [];
    default: {
      const impossible: never = scene.learner.state;
      throw new Error(`Unknown state of a learner: ${String(impossible)}`);
    }
  }
}

function hearQuestionTap(scene: Scene, payload: Payload): Turn {
  // A button of a question that has left the bank must not act on another one.
  if (scene.about === null && payload.act !== 'more') return questionGone(scene);
  switch (payload.act) {
    case 'hint':
      return commands.hint(scene);
    case 'skip':
      return scene.about?.state === 'asked' ? commands.skip(scene) : questionClosed(scene);
    case 'answer':
      return commands.answer(scene);
    case 'more':
      return commands.more(scene);
    case 'show':
      return scene.about === null ? [] : show(scene.about);
    // Decided above, before the question is looked at.
    case 'start':
    case 'not_me':
      return [];
    default: {
      const impossible: never = payload.act;
      throw new Error(`Unknown button: ${String(impossible)}`);
    }
  }
}

function hearAnswer(scene: Scene, text: string): Turn {
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
function questionAnswered(scene: Scene): AskedQuestion | null {
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

function show(asked: AskedQuestion): Turn {
  return [
    { kind: 'shown', askedId: asked.id },
    say(showQuestion(asked)),
    { kind: 'acknowledge', typing: false },
  ];
}

/**
 * Said more than a day ago: Meta tries for a week. What the learner decided counts, and so does an answer to a question
 * that still waits. Nothing else is begun, and nothing is said out of the blue.
 */
function hearDaysLater(scene: Scene, heard: Heard): Turn {
  switch (heard.kind) {
    case 'text':
      return hearTextDaysLater(scene, heard.text);
    case 'tap':
      return hearTapDaysLater(scene, heard.payload, heard.title);
    case 'marketing-preference':
      return hearPreference(scene, heard.wanted);
    case 'voice':
    case 'media':
    case 'media-lost':
    case 'unsupported':
    case 'reaction':
    case 'address-changed':
      return [];
    default: {
      const impossible: never = heard;
      throw new Error(`Heard something unknown: ${JSON.stringify(impossible)}`);
    }
  }
}

function hearTextDaysLater(scene: Scene, text: string): Turn {
  if (codeIn(text) !== null) return scene.named === null ? [] : confirm(scene, scene.named);
  const mayRefuse = scene.learner.state === 'registered' || scene.pending !== null;
  if (mayRefuse && saysNotMe(text)) return refuse(scene, scene.pending);
  const command = commandIn(text);
  if (command === 'start') return startDaysLater(scene);
  return command === null && scene.learner.state === 'active' ? hearAnswerDaysLater(scene, text) : [];
}

function hearTapDaysLater(scene: Scene, payloadText: string, title: string): Turn {
  const payload = readPayload(payloadText);
  if (payload === null) {
    if (saysNotMe(title)) return refuse(scene, scene.pending);
    return commandIn(title) === 'start' ? startDaysLater(scene) : [];
  }
  if (payload.act === 'start') return scene.named === null ? [] : confirm(scene, scene.named);
  return payload.act === 'not_me' ? refuse(scene, scene.named) : [];
}

/** Who said that they want in is in, without a word about it. */
function startDaysLater(scene: Scene): Turn {
  switch (scene.learner.state) {
    case 'registered':
      return scene.pending === null ? [] : confirm(scene, scene.pending);
    case 'stopped':
      return commands.start(scene).filter((effect) => effect.kind === 'resume');
    case 'active':
      return [];
    default: {
      const impossible: never = scene.learner.state;
      throw new Error(`Unknown state of a learner: ${String(impossible)}`);
    }
  }
}

function hearAnswerDaysLater(scene: Scene, text: string): Turn {
  const asked = scene.aboutGone ? null : questionAnswered(scene);
  if (asked === null || !asked.shown) return [];
  // The indicator that somebody types would come out of the blue, too.
  return hearAnswer(scene, text).map((effect) =>
    effect.kind === 'acknowledge' ? { ...effect, typing: false } : effect,
  );
}

/** Not a message to us, so there is nothing to confirm; but whoever turns that switch wants to be left alone. */
function hearPreference(scene: Scene, wanted: boolean): Turn {
  return wanted || scene.learner.state === 'stopped' ? [] : [{ kind: 'stop' }];
}

/** We are told that something was edited, but not what, nor how it reads now. It matters while an answer is awaited. */
function hearEdit(scene: Scene): Turn {
  if (scene.learner.state !== 'active' || scene.open === null) return [];
  return [say(reply(phrases[scene.learner.language].editNotSeen)), { kind: 'acknowledge', typing: false }];
}

/** One line a day, then silence: two machines that greet each other must come to an end. */
function courtesy(scene: Scene, text: string, buttons: readonly Button[] = []): Turn {
  const today = localDate(scene.now, scene.learner.zone);
  if (scene.learner.lastCourtesyOn === today) return [];
  return [
    { kind: 'courtesy-said', on: today },
    say(reply(text, buttons)),
    { kind: 'acknowledge', typing: false },
  ];
}

function dayComplete(scene: Scene): Turn {
  // Feedback is on its way and says it better.
  if (scene.assessing) return [];
  return courtesy(scene, phrases[scene.learner.language].dayComplete({ next: nextSpoken(scene) }));
}

function questionGone(scene: Scene): Turn {
  return courtesy(scene, phrases[scene.learner.language].questionGone({ next: nextSpoken(scene) }));
}

function questionClosed(scene: Scene): Turn {
  return courtesy(scene, phrases[scene.learner.language].questionClosed({ next: nextSpoken(scene) }));
}

function askToConfirm(scene: Scene): Turn {
  const words = phrases[scene.learner.language];
  return scene.pending === null
    ? courtesy(scene, words.codeUnknown({ url: scene.service.registrationUrl }))
    : courtesy(scene, words.pleaseConfirm, confirmButtons(scene.pending));
}

function answerKindly(scene: Scene, text: string): Turn {
  switch (scene.learner.state) {
    case 'active':
      if (scene.askedSince && scene.open === null) return [];
      return scene.open === null
        ? dayComplete(scene)
        : [say(reply(text)), { kind: 'acknowledge', typing: false }];
    case 'registered':
      return askToConfirm(scene);
    case 'stopped':
      return [];
    default: {
      const impossible: never = scene.learner.state;
      throw new Error(`Unknown state of a learner: ${String(impossible)}`);
    }
  }
}
