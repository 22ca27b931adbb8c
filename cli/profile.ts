import { Command } from '@commander-js/extra-typings';
import { columns } from './columns.ts';
import { printFailure, withSetUp } from './set-up.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];

/** `profile show|set`: what learners see when they tap the name of the business. */
export function profileCommand() {
  const profile = new Command('profile').summary('what learners see when they tap the name of the business');
  profile
    .command('show')
    .summary('show what Meta has')
    .option('--json', 'print it as JSON')
    .action(({ json }) =>
      withSetUp(async ({ management }) => {
        const answer = await management.profile();
        if (answer.kind === 'failed') {
          printFailure(answer.failure);
          return 1;
        }
        const { value } = answer;
        if (json) console.log(JSON.stringify(value, null, 2));
        else {
          const rows = Object.entries(value).map(([name, text]) => [
            name,
            [text ?? []].flat().join(', ') || '–',
          ]);
          for (const line of columns(rows)) console.log(line);
        }
        return 0;
      }),
    );
  profile
    .command('set')
    .summary('fill it in; what is not named stays')
    .description('Meta’s policy wants a way to a person: an e-mail address or a website.')
    .option('--about <text>', 'the line under the name, at most 139 characters')
    .option('--description <text>', 'what the service is, at most 256 characters')
    .option('--email <address>', 'where a person reads')
    .option('--website <address>', 'at most two, each with an option of its own', collect, [])
    .action(({ website, ...texts }) =>
      withSetUp(async ({ management }) => {
        const change = { ...texts, ...(website.length === 0 ? {} : { websites: website }) };
        if (Object.keys(change).length === 0) {
          console.error('Name what to set: --about, --description, --email or --website.');
          return 1;
        }
        const set = await management.setProfile(change);
        if (set.kind === 'failed') {
          printFailure(set.failure);
          return 1;
        }
        console.log(`The profile has a new ${Object.keys(change).join(', ')}.`);
        return 0;
      }),
    );
  return profile;
}
