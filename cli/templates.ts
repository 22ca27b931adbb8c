import { Command } from '@commander-js/extra-typings';
import type { Failure } from '../server/channels/channel.ts';
import {
  planTemplates,
  type TemplatePlan,
  type TemplateStep,
} from '../server/channels/whatsapp/management/plan-templates.ts';
import { EXIT_CONFIG } from '../server/config.ts';
import { neededTemplates } from '../server/doctor/needed-templates.ts';
import { columns } from './columns.ts';
import { type ExitCode, lacksIds, printFailure, type SetUp, withSetUp } from './set-up.ts';
import { printStep, printUnknown, titleOf } from './template-step.ts';

/** `templates plan|push|status|delete`: what WhatsApp must approve before it may be sent. */
export function templatesCommand() {
  const templates = new Command('templates')
    .summary('submit the message templates and see what became of them')
    .description(
      'The messages that may begin a conversation must be approved by Meta, in each language, before they are sent.',
    );
  templates
    .command('plan')
    .summary('show what push would do')
    .description('Compares the templates of this program with those at Meta. Changes nothing.')
    .option('--json', 'print the plan as JSON')
    .action(({ json }) => withSetUp((setUp) => withPlan(setUp, (plan) => showPlan(plan, json === true))));
  templates
    .command('push')
    .summary('create what is missing, change what differs')
    .description(
      'Everything created or changed goes into review at Meta, for minutes, seldom a day. An approved template can be ' +
        'changed once in 24 hours. Templates that are not of this program are left alone.',
    )
    .action(() => withSetUp((setUp) => withPlan(setUp, (plan) => push(setUp, plan))));
  templates
    .command('status')
    .summary('show what became of each')
    .option('--json', 'print it as JSON')
    .action(({ json }) => withSetUp((setUp) => withPlan(setUp, (plan) => showStatus(plan, json === true))));
  templates
    .command('delete')
    .summary('delete one that this program does not need')
    .description('Meta lets nobody use the name again in the same language for 30 days.')
    .argument('<name>', 'the name of the template')
    .requiredOption('--language <code>', 'in which language, as Meta writes it: en, pt_BR …')
    .action((name, { language }) =>
      withSetUp((setUp) => withPlan(setUp, (plan) => remove(setUp, plan, name, language))),
    );
  return templates;
}

async function withPlan(
  setUp: SetUp,
  command: (plan: TemplatePlan) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  if (lacksIds(setUp, 'businessAccountId')) return EXIT_CONFIG;
  const atMeta = await setUp.management.templates();
  if (atMeta.kind === 'failed') {
    printFailure(atMeta.failure);
    return 1;
  }
  return command(planTemplates(neededTemplates(), atMeta.value));
}

function showPlan(plan: TemplatePlan, json: boolean): ExitCode {
  if (json) {
    console.log(JSON.stringify(plan, null, 2));
    return 0;
  }
  for (const step of plan.steps) printStep(step);
  printUnknown(plan.unknown);
  const toDo = plan.steps.filter((step) => step.kind === 'create' || step.kind === 'change').length;
  console.log(toDo === 0 ? '\nNothing to do.' : `\n${toDo} to do: npm run bot -- templates push`);
  return 0;
}

async function push(setUp: SetUp, plan: TemplatePlan): Promise<ExitCode> {
  let done = 0;
  let refused = 0;
  for (const step of plan.steps) {
    const outcome = await apply(setUp, step);
    if (outcome === 'nothing-to-do') continue;
    if (outcome === 'done') done += 1;
    else refused += 1;
  }
  const waiting = plan.steps.filter((step) => step.kind === 'in-review' && step.differences.length > 0);
  for (const step of waiting)
    console.log(`${titleOf(step.ours)}: in review, to be changed when that is over.`);
  if (done + refused === 0) console.log('Nothing to do.');
  else if (refused === 0) console.log('\nThey are in review now: npm run bot -- templates status');
  return refused === 0 ? 0 : 1;
}

type Outcome = 'nothing-to-do' | 'done' | 'refused';

async function apply({ management }: SetUp, step: TemplateStep): Promise<Outcome> {
  const title = titleOf(step.ours);
  switch (step.kind) {
    case 'create': {
      const created = await management.createTemplate(step.ours);
      if (created.kind === 'failed') return tellRefusal(`${title} was not created.`, created.failure);
      const { status, category } = created.value;
      const moved =
        category === step.ours.category
          ? ''
          : `, in the category ${category} instead of ${step.ours.category}`;
      console.log(`${title}: created, ${status}${moved}.`);
      return 'done';
    }
    case 'change': {
      const edited = await management.editTemplate(step.theirs.id, step.ours);
      if (edited.kind === 'failed') {
        return tellRefusal(
          `${title} was not changed. An approved template can be changed once in 24 hours and 10 times in 30 days.`,
          edited.failure,
        );
      }
      console.log(
        `${title}: changed (${step.differences.map((it) => it.part).join(', ')}), in review again.`,
      );
      return 'done';
    }
    case 'in-review':
    case 'unusable':
    case 'category-moved':
    case 'same':
      return 'nothing-to-do';
    default: {
      const impossible: never = step;
      throw new Error(`Unknown step: ${JSON.stringify(impossible)}`);
    }
  }
}

/** About templates Meta's own words are better than ours: they name the field. */
function tellRefusal(sentence: string, failure: Failure): Outcome {
  console.error(sentence);
  if (failure.detail === null) printFailure(failure);
  else console.error(`Meta says: ${failure.detail}`);
  return 'refused';
}

function showStatus(plan: TemplatePlan, json: boolean): ExitCode {
  const rows = [
    ...plan.steps.map((step) => ({ ours: step.ours, theirs: step.kind === 'create' ? null : step.theirs })),
    ...plan.unknown.map((theirs) => ({ ours: null, theirs })),
  ].map(({ ours, theirs }) => ({
    name: ours?.name ?? theirs?.name ?? '',
    language: ours?.languageCode ?? theirs?.languageCode ?? '',
    status: theirs?.status ?? 'MISSING',
    category: theirs?.category ?? '',
    quality: theirs?.quality ?? '',
    reason: theirs?.rejectedReason ?? (theirs?.comingCategory ? `becomes ${theirs.comingCategory}` : ''),
    needed: ours !== null,
  }));
  if (json) {
    console.log(JSON.stringify(rows, null, 2));
    return 0;
  }
  const lines = columns([
    ['name', 'language', 'status', 'category', 'quality', 'reason'],
    ...rows.map((row) => [
      row.name,
      row.language,
      row.status,
      row.category,
      row.quality,
      [row.reason, row.needed ? '' : 'not of this program'].filter(Boolean).join(', '),
    ]),
  ]);
  for (const line of lines) console.log(line);
  return 0;
}

async function remove(
  { management }: SetUp,
  plan: TemplatePlan,
  name: string,
  language: string,
): Promise<ExitCode> {
  const isIt = (it: { name: string; languageCode: string }) =>
    it.name === name && it.languageCode === language;
  if (plan.steps.some((step) => isIt(step.ours))) {
    console.error(
      `${name} (${language}) is needed: without it learners get no messages. It was not deleted.`,
    );
    return 1;
  }
  const found = plan.unknown.find(isIt);
  if (found === undefined) {
    console.error(`Meta has no template ${name} (${language}).`);
    return 1;
  }
  const removed = await management.deleteTemplate({ name, id: found.id });
  if (removed.kind === 'failed') {
    printFailure(removed.failure);
    return 1;
  }
  console.log(`${name} (${language}): deleted.`);
  return 0;
}
