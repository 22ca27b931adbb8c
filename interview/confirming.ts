import { localDate, nextAskAt } from './day.ts';
import { fold } from './fold.ts';
import { LANGUAGES } from './languages/language.ts';
import { phrases } from './languages/phrases.ts';
import { spokenTime } from './languages/when.ts';
import { goodbye, reply, say } from './saying.ts';
import type { Registration, Scene } from './scene.ts';
import type { Effect, Turn } from './turn.ts';

/**
 * The owner of the number said yes. The first question comes at once and counts as that day's; who is in already
 * (changed the preferences on the page), or had that date's question before a STOP, hears when the next one comes.
 */
export function confirm(scene: Scene, registration: Registration): Turn {
  const { language, area, zone, askMinute } = registration.preferences;
  const { now, learner, lastDailyOn } = scene;
  const acknowledge: Effect = { kind: 'acknowledge', typing: false };
  const today = localDate(now, zone);
  if (learner.state !== 'active' && (lastDailyOn === null || today > lastDailyOn)) {
    return [
      { kind: 'confirm', registration, nextAskAt: nextAskAt(now, zone, askMinute, today) },
      { kind: 'ask-soon', occasion: 'confirmed', slot: 0 },
      acknowledge,
    ];
  }
  const next = nextAskAt(now, zone, askMinute, lastDailyOn);
  const words = phrases[language];
  return [
    { kind: 'confirm', registration, nextAskAt: next },
    say(
      reply(
        words.preferencesSaved({ area: words.areas[area], next: spokenTime(next, { now, zone, language }) }),
      ),
    ),
    acknowledge,
  ];
}

/**
 * The owner of the number said no. Whoever is no learner is forgotten; a learner keeps what they had when there is
 * only a new request to drop, and is left alone when the button is that of a registration they once confirmed.
 */
export function refuse(scene: Scene, registration: Registration | null): Turn {
  const { learner } = scene;
  const words = phrases[learner.language];
  switch (learner.state) {
    case 'registered':
      return [{ kind: 'erase' }, say(goodbye(words.notMe))];
    case 'stopped':
      // Tapped twice, or on an old message: whoever was a learner once is left alone already.
      return scene.lastDailyOn === null ? [{ kind: 'erase' }, say(goodbye(words.notMe))] : [];
    case 'active':
      return registration === null
        ? [{ kind: 'stop' }, say(goodbye(words.stopped))]
        : [{ kind: 'drop-registration', registrationId: registration.id }, say(reply(words.notMeKept))];
    default: {
      const impossible: never = learner.state;
      throw new Error(`Unknown state of a learner: ${String(impossible)}`);
    }
  }
}

/** The button's own words, typed, in any of our languages. */
export function saysNotMe(text: string): boolean {
  return NOT_ME.has(fold(text));
}

const NOT_ME: ReadonlySet<string> = new Set(
  LANGUAGES.map((language) => fold(phrases[language].buttons.notMe)),
);
