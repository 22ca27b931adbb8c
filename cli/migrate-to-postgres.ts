import { Command } from '@commander-js/extra-typings';
import { EXIT_CONFIG, readConfig, readEnvironment } from '../server/config.ts';
import { type MovedRows, moveToPostgres } from '../server/store/move-to-postgres/move-to-postgres.ts';
import { columns } from './columns.ts';
import { inColour } from './in-colour.ts';
import type { ExitCode } from './set-up.ts';

/** How often it says that it is still at it. */
const TELL_EVERY_ROWS = 100_000;

/** `migrate-to-postgres`: from one process on a SQLite file to as many as wanted on PostgreSQL. */
export function migrateToPostgresCommand() {
  return new Command('migrate-to-postgres')
    .summary('move a stopped SQLite installation to PostgreSQL')
    .description(
      'Copies everything from the SQLite file into an empty PostgreSQL database, all of it or nothing, and reads back ' +
        'every row. Stop the service first. The file is only read. Interrupted, it can be done again; doing it ' +
        'once more afterwards changes nothing. Exit code 1 when something stands in the way.',
    )
    .requiredOption('--to <address>', 'postgres://user:password@host/database, empty')
    .option('--from <address>', 'sqlite:./folder/file.db; absent: DATABASE_URL, or the file it stands for')
    .action(async ({ from, to }) => {
      process.exitCode = await migrate(from ?? readEnvironment().DATABASE_URL ?? '', to);
    });
}

async function migrate(from: string, to: string): Promise<ExitCode> {
  const source = databaseAt(from);
  const target = databaseAt(to);
  if (source?.kind !== 'sqlite') {
    console.error('--from: name the SQLite file, as in sqlite:./data/interview-bot.db.');
    return EXIT_CONFIG;
  }
  if (target?.kind !== 'postgres') {
    console.error('--to: name the PostgreSQL database, as in postgres://user:password@host/database.');
    return EXIT_CONFIG;
  }
  const outcome = await moveToPostgres({
    file: source.file,
    url: target.url,
    now: Date.now,
    onBatch(table, rows) {
      if (rows % TELL_EVERY_ROWS === 0) console.error(`${table}: ${rows} rows so far`);
    },
  });
  switch (outcome.kind) {
    case 'moved':
      printTables(outcome.tables);
      console.log(`\n${inColour('bold', 'Everything is in PostgreSQL, and every row was read back.')}`);
      printNext(source.file);
      return 0;
    case 'moved-before':
      printTables(outcome.tables);
      console.log(
        `\nThis file was moved there on ${new Date(outcome.at).toISOString()} and is as it was. There is nothing to do.`,
      );
      printNext(source.file);
      return 0;
    case 'refused':
      console.error(outcome.sentence);
      return 1;
    default: {
      const impossible: never = outcome;
      throw new Error(`Unknown outcome: ${JSON.stringify(impossible)}`);
    }
  }
}

/** What DATABASE_URL would mean with that value. Null: nothing. */
function databaseAt(address: string) {
  const wanted = readConfig({ DATABASE_URL: address });
  return wanted.kind === 'demo' ? wanted.settings.database : null;
}

function printTables(tables: readonly MovedRows[]): void {
  const rows = tables.map(({ name, rows, sum }) => [name, String(rows), sum.slice(0, SHOWN_OF_SUM)]);
  for (const line of columns([['table', 'rows', 'checksum'], ...rows])) console.log(line);
}

const SHOWN_OF_SUM = 16;

function printNext(file: string): void {
  // The address holds a password: it is not printed.
  console.log(
    [
      '',
      'Next, in .env:',
      '    DATABASE_URL=…       the address that you gave with --to',
      '    ENCRYPTION_KEYS=…    as it is: the same keys open what is sealed, there as here',
      `Then start the service, and move ${file} to where your backups are: nothing may start on it again.`,
    ].join('\n'),
  );
}
