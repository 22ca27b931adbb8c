import { LANGUAGES } from '../interview/languages/language.ts';
import type { Question } from '../interview/question.ts';
import { LONGEST_CLAIM, LONGEST_CORRECTION, MISCONCEPTIONS } from './limits.ts';
import type { Finding } from './problem.ts';

/** What learners often get wrong: told in one breath, about a concept that there is. */
export function checkMisconceptions(question: Question): readonly Finding[] {
  const { misconceptions } = question;
  const path = ['misconceptions'];
  const count = misconceptions.length;
  return [
    ...(count < MISCONCEPTIONS.fewest || count > MISCONCEPTIONS.most
      ? [
          {
            path,
            sentence: `has ${count} misconceptions, ${MISCONCEPTIONS.fewest} to ${MISCONCEPTIONS.most} are wanted`,
          },
        ]
      : []),
    ...misconceptions.flatMap((it, index) => [
      ...(question.concepts.some(({ id }) => id === it.concept)
        ? []
        : [
            {
              path: [...path, index, 'concept'],
              sentence: `names no concept of this question: ${it.concept}`,
            },
          ]),
      ...LANGUAGES.flatMap((language) => [
        ...checkLength([...path, index, 'claim', language], it.claim[language], LONGEST_CLAIM),
        ...checkLength([...path, index, 'correction', language], it.correction[language], LONGEST_CORRECTION),
      ]),
    ]),
  ];
}

function checkLength(path: Finding['path'], text: string, longest: number): readonly Finding[] {
  const findings: Finding[] = [];
  if (text.length > longest)
    findings.push({ path, sentence: `has ${text.length} characters, at most ${longest}` });
  if (/[\n\r]/.test(text)) findings.push({ path, sentence: 'is more than one line' });
  return findings;
}
