import { type Area, DIFFICULTIES, type Difficulty, GENERAL_AREA } from './areas.ts';
import type { Question } from './question.ts';

const DAYS = 24 * 60 * 60 * 1000;

/** Nothing comes back sooner than this while anything else is left. */
export const REST_MS = 30 * DAYS;

/** One question the learner was asked, newest last. `coverage` 0 to 1; null while unanswered or skipped. */
export type AskedBefore = {
  readonly slug: string;
  readonly askedAt: number;
  readonly coverage: number | null;
};

/** `luck` is a number in [0, 1): the same luck always chooses the same question. `reason` is one sentence for the record. */
export type ChosenQuestion = { readonly question: Question; readonly reason: string };

/** The next question for a learner; null only when the bank is empty. */
export function chooseQuestion(it: {
  bank: readonly Question[];
  area: Area;
  history: readonly AskedBefore[];
  now: number;
  luck: number;
}): ChosenQuestion | null {
  const { bank, area, history, now, luck } = it;
  const lastAsked = new Map(history.map((asked) => [asked.slug, asked.askedAt]));
  const wanted = difficultyFor(history);
  const own = bank.filter((question) => question.area === area);
  const general = bank.filter((question) => question.area === GENERAL_AREA);

  for (const [pool, name] of [
    [own, area],
    [general, GENERAL_AREA],
  ] as const) {
    const unseen = pool.filter((question) => !lastAsked.has(question.slug));
    const chosen = pick(unseen, wanted, luck);
    if (chosen !== null)
      return { question: chosen, reason: `unseen in ${name}, ${chosen.difficulty} (wanted ${wanted})` };
    const rested = pool.filter((question) => (lastAsked.get(question.slug) ?? 0) <= now - REST_MS);
    const again = pick(rested, wanted, luck);
    if (again !== null)
      return { question: again, reason: `all of ${name} seen, this one rested for 30 days` };
  }
  const either = bank.filter((question) => question.area === area || question.area === GENERAL_AREA);
  const everything = either.length > 0 ? either : bank;
  const oldest = everything.toSorted(
    (one, other) => (lastAsked.get(one.slug) ?? 0) - (lastAsked.get(other.slug) ?? 0),
  )[0];
  return oldest === undefined
    ? null
    : { question: oldest, reason: 'everything seen within 30 days, this one longest ago' };
}

/** Starts easy; two good answers in a row climb a step, two weak ones go down a step. */
export function difficultyFor(history: readonly AskedBefore[]): Difficulty {
  let step = 0;
  let streak = 0;
  for (const { coverage } of history) {
    if (coverage === null) continue;
    const direction = coverage >= GOOD ? 1 : coverage < WEAK ? -1 : 0;
    streak = direction === 0 || Math.sign(streak) !== direction ? direction : streak + direction;
    if (Math.abs(streak) === 2) {
      step = Math.min(DIFFICULTIES.length - 1, Math.max(0, step + direction));
      streak = 0;
    }
  }
  return DIFFICULTIES[step] ?? 'easy';
}

const GOOD = 0.65;
const WEAK = 0.35;

/** One of the wanted difficulty, else of the nearest that is there. */
function pick(pool: readonly Question[], wanted: Difficulty, luck: number): Question | null {
  const distance = (question: Question) =>
    Math.abs(DIFFICULTIES.indexOf(question.difficulty) - DIFFICULTIES.indexOf(wanted));
  const nearest = Math.min(...pool.map(distance));
  const candidates = pool.filter((question) => distance(question) === nearest);
  return candidates[Math.floor(luck * candidates.length)] ?? null;
}
