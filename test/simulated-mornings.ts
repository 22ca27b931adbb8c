import { createLuck } from '../emulator/luck.ts';
import { AREAS, type Area, GENERAL_AREA } from '../interview/areas.ts';
import { type AskedBefore, chooseQuestion, levelIn, REST_MS } from '../interview/choosing.ts';
import { type ConceptRef, keyOf, kinshipOf } from '../interview/kinship.ts';
import { expectedCoverage, ratingChange, ratingOf, STARTING_RATING } from '../interview/level.ts';
import type { Question } from '../interview/question.ts';
import { type ConceptVerdict, coverageOf } from '../interview/rubric.ts';
import { gapsAfter } from '../server/coaching/gaps.ts';
import { type Gap, MOST_FADING } from '../server/store/gaps.ts';

const DAYS = 24 * 60 * 60 * 1000;
const FIRST_MORNING = Date.parse('2026-11-23T09:00:00Z');

/** Learners whose abilities the program does not know, one question a morning each. The dice are the same each time. */
export type SimulatedMornings = {
  readonly learners: readonly SimulatedLearner[];
  next(): void;
  /** Of each area: how well the order of the levels agrees with that of the abilities, 1 when it is the same. */
  correlations(): readonly number[];
};

export type SimulatedLearner = {
  readonly area: Area;
  readonly ability: number;
  readonly answers: readonly SimulatedAnswer[];
};

export type SimulatedAnswer = {
  readonly slug: string;
  readonly coverage: number;
  readonly recalls: ConceptRef | null;
  /** It had been asked within thirty days, and another question of the area, or of the general one, had not. */
  readonly tooEarly: boolean;
};

/** `blind`: questions come in any order instead, for comparison. */
export function simulateMornings(it: {
  bank: readonly Question[];
  learners: number;
  isBlind?: boolean;
}): SimulatedMornings {
  const { bank, isBlind = false } = it;
  const { fraction } = createLuck(20_261_125);
  const kinship = kinshipOf(bank);
  const ratings = new Map<string, number>();
  // What the questions really ask of people: the program only guesses it by their difficulty.
  const hardness = new Map(bank.map((each) => [each.slug, STARTING_RATING[each.difficulty] + 80 * normal()]));
  const learners = Array.from({ length: it.learners }, (_, index) => ({
    area: AREAS[index % AREAS.length] ?? GENERAL_AREA,
    ability: 1450 + 200 * normal(),
    history: [] as AskedBefore[],
    answers: [] as SimulatedAnswer[],
    gaps: [] as readonly Gap[],
  }));
  type Inside = (typeof learners)[number];
  let now = FIRST_MORNING;

  return {
    learners,
    next() {
      for (const learner of learners) answerOne(learner);
      now += DAYS;
    },
    correlations: () =>
      AREAS.map((area) => {
        const ofArea = learners.filter((learner) => learner.area === area);
        const levels = ofArea.map(({ history }) => levelIn(area, { bank, history, ratings }));
        return rankCorrelation(
          ofArea.map(({ ability }) => ability),
          levels,
        );
      }),
  };

  function answerOne(learner: Inside): void {
    const { history } = learner;
    const luck = fraction();
    const { question, recalls } = isBlind ? drawFor(learner, luck) : chooseFor(learner, luck);
    const verdicts = question.concepts.map(({ id }) => verdictOf(learner, question, id));
    const coverage = coverageOf(question.concepts, verdicts);
    const rating = ratingOf(question, ratings);
    const level = levelIn(question.area, { bank, history, ratings });
    ratings.set(question.slug, rating + ratingChange({ coverage, level, rating }));
    learner.answers.push({ slug: question.slug, coverage, recalls, tooEarly: isTooEarly(learner, question) });
    history.push({ slug: question.slug, askedAt: now, coverage, recalls: recalls !== null });
    const { open, closed } = gapsAfter({ gaps: learner.gaps, question, verdicts, recalls, kinship, now });
    const changed = new Set([...open, ...closed].map(({ concept }) => keyOf(concept)));
    learner.gaps = [...learner.gaps.filter(({ concept }) => !changed.has(keyOf(concept))), ...open];
  }

  function chooseFor({ area, history, gaps }: Inside, luck: number) {
    const fading = gaps
      .filter((gap) => gap.dueAt <= now)
      .toSorted((one, other) => one.dueAt - other.dueAt)
      .slice(0, MOST_FADING)
      .map(({ concept }) => concept);
    const chosen = chooseQuestion({ bank, kinship, ratings, area, history, fading, now, luck });
    if (chosen === null) throw new Error('The bank is empty');
    return chosen;
  }

  function drawFor({ area, history }: Inside, luck: number): { question: Question; recalls: null } {
    const seen = new Set(history.map(({ slug }) => slug));
    const within = (each: Area) => bank.filter((question) => question.area === each);
    const [pool = bank] = [
      within(area).filter(({ slug }) => !seen.has(slug)),
      within(GENERAL_AREA).filter(({ slug }) => !seen.has(slug)),
      within(area),
    ].filter((questions) => questions.length > 0);
    const question = pool[Math.floor(luck * pool.length)];
    if (question === undefined) throw new Error('The bank is empty');
    return { question, recalls: null };
  }

  function isTooEarly({ area, history }: Inside, question: Question): boolean {
    const recent = new Set(history.filter((it) => it.askedAt > now - REST_MS).map(({ slug }) => slug));
    const others = bank.filter((it) => it.area === area || it.area === GENERAL_AREA);
    return recent.has(question.slug) && others.some(({ slug }) => !recent.has(slug));
  }

  function verdictOf({ ability }: Inside, { slug }: Question, conceptId: string): ConceptVerdict {
    const isKnown = fraction() < expectedCoverage(ability, hardness.get(slug) ?? 0);
    const verdict = isKnown ? 'covered' : fraction() < 0.25 ? 'partial' : 'missing';
    return { conceptId, verdict, quote: verdict === 'missing' ? null : 'words' };
  }

  function normal(): number {
    return Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());
  }
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** By Spearman: of the ranks. */
function rankCorrelation(ones: readonly number[], others: readonly number[]): number {
  const [first, second] = [ranksOf(ones), ranksOf(others)];
  const [middleOne, middleOther] = [mean(first), mean(second)];
  const together = mean(
    first.map((rank, index) => (rank - middleOne) * ((second[index] ?? 0) - middleOther)),
  );
  return together / (spread(first, middleOne) * spread(second, middleOther));
}

function ranksOf(values: readonly number[]): readonly number[] {
  const ranks: number[] = [];
  const order = [...values.keys()].toSorted((one, other) => (values[one] ?? 0) - (values[other] ?? 0));
  for (const [rank, index] of order.entries()) ranks[index] = rank;
  return ranks;
}

function spread(values: readonly number[], middle: number): number {
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
