import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConceptInLanguage } from './question.ts';
import {
  BANDS,
  bandOf,
  type ConceptVerdict,
  coverageOf,
  HIGHEST_SCORE,
  SCORE_CAP_WHEN_CORE_CONTRADICTED,
  scoreOf,
  VERDICTS,
  type Verdict,
} from './rubric.ts';

/** Two core concepts of weight 3 and 2, and two further ones of weight 2 and 1. */
const CONCEPTS = [
  concept('a', 3, true),
  concept('b', 2, true),
  concept('c', 2, false),
  concept('d', 1, false),
];

describe('a score', () => {
  it.each([
    ['everything covered', ['covered', 'covered', 'covered', 'covered'], 10],
    ['nothing said', ['missing', 'missing', 'missing', 'missing'], 0],
    ['half of everything', ['partial', 'partial', 'partial', 'partial'], 5],
    ['the weightiest alone: 3 of 8', ['covered', 'missing', 'missing', 'missing'], 4],
    ['all but the lightest: 7 of 8', ['covered', 'covered', 'covered', 'missing'], 9],
    [
      'a side concept contradicted earns nothing for it',
      ['covered', 'covered', 'contradicted', 'covered'],
      8,
    ],
    ['a core concept contradicted does not pass', ['covered', 'contradicted', 'covered', 'covered'], 4],
    ['a core concept contradicted and little else', ['contradicted', 'missing', 'missing', 'covered'], 1],
  ] as const)('%s', (_, verdicts, score) => {
    expect(scoreOf(CONCEPTS, verdictsOn(CONCEPTS, verdicts))).toBe(score);
  });

  it('gives nothing for a concept on which no verdict came, and nothing for a verdict on an unknown one', () => {
    expect(scoreOf(CONCEPTS, [verdict('a', 'covered'), verdict('unheard-of', 'covered')])).toBe(4);
  });

  it('does not depend on the order of the verdicts', () => {
    fc.assert(
      fc.property(graded(), ({ concepts, verdicts }) => {
        expect(scoreOf(concepts, verdicts.toReversed())).toBe(scoreOf(concepts, verdicts));
      }),
    );
  });

  it('is a whole number from nought to ten for any question and any verdicts', () => {
    fc.assert(
      fc.property(graded(), ({ concepts, verdicts }) => {
        const score = scoreOf(concepts, verdicts);
        expect(Number.isInteger(score)).toBe(true);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(HIGHEST_SCORE);
      }),
    );
  });

  it('never falls when one verdict gets better', () => {
    fc.assert(
      fc.property(graded(), fc.nat(), ({ concepts, verdicts }, chosen) => {
        const at = chosen % verdicts.length;
        const better = verdicts.map((it, index) =>
          index === at ? verdict(it.conceptId, RISING[Math.min(RISING.indexOf(it.verdict) + 1, 3)]!) : it,
        );
        expect(scoreOf(concepts, better)).toBeGreaterThanOrEqual(scoreOf(concepts, verdicts));
        expect(coverageOf(concepts, better)).toBeGreaterThanOrEqual(coverageOf(concepts, verdicts));
      }),
    );
  });

  it('never passes the cap while a core concept is contradicted', () => {
    fc.assert(
      fc.property(graded(), ({ concepts, verdicts }) => {
        const core = concepts.filter((it) => it.core).map((it) => it.id);
        fc.pre(verdicts.some((it) => it.verdict === 'contradicted' && core.includes(it.conceptId)));
        expect(scoreOf(concepts, verdicts)).toBeLessThanOrEqual(SCORE_CAP_WHEN_CORE_CONTRADICTED);
      }),
    );
  });
});

describe('coverage', () => {
  it('is the share of the weight that was earned', () => {
    expect(coverageOf(CONCEPTS, [verdict('a', 'covered'), verdict('c', 'partial')])).toBe(4 / 8);
  });

  it('of a question without concepts is nothing, not an error', () => {
    expect(coverageOf([], [])).toBe(0);
  });
});

describe('a score in words', () => {
  it.each([
    [1, 'strong'],
    [0.8, 'strong'],
    [0.79, 'good'],
    [0.55, 'good'],
    [0.54, 'partial'],
    [0.25, 'partial'],
    [0.24, 'starting'],
    [0, 'starting'],
  ] as const)('for a coverage of %d is %s', (coverage, band) => {
    expect(bandOf(coverage)).toBe(band);
  });

  it('never gets worse with more coverage', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (one, other) => {
        const rank = (coverage: number) => -BANDS.indexOf(bandOf(coverage));
        expect(rank(Math.max(one, other))).toBeGreaterThanOrEqual(rank(Math.min(one, other)));
      }),
    );
  });
});

/** From the worst thing to say about a concept to the best. */
const RISING: readonly Verdict[] = ['contradicted', 'missing', 'partial', 'covered'];

function graded() {
  return fc
    .array(
      fc.record({
        weight: fc.integer({ min: 1, max: 3 }),
        core: fc.boolean(),
        verdict: fc.constantFrom(...VERDICTS),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((rows) => ({
      concepts: rows.map((row, index) => concept(`c${index}`, row.weight, row.core)),
      verdicts: rows.map((row, index) => verdict(`c${index}`, row.verdict)),
    }));
}

function concept(id: string, weight: number, core: boolean): ConceptInLanguage {
  return { id, weight, core, text: id, aliases: [] };
}

function verdict(conceptId: string, value: Verdict): ConceptVerdict {
  return { conceptId, verdict: value, quote: value === 'missing' ? null : 'words' };
}

function verdictsOn(concepts: readonly ConceptInLanguage[], values: readonly Verdict[]): ConceptVerdict[] {
  return concepts.map((it, index) => verdict(it.id, values[index]!));
}
