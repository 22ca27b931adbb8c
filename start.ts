import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Half of a start would go into compiling the same files again. Before anything else is loaded; where the folder cannot
// be written, nothing is kept.
enableCompileCache(join(import.meta.dirname, 'node_modules/.cache/compiled'));
const { EXIT_CONFIG, readConfig, readEnvironment } = await import('./server/config.ts');

/** `npm start`: the real service when it has credentials, the demo when it has none, one sentence per fault otherwise. */
const wanted = readConfig(readEnvironment());
process.on('uncaughtException', explainAndLeave);
// Whoever read what we print may go (`npm start | head`): the learners have not.
for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
switch (wanted.kind) {
  case 'refused':
    console.error('The configuration is not complete (.env.example explains every setting):');
    for (const problem of wanted.problems) console.error(`- ${problem}`);
    process.exitCode = EXIT_CONFIG;
    break;
  case 'demo': {
    const { runDemo } = await import('./demo.ts');
    await runDemo(wanted);
    break;
  }
  case 'service': {
    const { runService } = await import('./server/main.ts');
    await runService(wanted.config);
    break;
  }
  default: {
    const impossible: never = wanted;
    throw new Error(`Unknown wish: ${JSON.stringify(impossible)}`);
  }
}

/** What people run into gets a sentence; the rest keeps its stack for whoever mends it. */
function explainAndLeave(error: Error & { code?: string; port?: number }): void {
  if (error.code === 'EADDRINUSE') {
    console.error(
      `Port ${error.port} is taken by another program: set PORT (or EMULATOR_PORT) to a free one.`,
    );
    process.exit(1);
  }
  if (error.name === 'WrongSealingKey' || error.name === 'FileInUse') {
    console.error(error.message);
    process.exit(EXIT_CONFIG);
  }
  console.error(error);
  process.exit(1);
}

function ignoreClosedPipe(error: Error & { code?: string }): void {
  if (error.code !== 'EPIPE') throw error;
}
