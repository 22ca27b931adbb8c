import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIFFICULTIES } from './areas.ts';
import {
  expectedCoverage,
  levelAfter,
  ratingChange,
  ratingFor,
  ratingOf,
  STARTING_LEVEL,
  STARTING_RATING,
  WANTED_SUCCESS,
} from './level.ts';

const share = () => fc.double({ min: 0, max: 1, noNaN: true });
const rating = () => fc.double({ min: 600, max: 2000, noNaN: true });
const answers = () => fc.array(fc.record({ coverage: share(), rating: rating() }), { maxLength: 40 });

describe('a level', () => {
  it('begins where the easy questions are just right', () => {
    expect(levelAfter([])).toBe(STARTING_LEVEL);
    expect(ratingFor(STARTING_LEVEL, WANTED_SUCCESS)).toBeCloseTo(STARTING_RATING.easy);
  });

  it('climbs with an answer that was better than expected and falls with one that was worse', () => {
    fc.assert(
      fc.property(answers(), share(), rating(), (before, coverage, of) => {
        const level = levelAfter(before);
        const change = levelAfter([...before, { coverage, rating: of }]) - level;
        const surprise = coverage - expectedCoverage(level, of);
        fc.pre(Math.abs(surprise) > 1e-9);
        expect(Math.sign(change)).toBe(Math.sign(surprise));
      }),
    );
  });

  it('is higher the better any one of the answers was', () => {
    fc.assert(
      fc.property(answers(), fc.nat(), share(), (given, index, better) => {
        fc.pre(given.length > 0);
        const at = index % given.length;
        const improved = given.map((it, place) =>
          place === at ? { ...it, coverage: Math.max(it.coverage, better) } : it,
        );
        expect(levelAfter(improved)).toBeGreaterThanOrEqual(levelAfter(given) - 1e-6);
      }),
    );
  });

  it('is higher the harder the question that was known as well', () => {
    const levelOnce = (of: number) => levelAfter([{ coverage: 0.7, rating: of }]);
    expect(levelOnce(1400)).toBeGreaterThan(levelOnce(1200));
    expect(levelOnce(1200)).toBeGreaterThan(levelOnce(1000));
  });

  it('moves in large steps at first and in small ones later', () => {
    const steps = Array.from({ length: 40 }, (_, count) => {
      const before = Array.from({ length: count }, () => ({ coverage: 0.5, rating: STARTING_LEVEL }));
      return levelAfter([...before, { coverage: 1, rating: STARTING_LEVEL }]) - levelAfter(before);
    });
    expect(steps).toEqual(steps.toSorted((one, other) => other - one));
    expect(steps[0]).toBeGreaterThan(100);
    expect(steps.at(-1)).toBeCloseTo(20);
  });

  it('depends on nothing but the answers in their order', () => {
    fc.assert(
      fc.property(answers(), (given) => {
        expect(levelAfter([...given])).toBe(levelAfter(given));
      }),
    );
  });
});

describe('what is expected', () => {
  it('is half of a question as hard as the level, more of an easier one, less of a harder one', () => {
    expect(expectedCoverage(1200, 1200)).toBe(0.5);
    expect(expectedCoverage(1600, 1200)).toBeCloseTo(10 / 11);
    fc.assert(
      fc.property(rating(), rating(), rating(), (level, one, other) => {
        const [easier, harder] = one < other ? [one, other] : [other, one];
        expect(expectedCoverage(level, easier)).toBeGreaterThanOrEqual(expectedCoverage(level, harder));
      }),
    );
  });

  it('finds the question that would give it', () => {
    fc.assert(
      fc.property(rating(), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (level, success) => {
        expect(expectedCoverage(level, ratingFor(level, success))).toBeCloseTo(success);
      }),
    );
  });
});

describe('the rating of a question', () => {
  it('is that of its difficulty until somebody has answered it', () => {
    const ratings = new Map([['known', 1234.5]]);
    expect(DIFFICULTIES.map((difficulty) => ratingOf({ slug: 'new', difficulty }, ratings))).toEqual([
      1000, 1200, 1400,
    ]);
    expect(ratingOf({ slug: 'known', difficulty: 'easy' }, ratings)).toBe(1234.5);
  });

  it('rises when less of it was known than expected and falls when more was', () => {
    fc.assert(
      fc.property(share(), rating(), rating(), (coverage, level, of) => {
        const surprise = expectedCoverage(level, of) - coverage;
        fc.pre(Math.abs(surprise) > 1e-9);
        const change = ratingChange({ coverage, level, rating: of });
        expect(Math.sign(change)).toBe(Math.sign(surprise));
        expect(Math.abs(change)).toBeLessThanOrEqual(8);
      }),
    );
  });
});
