import { isHopelesslyShort, quietUntil, saysDontKnow } from './answer.ts';
import { confirmButtons, showQuestion } from './asking.ts';
import { commandIn, isOnlyPolite } from './commands/command-in.ts';
import { commands } from './commands/commands.ts';
import { confirm, refuse, saysNotMe } from './confirming.ts';
import { localDate } from './day.ts';
import { taughtMessage } from './feedback.ts';
import type { Heard } from './heard.ts';
import { phrases } from './languages/phrases.ts';
import { nextSpoken } from './next-question.ts';
import { type Payload, readPayload } from './payload.ts';
import { backInReach } from './reachability.ts';
import { reply, say } from './saying.ts';
import type { AskedQuestion, Scene } from './scene.ts';
import { codeIn } from './start-code.ts';
import type { Button, Turn } from './turn.ts';

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
  switch (heard.kind) {
    case 'text':
      return hearText(scene, heard.text);
    case 'tap':
      return hearTap(scene, heard.payload, heard.title);
    case 'voice':
      return answerKindly(scene, phrases[scene.learner.language].voiceNotYet);
    case 'media':
    case 'unsupported':
      return answerKindly(scene, phrases[scene.learner.language].textOnly);
    // Not a message to us, so there is nothing to confirm; but whoever turns that switch wants to be left alone.
    case 'marketing-preference':
      return heard.wanted || scene.learner.state === 'stopped' ? [] : [{ kind: 'stop' }];
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
    return command === null ? hearAnswer(scene, text) : commands[command](scene);
  }
  // Whoever stopped, or never confirmed, is not talked to unless they ask for it.
  if (command === 'help') return commands.help(scene);
  if (command === 'start') return commands.start(scene);
  return scene.learner.state === 'registered' ? askToConfirm(scene) : [];
}

/** A code that is used up means what the word beside it says. */
function hearCode(scene: Scene): Turn {
  return scene.named === null ? commands.start(scene) : confirm(scene, scene.named);
}

function hearTap(scene: Scene, payloadText: string, title: string): Turn {
  const payload = readPayload(payloadText);
  // A static button's payload is its own label: it means what the same words would mean if typed.
  if (payload === null) return hearText(scene, title);
  if (payload.act === 'start')
    return scene.named === null ? commands.start(scene) : confirm(scene, scene.named);
  if (payload.act === 'not_me') return refuse(scene, scene.named);
  return scene.learner.state === 'active' ? hearQuestionTap(scene, payload) : [];
}

function hearQuestionTap(scene: Scene, payload: Payload): Turn {
  // A button of a question that has left the bank must not act on another one.
  if (scene.about === null && payload.act !== 'more') return [];
  switch (payload.act) {
    case 'hint':
      return commands.hint(scene);
    case 'skip':
      return commands.skip(scene);
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
    return scene.open === null ? dayComplete(scene) : [{ kind: 'acknowledge', typing: false }];
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

function askToConfirm(scene: Scene): Turn {
  const words = phrases[scene.learner.language];
  return scene.pending === null
    ? courtesy(scene, words.codeUnknown({ url: scene.service.registrationUrl }))
    : courtesy(scene, words.pleaseConfirm, confirmButtons(scene.pending));
}

function answerKindly(scene: Scene, text: string): Turn {
  switch (scene.learner.state) {
    case 'active':
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
