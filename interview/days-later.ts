import { hearAnswer, questionAnswered } from './answering.ts';
import { commandIn } from './commands/command-in.ts';
import { commands } from './commands/commands.ts';
import { confirm, refuse, saysNotMe } from './confirming.ts';
import type { Heard } from './heard.ts';
import { readPayload } from './payload.ts';
import type { Scene } from './scene.ts';
import { codeIn } from './start-code.ts';
import type { Turn } from './turn.ts';

/**
 * Said more than a day ago: Meta tries for a week. What the learner decided counts, and so does an answer to a question
 * that still waits. Nothing else is begun, and nothing is said out of the blue.
 */
export function hearDaysLater(scene: Scene, heard: Heard): Turn {
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
export function hearPreference(scene: Scene, wanted: boolean): Turn {
  return wanted || scene.learner.state === 'stopped' ? [] : [{ kind: 'stop' }];
}
