import { AREAS, type Area } from '../interview/areas.ts';
import type { Question } from '../interview/question.ts';
import { sharedWords } from '../server/ai/offline/same-words.ts';
import { FEWEST_QUESTIONS_PER_AREA, NEAR_DUPLICATE } from './limits.ts';
import type { Finding } from './problem.ts';

/** What only the whole bank can show: slugs used twice, questions asked twice, areas that run dry. */
export function checkCollection(
  questions: readonly Question[],
): readonly { readonly question: Question | null; readonly finding: Finding }[] {
  return [
    ...questions.flatMap((question, index) => {
      const earlier = questions.slice(0, index);
      return [...checkSlug(question, earlier), ...checkDuplicates(question, earlier)].map((finding) => ({
        question,
        finding,
      }));
    }),
    ...AREAS.flatMap((area) => checkArea(area, questions)).map((finding) => ({ question: null, finding })),
  ];
}

const SLUG_PREFIX: Readonly<Record<Area, string>> = {
  javascript: 'js-',
  python: 'py-',
  ruby: 'rb-',
  dsa: 'dsa-',
};

function checkSlug({ slug, area }: Question, earlier: readonly Question[]): readonly Finding[] {
  const prefix = SLUG_PREFIX[area];
  return [
    ...(slug.startsWith(prefix) ? [] : [{ path: ['slug'], sentence: `does not begin with ${prefix}` }]),
    ...(earlier.some((other) => other.slug === slug)
      ? [{ path: ['slug'], sentence: 'is taken by another question' }]
      : []),
  ];
}

/** English stands for all: the three languages of a question ask the same thing. */
function checkDuplicates({ text }: Question, earlier: readonly Question[]): readonly Finding[] {
  return earlier
    .filter((other) => sharedWords(text.en, other.text.en, 'en') >= NEAR_DUPLICATE)
    .map((other) => ({ path: ['text', 'en'], sentence: `asks nearly the same as ${other.slug}` }));
}

function checkArea(area: Area, questions: readonly Question[]): readonly Finding[] {
  const count = questions.filter((question) => question.area === area).length;
  const sentence = `${area} has ${count} questions, at least ${FEWEST_QUESTIONS_PER_AREA} are needed`;
  return count < FEWEST_QUESTIONS_PER_AREA ? [{ path: [], sentence }] : [];
}
