import { nextAskAfterAsking, nextAskAt } from './day.ts';
import { phrases } from './languages/phrases.ts';
import { spokenTime } from './languages/when.ts';
import { reply, say } from './saying.ts';
import type { Registration, Scene } from './scene.ts';
import type { Effect, Turn } from './turn.ts';

/**
 * The owner of the number said yes. The first question comes at once and counts as that day's; who is in already
 * (changed the preferences on the page), or had today's question before a STOP, hears when the next one comes.
 */
export function confirm(scene: Scene, registration: Registration): Turn {
  const { language, area, zone, askMinute } = registration.preferences;
  const { now, learner } = scene;
  const acknowledge: Effect = { kind: 'acknowledge', typing: false };
  if (learner.state !== 'active' && !scene.dailyAsked) {
    return [
      { kind: 'confirm', registration, nextAskAt: nextAskAfterAsking(now, zone, askMinute) },
      { kind: 'ask-soon', occasion: 'confirmed', slot: 0 },
      acknowledge,
    ];
  }
  const next = scene.dailyAsked ? nextAskAfterAsking(now, zone, askMinute) : nextAskAt(now, zone, askMinute);
  const words = phrases[language];
  return [
    { kind: 'confirm', registration, nextAskAt: next },
    say(reply(words.preferencesSaved({ area: words.areas[area], next: spokenTime(next, zone, language) }))),
    acknowledge,
  ];
}

/** The owner of the number said no: someone who never confirmed is forgotten, who is in keeps what they had. */
export function refuse(scene: Scene, registration: Registration | null): Turn {
  const { learner } = scene;
  if (learner.state === 'registered') {
    return [{ kind: 'erase' }, say(reply(phrases[learner.language].notMe))];
  }
  if (registration === null) return [];
  return [
    { kind: 'drop-registration', registrationId: registration.id },
    ...(learner.state === 'active' ? [say(reply(phrases[learner.language].notMeKept))] : []),
  ];
}
