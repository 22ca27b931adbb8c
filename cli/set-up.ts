import type { Failure } from '../server/channels/channel.ts';
import { createManagement, type Management } from '../server/channels/whatsapp/management/management.ts';
import { type Config, EXIT_CONFIG, readConfig, readEnvironment } from '../server/config.ts';

/** Fine, something needs mending, or the configuration does. */
export type ExitCode = 0 | 1 | typeof EXIT_CONFIG;

export type SetUp = { readonly config: Config; readonly management: Management };

/** Runs a command with the configuration of the service, and leaves its exit code. */
export async function withSetUp(command: (it: SetUp) => Promise<ExitCode>): Promise<void> {
  const config = configOrRefusal();
  if (config === null) {
    process.exitCode = EXIT_CONFIG;
    return;
  }
  const management = createManagement(config.whatsapp);
  try {
    process.exitCode = await command({ config, management });
  } finally {
    await management.close();
  }
}

/** For commands about the account or the app: without their ids there is nothing to ask about. */
export function lacksIds({ config }: SetUp, ...names: readonly (keyof typeof ID_SETTINGS)[]): boolean {
  const missing = names.filter((name) => config.whatsapp[name] === null);
  for (const name of missing) console.error(`- ${ID_SETTINGS[name]}`);
  return missing.length > 0;
}

const ID_SETTINGS = {
  appId: 'WHATSAPP_APP_ID: is missing. Copy the app id from the top of the App Dashboard.',
  businessAccountId:
    'WHATSAPP_BUSINESS_ACCOUNT_ID: is missing. Copy the account id from the app’s page WhatsApp → API Setup.',
} as const;

/** What Meta refused, for people: what happened and what to do, then Meta's own words. */
export function printFailure(failure: Failure): void {
  const code = failure.code === null ? '' : ` (error ${failure.code})`;
  console.error(`${failure.sentence}${code}`);
  if (failure.detail !== null) console.error(`Meta says: ${failure.detail}`);
}

function configOrRefusal(): Config | null {
  const wanted = readConfig(readEnvironment());
  switch (wanted.kind) {
    case 'service':
      return wanted.config;
    case 'demo':
      console.error(
        'These commands set up a real WhatsApp number and need its credentials in .env (.env.example explains them): without any, npm start runs the demo.',
      );
      return null;
    case 'refused':
      console.error('The configuration is not complete (.env.example explains every setting):');
      for (const problem of wanted.problems) console.error(`- ${problem}`);
      return null;
    default: {
      const impossible: never = wanted;
      throw new Error(`Unknown wish: ${JSON.stringify(impossible)}`);
    }
  }
}
