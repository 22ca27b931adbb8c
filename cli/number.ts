import { Command } from '@commander-js/extra-typings';
import { printFailure, withSetUp } from './set-up.ts';

/** `number register`: what a number needs once before it can send. */
export function numberCommand() {
  const number = new Command('number').summary('register the phone number');
  number
    .command('register')
    .summary('register the number on the Cloud API')
    .description(
      'Needed once, when the number is new or shows as DISCONNECTED (error 133010). Meta allows it ten times in 72 hours.',
    )
    .requiredOption('--pin <digits>', 'its two-step code of six digits; a new number takes this as its code')
    .action(({ pin }) =>
      withSetUp(async ({ management }) => {
        if (!/^\d{6}$/.test(pin)) {
          console.error('The PIN is six digits.');
          return 1;
        }
        const registered = await management.register(pin);
        if (registered.kind === 'failed') {
          printFailure(registered.failure);
          return 1;
        }
        console.log('The number is registered.');
        return 0;
      }),
    );
  return number;
}
