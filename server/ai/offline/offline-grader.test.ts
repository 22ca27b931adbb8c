import { describe, expect, it } from 'vitest';
import { loadBank } from '../../../content/load-bank.ts';
import { LANGUAGES } from '../../../interview/languages/language.ts';
import { questionIn } from '../../../interview/question.ts';
import { bandOf, coverageOf } from '../../../interview/rubric.ts';
import { createOfflineGrader } from './offline-grader.ts';

const { questions } = loadBank();

/** The whole bank is seconds of work on a busy machine. */
const WHOLE_BANK_TIMEOUT_MS = 60_000;

describe('the offline grader', { timeout: WHOLE_BANK_TIMEOUT_MS }, () => {
  const grader = createOfflineGrader();

  it('always grades, and says that no model had a part in it', async () => {
    const [first] = questions;
    if (first === undefined) throw new Error('the bank is empty');
    const outcome = await grader.grade(
      { question: questionIn(first, 'en'), answer: 'no idea', spoken: true },
      {},
    );
    expect(outcome).toMatchObject({
      kind: 'graded',
      made: {
        grader: 'offline',
        model: null,
        promptVersion: 'offline-1',
        inputTokens: null,
        costMicroUsd: null,
      },
    });
  });

  it.each(LANGUAGES)('finds strong what the bank itself would answer (%s)', async (language) => {
    const weak: string[] = [];
    for (const question of questions) {
      const asked = questionIn(question, language);
      const outcome = await grader.grade({ question: asked, answer: asked.modelAnswer, spoken: false }, {});
      const coverage =
        outcome.kind === 'graded' ? coverageOf(asked.concepts, outcome.assessment.verdicts) : 0;
      if (bandOf(coverage) !== 'strong') weak.push(question.slug);
    }
    expect(weak).toEqual([]);
  });

  it.each(LANGUAGES)("gives another question's answer little (%s)", async (language) => {
    const earned: number[] = [];
    for (const [index, question] of questions.entries()) {
      const asked = questionIn(question, language);
      const foreign = questions[(index + 7) % questions.length];
      const answer = foreign?.modelAnswer[language] ?? '';
      const outcome = await grader.grade({ question: asked, answer, spoken: false }, {});
      if (outcome.kind === 'graded') earned.push(coverageOf(asked.concepts, outcome.assessment.verdicts));
    }
    const mean = earned.reduce((sum, it) => sum + it, 0) / earned.length;
    expect(mean).toBeLessThan(0.15);
  });
});
