import { type Area, GENERAL_AREA } from './areas.ts';
import type { ConceptRef, Kinship } from './kinship.ts';
import { expectedCoverage, levelAfter, ratingFor, ratingOf, WANTED_SUCCESS } from './level.ts';
import type { Question } from './question.ts';

const DAYS = 24 * 60 * 60 * 1000;

/** Nothing comes back sooner than this while anything else is left. */
export const REST_MS = 30 * DAYS;

/** One question the learner was asked, newest last. */
export type AskedBefore = {
  readonly slug: string;
  readonly askedAt: number;
  /** 0 to 1; null while unanswered or skipped. */
  readonly coverage: number | null;
  /** Whether it was asked to bring back something that had been missing. */
  readonly recalls: boolean;
};

/** `reason` is one sentence for the record; `recalls` the concept that the question brings back. */
export type ChosenQuestion = {
  readonly question: Question;
  readonly reason: string;
  readonly recalls: ConceptRef | null;
};

export type Choosing = {
  readonly bank: readonly Question[];
  readonly kinship: Kinship;
  /** What answers have taught us of the questions; one that nobody answered has the rating of its difficulty. */
  readonly ratings: ReadonlyMap<string, number>;
  readonly area: Area;
  readonly history: readonly AskedBefore[];
  /** What was missing in earlier answers and is about to be forgotten, the most urgent first. */
  readonly fading: readonly ConceptRef[];
  readonly now: number;
  /** A number in [0, 1): the same luck always chooses the same question. */
  readonly luck: number;
};

/** The next question for a learner; null only when the bank is empty. */
export function chooseQuestion(it: Choosing): ChosenQuestion | null {
  const pool = poolFor(it);
  if (pool.questions.length === 0) return null;
  const level = levelIn(pool.area, it);
  const rate = (question: Question) => ratingOf(question, it.ratings);
  const because = (question: Question) =>
    `${pool.why}, ${question.difficulty}: ${percent(expectedCoverage(level, rate(question)))} expected of a level of ${Math.round(level)}`;

  const recalled = recallFrom(pool.questions, it, (question) =>
    Math.abs(rate(question) - ratingFor(level, WANTED_SUCCESS)),
  );
  if (recalled !== null) {
    const { question, concept } = recalled;
    const reason = `brings back ${concept.conceptId} of ${concept.slug}; ${because(question)}`;
    return { question, reason, recalls: concept };
  }
  const question = pick(otherTopics(pool.questions, it), {
    distance: (each) => Math.abs(rate(each) - ratingFor(level, WANTED_SUCCESS)),
    luck: it.luck,
  });
  return question === null ? null : { question, reason: because(question), recalls: null };
}

type Pool = { readonly questions: readonly Question[]; readonly area: Area; readonly why: string };

/** Nothing is repeated while anything is unseen: of the own area first, then of the general one. */
function poolFor({ bank, area, history, now }: Choosing): Pool {
  const lastAsked = new Map(history.map((asked) => [asked.slug, asked.askedAt]));
  const areas = area === GENERAL_AREA ? [area] : [area, GENERAL_AREA];
  const ofAreas = areas.map((each) => ({ area: each, questions: bank.filter((it) => it.area === each) }));
  for (const { area: each, questions } of ofAreas) {
    const unseen = questions.filter(({ slug }) => !lastAsked.has(slug));
    if (unseen.length > 0) return { questions: unseen, area: each, why: `unseen in ${each}` };
  }
  for (const { area: each, questions } of ofAreas) {
    const rested = questions.filter(({ slug }) => (lastAsked.get(slug) ?? 0) <= now - REST_MS);
    if (rested.length > 0) {
      const oldest = longestAgo(rested, lastAsked);
      return { questions: oldest, area: each, why: `all of ${areas.join(' and ')} seen, rested for 30 days` };
    }
  }
  const known = ofAreas.flatMap(({ questions }) => questions);
  const [oldest] = longestAgo(known.length > 0 ? known : bank, lastAsked);
  return {
    questions: oldest === undefined ? [] : [oldest],
    area: oldest?.area ?? area,
    why: 'everything seen within 30 days, this one longest ago',
  };
}

/** The older half, at least one. */
function longestAgo(
  questions: readonly Question[],
  lastAsked: ReadonlyMap<string, number>,
): readonly Question[] {
  return questions
    .toSorted((one, other) => (lastAsked.get(one.slug) ?? 0) - (lastAsked.get(other.slug) ?? 0))
    .slice(0, Math.ceil(questions.length / 2));
}

/** The learner's level in an area, from everything that was answered there. */
export function levelIn(
  area: Area,
  { bank, history, ratings }: Pick<Choosing, 'bank' | 'history' | 'ratings'>,
): number {
  const ofArea = new Map(bank.flatMap((it) => (it.area === area ? [[it.slug, it] as const] : [])));
  return levelAfter(
    history.flatMap(({ slug, coverage }) => {
      const question = ofArea.get(slug);
      return question === undefined || coverage === null
        ? []
        : [{ coverage, rating: ratingOf(question, ratings) }];
    }),
  );
}

/** Old gaps take at most one place in three: the rest of the area wants to be seen too. */
const PLACES_BETWEEN_RECALLS = 2;

function recallFrom(
  pool: readonly Question[],
  { history, fading, kinship }: Choosing,
  distance: (question: Question) => number,
): { question: Question; concept: ConceptRef } | null {
  if (history.slice(-PLACES_BETWEEN_RECALLS).some((asked) => asked.recalls)) return null;
  const free = new Set(pool);
  for (const concept of fading) {
    const { naming, ofTopic } = kinship.questionsWith(concept);
    // One that names it shows whether it is known; one of its topic only makes that likely.
    const [candidates = []] = [naming, ofTopic]
      .map((questions) => questions.filter((question) => free.has(question)))
      .filter((questions) => questions.length > 0);
    const [question] = candidates.toSorted((one, other) => distance(one) - distance(other));
    if (question !== undefined) return { question, concept };
  }
  return null;
}

/** A topic rests for this many questions, as far as there are others. */
const TOPIC_RESTS = 3;

function otherTopics(pool: readonly Question[], { bank, history }: Choosing): readonly Question[] {
  const recent = history.slice(-TOPIC_RESTS).map((asked) => asked.slug);
  const resting = new Set(
    bank.filter((it) => recent.includes(it.slug)).map((it) => `${it.area} ${it.topic}`),
  );
  const others = pool.filter((it) => !resting.has(`${it.area} ${it.topic}`));
  return others.length > 0 ? others : pool;
}

/** As much chance as keeps two learners of one level from walking in step. */
const CANDIDATES = 8;

/** One of the nearest, by luck. */
function pick(
  pool: readonly Question[],
  { distance, luck }: { distance: (question: Question) => number; luck: number },
): Question | null {
  const nearest = pool
    .map((question) => ({ question, away: distance(question) }))
    .toSorted((one, other) => one.away - other.away);
  const last = nearest[CANDIDATES - 1]?.away ?? Number.POSITIVE_INFINITY;
  // Those as far away as the last of the nearest have the same chance.
  const candidates = nearest.filter(({ away }) => away <= last);
  return candidates[Math.floor(luck * candidates.length)]?.question ?? null;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
