import { parseArgs } from 'node:util';
import type { Bench, DatabaseKind, Line } from './bench.ts';
import { benchChoosing } from './choosing.ts';
import { benchCrashes } from './crashes.ts';
import { openDatabases } from './databases.ts';
import { benchDays } from './days.ts';
import { benchDispatch } from './dispatch.ts';
import { benchFeedback } from './feedback.ts';
import { benchPage } from './page.ts';
import { benchPlanning } from './planning.ts';
import { heading, table } from './report.ts';
import { benchStart } from './start.ts';
import { benchWebhook } from './webhook.ts';

/** Every row of the numbers to reach, in the order in which they are printed. */
const ROWS: Readonly<Record<string, (bench: Bench) => Promise<readonly Line[]>>> = {
  webhook: benchWebhook,
  dispatch: benchDispatch,
  planning: benchPlanning,
  choosing: benchChoosing,
  feedback: benchFeedback,
  start: benchStart,
  page: benchPage,
  days: benchDays,
  crashes: benchCrashes,
};

const USAGE = `npm run bench -- [${Object.keys(ROWS).join('] [')}] [--full] [--database sqlite|postgres] [--markdown]`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    database: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
  },
});
const unknown = [
  ...positionals.filter((name) => ROWS[name] === undefined),
  ...values.database.filter((name) => !isDatabaseKind(name)),
];
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}.\n${USAGE}`);
  process.exit(64);
}

await using databases = await openDatabases(values.database.filter(isDatabaseKind));
const bench: Bench = {
  isFull: values.full,
  databases: values.database.filter(isDatabaseKind),
  newDatabase: (kind) => databases.create(kind),
};
const lines: Line[] = [];
const head = heading({ isFull: bench.isFull, postgresVersion: databases.postgresVersion });
for (const name of positionals.length > 0 ? positionals : Object.keys(ROWS)) {
  const beganAt = performance.now();
  try {
    lines.push(...((await ROWS[name]?.(bench)) ?? []));
  } catch (error) {
    console.error(`${name} could not be measured:`, error);
    process.exitCode = 1;
  }
  // For whoever waits; the table itself may go to a file.
  console.error(`${name}: ${((performance.now() - beganAt) / 1000).toFixed(0)} s`);
}
console.log(`${head}\n\n${table(lines, { asMarkdown: values.markdown })}`);

function isDatabaseKind(name: string): name is DatabaseKind {
  return name === 'sqlite' || name === 'postgres';
}
