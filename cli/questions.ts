import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { checkFolder } from '../content/check.ts';
import { bankFolder, loadBank } from '../content/load-bank.ts';
import { type ImportPlan, type ImportStep, planImport } from '../content/plan-import.ts';
import { type Problem, printProblem } from '../content/problem.ts';
import { questionJsonSchema } from '../content/question-json-schema.ts';
import { readQuestions } from '../content/read-questions.ts';
import { writeQuestions } from '../content/write-questions.ts';
import { writeTable } from '../content/write-table.ts';
import { writeWhole } from '../content/write-whole.ts';
import { AREAS } from '../interview/areas.ts';
import type { Question } from '../interview/question.ts';
import { EXIT_CONFIG } from '../server/config.ts';
import { columns } from './columns.ts';
import { inColour } from './in-colour.ts';
import type { ExitCode } from './set-up.ts';

/** `questions check|export|import|schema`: the bank as authors work on it. Needs no configuration of the service. */
export function questionsCommand() {
  const questions = new Command('questions')
    .summary('check the question bank, write it out, read it in')
    .description('Works on the files of the question bank. A service that runs reads them when it starts.');
  questions
    .command('check')
    .summary('look for everything in which the bank breaks its rules')
    .description('Every problem with its file, line and column. Exit code 1 when something needs mending.')
    .argument('[folder]', 'absent: the bank that comes with the program')
    .action((folder) => {
      process.exitCode = isFolder(folder) ? checkFolder(folder ?? bankFolder) : 1;
    });
  questions
    .command('export')
    .summary('write the questions out, as a table or as files')
    .description(
      'CSV is one table for spreadsheets, YAML is files like those of the bank. What a spreadsheet would run as a ' +
        'formula gets an apostrophe in front, which import takes away again.',
    )
    .addOption(
      new Option('--format <format>', 'a table, or files')
        .choices(['csv', 'yaml'] as const)
        .default('csv' as const),
    )
    .addOption(new Option('--area <area>', 'only these').choices(AREAS))
    .option('--from <folder>', 'absent: the bank that comes with the program')
    .option('--out <path>', 'the file, or the folder for YAML; absent: a table goes to the terminal')
    .action((options) => {
      process.exitCode = isFolder(options.from) ? exportQuestions(options) : 1;
    });
  questions
    .command('import')
    .summary('take questions over into the bank, all or none')
    .description(
      'Reads a table (.csv), a file or a folder of the bank’s kind, checks everything, and writes only if nothing is ' +
        'wrong. Questions that are not named stay as they are; none is ever removed: write retired: true and it is ' +
        'asked of nobody any more.',
    )
    .argument('<path>', 'the table, the file or the folder')
    .option('--into <folder>', 'absent: the bank that comes with the program')
    .option('--dry-run', 'say what would change, and change nothing')
    .action((path, { into, dryRun }) => {
      process.exitCode = isFolder(into) ? importQuestions(path, into ?? bankFolder, dryRun === true) : 1;
    });
  questions
    .command('schema')
    .summary('print the JSON Schema of a file of the bank, for editors')
    .action(() => {
      process.stdout.write(questionJsonSchema());
    });
  return questions;
}

function isFolder(folder: string | undefined): boolean {
  if (folder === undefined || statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return true;
  console.error(`There is no folder ${folder}.`);
  return false;
}

function exportQuestions(it: {
  format: 'csv' | 'yaml';
  area?: Question['area'];
  from?: string;
  out?: string;
}): ExitCode {
  const bank = loadBank(it.from);
  if (bank.problems.length > 0) return printProblems(bank.problems);
  if (
    it.format === 'csv' &&
    it.out !== undefined &&
    statSync(it.out, { throwIfNoEntry: false })?.isDirectory()
  ) {
    console.error('--out: name the file for the table, not a folder.');
    return EXIT_CONFIG;
  }
  const questions = bank.questions.filter(({ area }) => it.area === undefined || area === it.area);
  if (it.format === 'csv') {
    const table = writeTable(questions);
    if (it.out === undefined) process.stdout.write(table);
    else writeWhole(it.out, table);
  } else {
    if (it.out === undefined || extname(it.out) !== '') {
      console.error('--out: name the folder for the files, one for each topic.');
      return EXIT_CONFIG;
    }
    const topics = Map.groupBy(questions, ({ area, topic }) => join(area, `${topic}.yaml`));
    for (const [file, ofTopic] of topics) writeWhole(join(it.out, file), writeQuestions(ofTopic));
  }
  if (it.out !== undefined) console.log(`${questions.length} questions are in ${it.out}.`);
  return 0;
}

function importQuestions(path: string, into: string, dryRun: boolean): ExitCode {
  const plan = planImport(loadBank(into), readQuestions(path), into);
  if (plan.problems.length > 0) {
    printProblems(plan.problems);
    console.error(`\n${count(plan.problems.length, 'thing')} to mend. Nothing was written.`);
    return 1;
  }
  printSteps(plan.steps);
  if (!dryRun) for (const { file, text } of plan.files) writeWhole(file, text);
  console.log(summaryOf(plan, dryRun));
  return 0;
}

function printProblems(problems: readonly Problem[]): ExitCode {
  for (const problem of problems) console.error(printProblem(problem));
  return 1;
}

const COLOURS = { added: 'green', changed: 'yellow', retired: 'red', unchanged: 'gray' } as const;

function printSteps(steps: readonly ImportStep[]): void {
  const shown = steps.filter(({ kind }) => kind !== 'unchanged');
  const lines = columns(shown.map(({ slug, fields }) => [slug, fields.join(', ')]));
  for (const [at, { kind }] of shown.entries())
    console.log(`${inColour(COLOURS[kind], kind.padEnd('retired'.length))}  ${lines[at]}`);
  if (shown.length > 0) console.log('');
}

function summaryOf({ steps, files }: ImportPlan, dryRun: boolean): string {
  const kinds = ['added', 'changed', 'retired', 'unchanged'] as const;
  const counts = kinds
    .map((kind) => `${steps.filter((step) => step.kind === kind).length} ${kind}`)
    .join(', ');
  const written = dryRun ? 'would be written' : files.length === 1 ? 'was written' : 'were written';
  const what = files.length === 0 ? 'Nothing to write.' : `${count(files.length, 'file')} ${written}.`;
  return `${counts}. ${what}`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
