import { LANGUAGES } from '../interview/languages/language.ts';
import { type Question, type QuestionInLanguage, questionIn } from '../interview/question.ts';
import { coverageOf } from '../interview/rubric.ts';
import { judgeOffline } from '../server/ai/offline/judge-offline.ts';
import { HIGHEST_BARE_COVERAGE, LOWEST_MODEL_COVERAGE } from './limits.ts';
import type { Finding } from './problem.ts';

/** Hands our own answer and the bare question to the offline grader: the one must earn nearly all, the other nothing. */
export function checkGrading(question: Question): readonly Finding[] {
  return LANGUAGES.flatMap((language) => {
    const asked = questionIn(question, language);
    return [...checkModelAnswer(asked), ...checkBareQuestion(asked)];
  });
}

function checkModelAnswer(asked: QuestionInLanguage): readonly Finding[] {
  const { verdicts } = judgeOffline(asked, asked.modelAnswer);
  const coverage = coverageOf(asked.concepts, verdicts);
  if (coverage >= LOWEST_MODEL_COVERAGE) return [];
  const lacking = verdicts
    .filter((it) => it.verdict !== 'covered')
    .map((it) => `${it.conceptId} ${it.verdict}`);
  const sentence = `earns ${percent(coverage)} from the offline grader, at least ${percent(LOWEST_MODEL_COVERAGE)}: ${lacking.join(', ')}`;
  return [{ path: ['model_answer', asked.language], sentence }];
}

/**
 * The grader gives nothing for a run of words copied from the question, but a learner may also say it back in words
 * and order of their own: so its words are handed in, in pieces too short to count as copied.
 */
function checkBareQuestion(asked: QuestionInLanguage): readonly Finding[] {
  const { verdicts } = judgeOffline(asked, inPieces(asked.text));
  const coverage = coverageOf(asked.concepts, verdicts);
  if (coverage <= HIGHEST_BARE_COVERAGE) return [];
  const earned = verdicts.filter((it) => it.quote !== null).map((it) => `${it.conceptId} by "${it.quote}"`);
  const sentence = `handed in as an answer earns ${percent(coverage)}, at most ${percent(HIGHEST_BARE_COVERAGE)}: ${earned.join(', ')}`;
  return [{ path: ['text', asked.language], sentence }];
}

const PIECE_WORDS = 4;

function inPieces(text: string): string {
  const words = text.split(/\s+/);
  const pieces = words.flatMap((_, at) =>
    at % PIECE_WORDS === 0 ? [words.slice(at, at + PIECE_WORDS).join(' ')] : [],
  );
  return pieces.reverse().join('. ');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
