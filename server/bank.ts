import { type Kinship, kinshipOf } from '../interview/kinship.ts';
import type { Question } from '../interview/question.ts';

/** The question bank in memory. */
export type Bank = {
  /** What may be asked. */
  readonly questions: readonly Question[];
  readonly kinship: Kinship;
  /** Retired ones too: they may still be answered. Null when a question was taken out after it was asked. */
  find(slug: string): Question | null;
};

export function createBank(questions: readonly Question[]): Bank {
  const bySlug = new Map(questions.map((question) => [question.slug, question]));
  return {
    questions: questions.filter((question) => !question.retired),
    // What was missing in an answer to a retired question may come back in another.
    kinship: kinshipOf(questions),
    find: (slug) => bySlug.get(slug) ?? null,
  };
}
