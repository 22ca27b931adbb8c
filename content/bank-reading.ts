import type { Question } from '../interview/question.ts';
import type { FieldPath, Place, Problem } from './problem.ts';

/** What reading questions brought, from whatever kind of file. */
export type BankReading = {
  /** Everything readable: one broken question does not take its neighbours with it. */
  readonly questions: readonly Question[];
  readonly problems: readonly Problem[];
  /** Where a field of a question stands, as near as the file tells; null for a question of another bank. */
  readonly placeOf: (question: Question, path: FieldPath) => Place | null;
};

export function joinReadings(readings: readonly BankReading[]): BankReading {
  return {
    questions: readings.flatMap((it) => it.questions),
    problems: readings.flatMap((it) => it.problems),
    placeOf: (question, path) =>
      readings.find((it) => it.questions.includes(question))?.placeOf(question, path) ?? null,
  };
}

export function onlyProblem(file: string, sentence: string, line = 1): BankReading {
  const problem = { slug: null, path: [], place: { file, line, column: 1 }, sentence };
  return { questions: [], problems: [problem], placeOf: () => null };
}
