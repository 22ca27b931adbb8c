import type { Question } from '../interview/question.ts';
import type { Finding } from './problem.ts';

/** What a retired question keeps for good is its slug: history is told by it. All else is about what may be asked. */
export function checkRetired(
  questions: readonly Question[],
): readonly { readonly question: Question; readonly finding: Finding }[] {
  const retired = questions.filter((question) => question.retired);
  return retired.flatMap(({ slug }) =>
    questions
      .filter((other) => other.slug === slug)
      .slice(1)
      .map((question) => ({
        question,
        finding: { path: ['slug'], sentence: 'is taken by a retired question' },
      })),
  );
}
