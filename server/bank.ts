import { type Kinship, kinshipOf } from '../interview/kinship.ts';
import type { Question } from '../interview/question.ts';

/** The question bank in memory. */
export type Bank = {
  readonly questions: readonly Question[];
  readonly kinship: Kinship;
  /** Null when a question was taken out of the bank after it was asked. */
  find(slug: string): Question | null;
};

export function createBank(questions: readonly Question[]): Bank {
  const bySlug = new Map(questions.map((question) => [question.slug, question]));
  return { questions, kinship: kinshipOf(questions), find: (slug) => bySlug.get(slug) ?? null };
}
