import { loadBank } from '../content/load-bank.ts';
import { chooseQuestion } from '../interview/choosing.ts';
import { kinshipOf } from '../interview/kinship.ts';
import { mean, type SimulatedLearner, simulateMornings } from '../test/simulated-mornings.ts';
import type { Bench, Line } from './bench.ts';
import { quantile } from './quantile.ts';
import { hundredths, whole } from './words.ts';

const DAYS = 24 * 60 * 60 * 1000;
const LEARNERS = 300;
const MORNINGS = 120;

/** By then a level says who is better than whom. */
const SETTLED_AFTER = 30;
const LEAST_CORRELATION = 0.9;
const SUCCESS = { least: 0.7, most: 0.85 };
const RECALLS = { least: 0.05, most: 1 / 3 };

/** While most of them still find unseen questions. */
const COMPARED = 40;
/** Neither hopeless nor boring. */
const BEARABLE = { least: 0.65, most: 0.9 };

const LARGE_BANK = 10_000;
const LONGEST_CHOICE_MS = 5;
const CHOICES = 300;
const WARM_UP = 100;

/**
 * So many learners whose abilities the program does not know, for so many mornings with the bank as it is: whether their
 * levels find out, whether the questions are neither boring nor hopeless, and whether what was missing comes back.
 */
export async function benchChoosing(_: Bench): Promise<Line[]> {
  const bank = loadBank().questions;
  const simulated = simulateMornings({ bank, learners: LEARNERS });
  for (let morning = 0; morning < SETTLED_AFTER; morning++) simulated.next();
  const settled = Math.min(...simulated.correlations());
  for (let morning = SETTLED_AFTER; morning < MORNINGS; morning++) simulated.next();
  const blind = simulateMornings({ bank, learners: LEARNERS, isBlind: true });
  for (let morning = 0; morning < COMPARED; morning++) blind.next();
  return [
    levelLine(settled),
    ...answerLines(simulated.learners, bank.length),
    comparisonLine(shareBearable(simulated.learners), shareBearable(blind.learners)),
    choiceLine(),
  ];
}

function levelLine(settled: number): Line {
  return {
    what: `levels after ${SETTLED_AFTER} mornings, in the worst area`,
    database: null,
    measured: `rank correlation ${hundredths(settled)}`,
    yardstick: 'the hidden ability',
    ratio: settled,
    target: `≥ ${LEAST_CORRELATION}`,
    isReached: settled >= LEAST_CORRELATION,
  };
}

function answerLines(learners: readonly SimulatedLearner[], questions: number): readonly Line[] {
  const answers = learners.flatMap((learner) => learner.answers);
  const success = mean(answers.map(({ coverage }) => coverage));
  const recalls = answers.filter((it) => it.recalls !== null).length / answers.length;
  const early = answers.filter(({ tooEarly }) => tooEarly).length;
  const used = new Set(answers.map(({ slug }) => slug)).size;
  const asked = `${whole(answers.length)} answers of ${LEARNERS} learners`;
  return [
    {
      what: 'share of a question that is known',
      database: null,
      measured: hundredths(success),
      yardstick: asked,
      ratio: success,
      target: `${hundredths(SUCCESS.least)} to ${hundredths(SUCCESS.most)}`,
      isReached: success >= SUCCESS.least && success <= SUCCESS.most,
    },
    {
      what: 'questions that bring back what was missing',
      database: null,
      measured: hundredths(recalls),
      yardstick: asked,
      ratio: recalls,
      target: `${hundredths(RECALLS.least)} to ${hundredths(RECALLS.most)}`,
      isReached: recalls >= RECALLS.least && recalls <= RECALLS.most,
    },
    {
      what: 'asked again within 30 days although another had rested',
      database: null,
      measured: whole(early),
      yardstick: asked,
      ratio: null,
      target: '0',
      isReached: early === 0,
    },
    {
      what: 'questions of the bank that were used',
      database: null,
      measured: whole(used),
      yardstick: whole(questions),
      ratio: used / questions,
      target: 'all',
      isReached: used === questions,
    },
  ];
}

/** Of the learners: whose questions were neither hopeless nor boring as a whole. */
function shareBearable(learners: readonly SimulatedLearner[]): number {
  const means = learners.map(({ answers }) => mean(answers.slice(0, COMPARED).map((it) => it.coverage)));
  return means.filter((it) => it >= BEARABLE.least && it <= BEARABLE.most).length / means.length;
}

function comparisonLine(byLevel: number, blind: number): Line {
  return {
    what: `learners who know ${hundredths(BEARABLE.least)} to ${hundredths(BEARABLE.most)} of their first ${COMPARED} questions`,
    database: null,
    measured: hundredths(byLevel),
    yardstick: `${hundredths(blind)} when asked in any order`,
    ratio: byLevel / blind,
    target: '–',
    isReached: null,
  };
}

function choiceLine(): Line {
  const ms = medianChoiceMs();
  return {
    what: `choosing from ${whole(LARGE_BANK)} questions`,
    database: null,
    measured: `${hundredths(ms)} ms`,
    yardstick: `${LONGEST_CHOICE_MS} ms`,
    ratio: ms / LONGEST_CHOICE_MS,
    target: `< ${LONGEST_CHOICE_MS} ms`,
    isReached: ms < LONGEST_CHOICE_MS,
  };
}

/** For somebody with two hundred answers and something to bring back. */
function medianChoiceMs(): number {
  const small = loadBank().questions;
  const bank = Array.from({ length: Math.ceil(LARGE_BANK / small.length) }, (_, copy) =>
    small.map((question) => ({ ...question, slug: `${question.slug}-${copy}` })),
  ).flat();
  const kinship = kinshipOf(bank);
  const answered = bank.slice(0, 200);
  const history = answered.map(({ slug }, day) => ({
    slug,
    askedAt: day * DAYS,
    coverage: 0.7,
    recalls: false,
  }));
  const fading = answered
    .slice(0, 1)
    .map(({ slug, concepts }) => ({ slug, conceptId: concepts[0]?.id ?? '' }));
  const took = Array.from({ length: CHOICES }, (_, time) => {
    const beganAt = performance.now();
    chooseQuestion({
      bank,
      kinship,
      ratings: new Map(),
      area: answered[0]?.area ?? 'javascript',
      history,
      fading,
      now: 400 * DAYS,
      luck: time / CHOICES,
    });
    return performance.now() - beganAt;
  });
  return quantile(took.slice(WARM_UP), 0.5);
}
