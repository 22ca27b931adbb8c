import { Command } from '@commander-js/extra-typings';
import type { Check } from '../server/doctor/check.ts';
import { examine } from '../server/doctor/examine.ts';
import { countActiveLearners } from '../server/store/count-active-learners.ts';
import { columns } from './columns.ts';
import { inColour } from './in-colour.ts';
import { type ExitCode, withSetUp } from './set-up.ts';

/** `doctor`: looks at everything between this program and Meta. */
export function doctorCommand() {
  return new Command('doctor')
    .summary('check everything between this program and WhatsApp')
    .description(
      'Looks at the configuration, the token, the number, its account, the webhook, the templates, the profile and ' +
        'the clock, and says for each fault the one command or click that mends it. Changes nothing.\n' +
        'Run it where the service runs, while it runs. Exit code 1 when something needs mending.',
    )
    .option('--json', 'print the checks as JSON')
    .action(({ json }) =>
      withSetUp(async ({ config, management }) => {
        const checks = await examine({
          config,
          management,
          fetch,
          now: Date.now,
          activeLearners: () => countActiveLearners(config.database),
        });
        const exitCode: ExitCode = checks.some((check) => check.state === 'failed') ? 1 : 0;
        if (json) console.log(JSON.stringify({ ok: exitCode === 0, checks }, null, 2));
        else print(checks);
        return exitCode;
      }),
    );
}

const MARKS = {
  ok: { mark: '✓', colour: 'green' },
  warning: { mark: '!', colour: 'yellow' },
  failed: { mark: '✗', colour: 'red' },
  'not-checked': { mark: '-', colour: 'gray' },
} as const;

function print(checks: readonly Check[]): void {
  const lines = columns(checks.map((check) => [check.name, check.sentence]));
  for (const [at, { state, mend }] of checks.entries()) {
    const { mark, colour } = MARKS[state];
    console.log(`${inColour(colour, mark)} ${lines[at]}`);
    // What mends several in a row is said once, under the last of them.
    if (mend !== null && mend !== checks[at + 1]?.mend) console.log(`    → ${inColour('bold', mend)}`);
  }
  console.log(`\n${summary(checks)}`);
}

function summary(checks: readonly Check[]): string {
  const count = (state: Check['state']) => checks.filter((check) => check.state === state).length;
  const failed = count('failed');
  const notChecked = count('not-checked') === 0 ? '' : `, ${count('not-checked')} not checked`;
  const warnings = count('warning') === 0 ? '' : `, ${count('warning')} to keep an eye on`;
  const head = failed === 0 ? 'All is well' : failed === 1 ? '1 thing to mend' : `${failed} things to mend`;
  return `${head}${warnings}${notChecked}.`;
}
