import { Command } from '@commander-js/extra-typings';
import { doctorCommand } from './doctor.ts';
import { migrateToPostgresCommand } from './migrate-to-postgres.ts';
import { numberCommand } from './number.ts';
import { profileCommand } from './profile.ts';
import { questionsCommand } from './questions.ts';
import { templatesCommand } from './templates.ts';
import { webhookCommand } from './webhook.ts';

// Whoever read what we print may go (`npm run bot -- doctor | head`).
for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);

/** `npm run bot -- <command>`: what an operator does on the command line, with the settings of the service. */
await new Command('npm run bot --')
  .description(
    'Sets up the WhatsApp number of this service, with the settings that npm start uses (.env.example explains them).\n' +
      'Exit codes: 0 fine, 1 something needs mending, 78 the configuration does.',
  )
  .addCommand(doctorCommand())
  .addCommand(webhookCommand())
  .addCommand(templatesCommand())
  .addCommand(profileCommand())
  .addCommand(numberCommand())
  .addCommand(migrateToPostgresCommand())
  .addCommand(questionsCommand())
  .parseAsync();

function ignoreClosedPipe(error: Error & { code?: string }): void {
  if (error.code !== 'EPIPE') throw error;
}
