import { AREAS, type Area, DIFFICULTIES } from '../interview/areas.ts';
import { LANGUAGES } from '../interview/languages/language.ts';
import type { Question } from '../interview/question.ts';
import { fitsTemplateParameter } from '../interview/window.ts';
import type { BankReading } from './bank-reading.ts';
import { checkCollection } from './check-collection.ts';
import { checkConcepts } from './check-concepts.ts';
import { checkGrading } from './check-grading.ts';
import { checkLanguage } from './check-language.ts';
import { checkMisconceptions } from './check-misconceptions.ts';
import { checkRetired } from './check-retired.ts';
import { checkSending } from './check-sending.ts';
import { checkTexts } from './check-texts.ts';
import { bankFolder, loadBank } from './load-bank.ts';
import { type Finding, type Problem, printProblem } from './problem.ts';

/** Everything in which the questions break the rules of `content/README.md`, with its place if the bank knows it. */
export function checkBank(
  questions: readonly Question[],
  placeOf: BankReading['placeOf'] = () => null,
): readonly Problem[] {
  const toProblem = (question: Question | null, { path, sentence }: Finding): Problem => ({
    slug: question?.slug ?? null,
    path,
    place: question === null ? null : placeOf(question, path),
    sentence,
  });
  return [
    ...questions.flatMap((question) =>
      [
        ...checkTexts(question),
        ...checkSending(question),
        ...checkConcepts(question),
        ...checkMisconceptions(question),
        ...checkLanguage(question),
        ...checkGrading(question),
      ].map((it) => toProblem(question, it)),
    ),
    ...[...checkRetired(questions), ...checkCollection(questions.filter(({ retired }) => !retired))].map(
      ({ question, finding }) => toProblem(question, finding),
    ),
  ];
}

/** The questions that reach a learner inside the daily template in every language, without a tap for the full text. */
export function travelInTemplate(questions: readonly Question[]): readonly Question[] {
  return questions.filter(({ text }) => LANGUAGES.every((language) => fitsTemplateParameter(text[language])));
}

/** Prints every problem with its place and says 1, or prints one line per area and says 0. */
export function checkFolder(folder: string): 0 | 1 {
  const bank = loadBank(folder);
  const problems = [...bank.problems, ...checkBank(bank.questions, bank.placeOf)];
  for (const problem of problems) console.error(printProblem(problem));
  if (problems.length > 0) return 1;
  for (const area of AREAS) console.log(summaryOf(area, bank.questions));
  return 0;
}

function summaryOf(area: Area, bank: readonly Question[]): string {
  const ofArea = bank.filter((question) => question.area === area);
  const questions = ofArea.filter((question) => !question.retired);
  const counts = DIFFICULTIES.map(
    (it) => `${it} ${questions.filter((question) => question.difficulty === it).length}`,
  );
  const travelling = travelInTemplate(questions);
  const teased = questions
    .filter((question) => !travelling.includes(question))
    .map((question) => question.slug);
  const teasers = teased.length === 0 ? '' : `, by teaser: ${teased.join(' ')}`;
  const retired = ofArea.length === questions.length ? '' : `, retired ${ofArea.length - questions.length}`;
  return `${area}: ${counts.join(', ')}${retired}; inside the template: ${travelling.length} of ${questions.length}${teasers}`;
}

/** `node content/check.ts [folder]`, as `npm test` calls it, is `npm run bot -- questions check`. */
if (import.meta.main) process.exitCode = checkFolder(process.argv[2] ?? bankFolder);
