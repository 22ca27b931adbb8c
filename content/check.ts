import { AREAS, type Area, DIFFICULTIES } from '../interview/areas.ts';
import { LANGUAGES } from '../interview/languages/language.ts';
import type { Question } from '../interview/question.ts';
import { fitsTemplateParameter } from '../interview/window.ts';
import { checkCollection } from './check-collection.ts';
import { checkConcepts } from './check-concepts.ts';
import { checkGrading } from './check-grading.ts';
import { checkLanguage } from './check-language.ts';
import { checkMisconceptions } from './check-misconceptions.ts';
import { checkSending } from './check-sending.ts';
import { checkTexts } from './check-texts.ts';
import { type BankReading, bankFolder, loadBank } from './load-bank.ts';
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
    ...checkCollection(questions).map(({ question, finding }) => toProblem(question, finding)),
  ];
}

/** The questions that reach a learner inside the daily template in every language, without a tap for the full text. */
export function travelInTemplate(questions: readonly Question[]): readonly Question[] {
  return questions.filter(({ text }) => LANGUAGES.every((language) => fitsTemplateParameter(text[language])));
}

/** `node content/check.ts [folder]`: every problem with its place and exit code 1, or one line per area and 0. */
function main(folder: string): void {
  const bank = loadBank(folder);
  const problems = [...bank.problems, ...checkBank(bank.questions, bank.placeOf)];
  if (problems.length > 0) {
    for (const problem of problems) console.error(printProblem(problem));
    process.exitCode = 1;
    return;
  }
  for (const area of AREAS) console.log(summaryOf(area, bank.questions));
}

function summaryOf(area: Area, bank: readonly Question[]): string {
  const questions = bank.filter((question) => question.area === area);
  const counts = DIFFICULTIES.map(
    (it) => `${it} ${questions.filter((question) => question.difficulty === it).length}`,
  );
  const travelling = travelInTemplate(questions);
  const teased = questions
    .filter((question) => !travelling.includes(question))
    .map((question) => question.slug);
  const teasers = teased.length === 0 ? '' : `, by teaser: ${teased.join(' ')}`;
  return `${area}: ${counts.join(', ')}; inside the template: ${travelling.length} of ${questions.length}${teasers}`;
}

if (import.meta.main) main(process.argv[2] ?? bankFolder);
