import { courtesy, dayComplete, hearAnswer, show } from './answering.ts';
import { confirmButtons } from './asking.ts';
import { commandIn } from './commands/command-in.ts';
import type { CommandName } from './commands/command-names.ts';
import { commands } from './commands/commands.ts';
import { confirm, refuse, saysNotMe } from './confirming.ts';
import { hearDaysLater, hearPreference } from './days-later.ts';
import type { Heard } from './heard.ts';
import { phrases } from './languages/phrases.ts';
import { nextSpoken } from './next-question.ts';
import { type Payload, readPayload } from './payload.ts';
import { backInReach } from './reachability.ts';
import { reply, say } from './saying.ts';
import type { Scene } from './scene.ts';
import { codeIn } from './start-code.ts';
import type { Turn } from './turn.ts';

const DAYS = 24 * 60 * 60 * 1000;

/** The rules of the conversation: where we stand with a learner, and what they did, become what we do. */
export function hear(scene: Scene, heard: Heard): Turn {
  return [...(isFromThem(heard) ? backInReach(scene) : []), ...answerTo(scene, heard)];
}

/** Said by the learner's own phone; the others are WhatsApp's own notices about them. */
function isFromThem(heard: Heard): boolean {
  return heard.kind !== 'address-changed' && heard.kind !== 'marketing-preference';
}

function answerTo(scene: Scene, heard: Heard): Turn {
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

/** We are told that something was edited, but not what, nor how it reads now. It matters while an answer is awaited. */
function hearEdit(scene: Scene): Turn {
  if (scene.learner.state !== 'active' || scene.open === null) return [];
  return [say(reply(phrases[scene.learner.language].editNotSeen)), { kind: 'acknowledge', typing: false }];
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
