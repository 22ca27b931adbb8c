import { expect, it } from 'vitest';
import { kinshipOf } from '../interview/kinship.ts';
import { someBank } from './build/bank.ts';
import { mean, type SimulatedAnswer, simulateMornings } from './simulated-mornings.ts';

const LEARNERS = 60;
const MORNINGS = 40;
const PER_AREA = 60;

const bank = someBank(PER_AREA);
const simulated = simulateMornings({ bank, learners: LEARNERS });
for (let morning = 0; morning < MORNINGS; morning++) simulated.next();
const histories = simulated.learners.map(({ answers }) => answers);
const answers = histories.flat();

it('learners’ levels come to stand in the order of their abilities', () => {
  expect(Math.min(...simulated.correlations())).toBeGreaterThanOrEqual(0.85);
});

it('nothing is asked twice while anything else is left', () => {
  for (const history of histories) expect(new Set(history.map(({ slug }) => slug)).size).toBe(MORNINGS);
  expect(answers.filter(({ tooEarly }) => tooEarly)).toEqual([]);
});

it('questions are neither hopeless nor boring', () => {
  const known = mean(answers.map(({ coverage }) => coverage));
  expect(known).toBeGreaterThan(0.7);
  expect(known).toBeLessThan(0.85);
  expect(shareBearable(histories)).toBeGreaterThan(0.65);
  const blind = simulateMornings({ bank, learners: LEARNERS, isBlind: true });
  for (let morning = 0; morning < MORNINGS; morning++) blind.next();
  expect(shareBearable(histories)).toBeGreaterThan(shareBearable(blind.learners.map((it) => it.answers)));
});

it('what was missing comes back, at most every third time', () => {
  for (const history of histories) {
    for (let at = 0; at + 3 <= history.length; at++) {
      expect(history.slice(at, at + 3).filter(({ recalls }) => recalls !== null).length).toBeLessThan(2);
    }
  }
  const recalled = answers.filter(({ recalls }) => recalls !== null).length / answers.length;
  expect(recalled).toBeGreaterThan(0.15);
});

it('what comes back was asked before, and comes through another question that is about it', () => {
  const kinship = kinshipOf(bank);
  for (const history of histories) {
    for (const [at, { slug, recalls }] of history.entries()) {
      if (recalls === null) continue;
      expect(slug).not.toBe(recalls.slug);
      expect(history.slice(0, at).map((it) => it.slug)).toContain(recalls.slug);
      const { naming, ofTopic } = kinship.questionsWith(recalls);
      expect([...naming, ...ofTopic].map((it) => it.slug)).toContain(slug);
    }
  }
});

it('the same dice lead to the same mornings', () => {
  const again = simulateMornings({ bank, learners: LEARNERS });
  for (let morning = 0; morning < 5; morning++) again.next();
  expect(again.learners.map((it) => it.answers)).toEqual(histories.map((history) => history.slice(0, 5)));
});

/** Those who know about three quarters of what they are asked, and not nearly all of it. */
function shareBearable(of: readonly (readonly SimulatedAnswer[])[]): number {
  const means = of.map((history) => mean(history.map(({ coverage }) => coverage)));
  return means.filter((it) => it >= 0.65 && it <= 0.9).length / means.length;
}
