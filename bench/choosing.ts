import { loadBank } from '../content/load-bank.ts';
import { AREAS, type Area } from '../interview/areas.ts';
import { type AskedBefore, chooseQuestion, levelIn, REST_MS } from '../interview/choosing.ts';
import { type ConceptRef, kinshipOf } from '../interview/kinship.ts';
import { expectedCoverage, ratingChange, STARTING_RATING } from '../interview/level.ts';
import type { Question } from '../interview/question.ts';
import { type ConceptVerdict, coverageOf } from '../interview/rubric.ts';
import { type Gap, gapsAfter } from '../server/coaching/gaps.ts';
import type { Bench, Line } from './bench.ts';
import { quantile } from './quantile.ts';
import { hundredths, whole } from './words.ts';

const DAYS = 24 * 60 * 60 * 1000;
const LEARNERS = 300;
const MORNINGS = 120;
/** By then a level says who is better than whom. */
const SETTLED_BY = 30;
const LEAST_CORRELATION = 0.9;
const BAND = { from: 0.7, to: 0.85 };
const LARGE_BANK = 10_000;
const LONGEST_CHOICE_MS = 5;

/**
 * So many learners whose abilities the program does not know, each with weak spots of their own, for so many mornings:
 * whether their levels find out, whether the questions are neither boring nor hopeless, and whether what was missing
 * comes back. The dice are the same each time.
 */
export async function benchChoosing(_: Bench): Promise<Line[]> {
  const bank = loadBank().questions;
  const world = newWorld(bank);
  for (let morning = 0; morning < MORNINGS; morning++) {
    for (const learner of world.learners) answerOne(world, learner, morning);
    if (morning === SETTLED_BY - 1) world.settled = correlations(world);
  }
  return [...linesOf(world), ...choiceLines(bank)];
}

type Simulated = {
  readonly area: Area;
  readonly ability: number;
  readonly history: AskedBefore[];
  /** Concepts that this learner has not understood, whatever else they know. */
  readonly confused: Set<string>;
  readonly met: Set<string>;
  gaps: readonly Gap[];
};

type World = {
  readonly bank: readonly Question[];
  readonly kinship: ReturnType<typeof kinshipOf>;
  readonly bySlug: ReadonlyMap<string, Question>;
  readonly ratings: Map<string, number>;
  /** What the questions really ask of people, which the program only guesses by their difficulty. */
  readonly hardness: ReadonlyMap<string, number>;
  readonly learners: readonly Simulated[];
  readonly dice: () => number;
  settled: readonly number[];
  recalled: number;
  repeatedEarly: number;
};

function newWorld(bank: readonly Question[]): World {
  const dice = mulberry32(20_261_125);
  return {
    bank,
    kinship: kinshipOf(bank),
    bySlug: new Map(bank.map((question) => [question.slug, question])),
    ratings: new Map(),
    hardness: new Map(
      bank.map(({ slug, difficulty }) => [slug, STARTING_RATING[difficulty] + 80 * normal(dice)]),
    ),
    learners: Array.from({ length: LEARNERS }, (_, index) => ({
      area: AREAS[index % AREAS.length] ?? 'dsa',
      ability: 1450 + 200 * normal(dice),
      history: [],
      confused: new Set<string>(),
      met: new Set<string>(),
      gaps: [],
    })),
    dice,
    settled: [],
    recalled: 0,
    repeatedEarly: 0,
  };
}

function answerOne(world: World, learner: Simulated, morning: number): void {
  const { bank, kinship, ratings, dice } = world;
  const now = morning * DAYS;
  const fading = learner.gaps
    .filter((gap) => gap.dueAt <= now)
    .toSorted((one, other) => one.dueAt - other.dueAt)
    .map((gap) => gap.concept);
  const chosen = chooseQuestion({
    bank,
    kinship,
    ratings,
    area: learner.area,
    history: learner.history,
    fading,
    now,
    luck: dice(),
  });
  if (chosen === null) return;
  const { question, recalls } = chosen;
  const before = learner.history.findLast((asked) => asked.slug === question.slug);
  if (before !== undefined && before.askedAt > now - REST_MS) world.repeatedEarly += 1;
  if (recalls !== null) world.recalled += 1;

  const verdicts = question.concepts.map((concept) => verdictOn(world, learner, question, concept.id));
  const coverage = coverageOf(question.concepts, verdicts);
  const level = levelIn(question.area, { bank, history: learner.history, ratings });
  const rating = ratings.get(question.slug) ?? STARTING_RATING[question.difficulty];
  ratings.set(question.slug, rating + ratingChange({ coverage, level, rating }));
  learner.history.push({ slug: question.slug, askedAt: now, coverage, recalls: recalls !== null });
  const { open, closed } = gapsAfter({ gaps: learner.gaps, question, verdicts, recalls, kinship, now });
  const gone = new Set([...open.map(({ concept }) => keyOf(concept)), ...closed.map(keyOf)]);
  learner.gaps = [...learner.gaps.filter(({ concept }) => !gone.has(keyOf(concept))), ...open];
}

function verdictOn(
  { hardness, dice }: World,
  learner: Simulated,
  { slug }: Question,
  conceptId: string,
): ConceptVerdict {
  const knows = dice() < expectedCoverage(learner.ability, hardness.get(slug) ?? 0);
  const verdict = knows ? 'covered' : dice() < 0.25 ? 'partial' : 'missing';
  return { conceptId, verdict, quote: verdict === 'missing' ? null : 'words' };
}

function correlations({ learners, bank, ratings }: World): readonly number[] {
  return AREAS.map((area) => {
    const ofArea = learners.filter((learner) => learner.area === area);
    return rankCorrelation(
      ofArea.map((learner) => learner.ability),
      ofArea.map(({ history }) => levelIn(area, { bank, history, ratings })),
    );
  });
}

function linesOf(world: World): readonly Line[] {
  const { learners, bank } = world;
  const all = learners.flatMap(({ history }) => history.flatMap(({ coverage }) => coverage ?? []));
  const success = mean(all);
  const settled = learners.map(({ history }) =>
    mean(history.slice(SETTLED_BY).flatMap(({ coverage }) => coverage ?? [])),
  );
  const inBand = settled.filter((each) => each >= BAND.from && each <= BAND.to).length / settled.length;
  const used = new Set(learners.flatMap(({ history }) => history.map(({ slug }) => slug)));
  const lowest = Math.min(...world.settled);
  const recalls = world.recalled / (LEARNERS * MORNINGS);
  console.log(
    'by area',
    world.settled,
    'by tertile',
    [...tertiles(learners)],
    'in band',
    inBand,
    'first 10',
    mean(learners.flatMap(({ history }) => history.slice(0, 10).map((h) => h.coverage ?? 0))),
  );
  return [
    line(
      'levels know who is better after 30 mornings',
      hundredths(lowest),
      'rank correlation with the hidden ability, the worst area',
      lowest / LEAST_CORRELATION,
      `≥ ${LEAST_CORRELATION}`,
      lowest >= LEAST_CORRELATION,
    ),
    line(
      'success',
      hundredths(success),
      `${hundredths(BAND.from)} to ${hundredths(BAND.to)}`,
      success,
      'in the band',
      success >= BAND.from && success <= BAND.to,
    ),
    line(
      'brings back what was missing',
      whole(world.recalled),
      `${whole(LEARNERS * MORNINGS)} questions`,
      recalls,
      'some, at most a third',
      recalls > 0.05 && recalls <= 1 / 3,
    ),
    line('asked again within 30 days', whole(world.repeatedEarly), '0', 0, '0', world.repeatedEarly === 0),
    line(
      'questions used',
      whole(used.size),
      `${whole(bank.length)} in the bank`,
      used.size / bank.length,
      'all',
      used.size === bank.length,
    ),
  ];
}

function* tertiles(learners: readonly Simulated[]) {
  const sorted = learners.toSorted((a, b) => a.ability - b.ability);
  for (let i = 0; i < 5; i++)
    yield mean(
      sorted
        .slice(i * 60, i * 60 + 60)
        .flatMap(({ history }) => history.flatMap(({ coverage }) => coverage ?? [])),
    );
}

function choiceLines(bank: readonly Question[]): readonly Line[] {
  const large = Array.from({ length: LARGE_BANK }, (_, index) => {
    const question = bank[index % bank.length] as Question;
    return { ...question, slug: `${question.slug}-${index}` };
  });
  const kinship = kinshipOf(large);
  const history = large
    .slice(0, 200)
    .map((question, index) => ({
      slug: question.slug,
      askedAt: index * DAYS,
      coverage: 0.7,
      recalls: false,
    }));
  const fading: ConceptRef[] = [{ slug: large[0]?.slug ?? '', conceptId: large[0]?.concepts[0]?.id ?? '' }];
  const took: number[] = [];
  for (let time = 0; time < 300; time++) {
    const beganAt = performance.now();
    chooseQuestion({
      bank: large,
      kinship,
      ratings: new Map(),
      area: 'javascript',
      history,
      fading: time % 2 ? fading : [],
      now: 400 * DAYS,
      luck: time / 300,
    });
    took.push(performance.now() - beganAt);
  }
  const ms = quantile(took.slice(100), 0.5);
  return [
    line(
      `choosing from ${whole(LARGE_BANK)} questions`,
      `${hundredths(ms)} ms`,
      `${LONGEST_CHOICE_MS} ms`,
      ms / LONGEST_CHOICE_MS,
      `< ${LONGEST_CHOICE_MS} ms`,
      ms < LONGEST_CHOICE_MS,
    ),
  ];
}

function line(
  what: string,
  measured: string,
  yardstick: string,
  ratio: number,
  target: string,
  isReached: boolean,
): Line {
  return { what, database: null, measured, yardstick, ratio, target, isReached };
}

/** By Spearman: of the ranks. */
function rankCorrelation(ones: readonly number[], others: readonly number[]): number {
  const [first, second] = [ranksOf(ones), ranksOf(others)];
  const [meanOne, meanOther] = [mean(first), mean(second)];
  const covariance = mean(first.map((rank, index) => (rank - meanOne) * ((second[index] ?? 0) - meanOther)));
  const spread = (ranks: readonly number[], middle: number) =>
    Math.sqrt(mean(ranks.map((rank) => (rank - middle) ** 2)));
  return covariance / (spread(first, meanOne) * spread(second, meanOther));
}

function ranksOf(values: readonly number[]): readonly number[] {
  const order = values
    .map((value, index) => ({ value, index }))
    .toSorted((one, other) => one.value - other.value);
  const ranks: number[] = [];
  for (const [rank, { index }] of order.entries()) ranks[index] = rank;
  return ranks;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function keyOf({ slug, conceptId }: ConceptRef): string {
  return `${slug} ${conceptId}`;
}

function normal(dice: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - dice())) * Math.cos(2 * Math.PI * dice());
}

/** A well-known small generator: the same numbers on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
