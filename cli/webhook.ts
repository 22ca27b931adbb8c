import { Command } from '@commander-js/extra-typings';
import type { Failure } from '../server/channels/channel.ts';
import { WEBHOOK_FIELDS, WEBHOOK_PATH } from '../server/channels/whatsapp/webhook-fields.ts';
import { type Config, EXIT_CONFIG } from '../server/config.ts';
import { checkHandshake } from '../server/doctor/check-public-webhook.ts';
import { unfitForWebhooks } from '../server/doctor/public-address.ts';
import { columns } from './columns.ts';
import { type ExitCode, lacksIds, printFailure, type SetUp, withSetUp } from './set-up.ts';

/** Meta made the handshake and did not like the answer. */
const HANDSHAKE_FAILED = 2200;

/** `webhook set|show`: where Meta brings what learners write. */
export function webhookCommand() {
  const webhook = new Command('webhook')
    .summary('tell Meta where to bring what learners write')
    .description(
      'Both halves of the webhook: the address of the app, and the account that the app hears of.',
    );
  webhook
    .command('set')
    .summary('set both halves')
    .description(
      `Gives the app the address PUBLIC_URL${WEBHOOK_PATH} with every field the service reads, and lets it hear of the ` +
        'account. Meta shakes hands with the service before it accepts the address, so start the service first. ' +
        'Doing it again changes nothing.',
    )
    .action(() => withSetUp(setWebhook));
  webhook
    .command('show')
    .summary('show what Meta has')
    .option('--json', 'print it as JSON')
    .action(({ json }) => withSetUp((setUp) => showWebhook(setUp, json === true)));
  return webhook;
}

async function setWebhook(setUp: SetUp): Promise<ExitCode> {
  const { config, management } = setUp;
  const unfit = unfitForWebhooks(config);
  if (unfit !== null) {
    console.error(`${unfit} Set PUBLIC_URL in .env to the https address of the service.`);
    return EXIT_CONFIG;
  }
  if (lacksIds(setUp, 'appId', 'businessAccountId')) return EXIT_CONFIG;
  const { verifyToken, businessAccountId } = config.whatsapp;
  const callbackUrl = config.publicUrl + WEBHOOK_PATH;
  const ofApp = await management.setAppSubscription({ callbackUrl, verifyToken, fields: WEBHOOK_FIELDS });
  if (ofApp.kind === 'failed') {
    await explain(ofApp.failure, config);
    return 1;
  }
  console.log(`Notifications go to ${callbackUrl}: ${WEBHOOK_FIELDS.join(', ')}.`);
  const ofAccount = await management.subscribeAccount();
  if (ofAccount.kind === 'failed') {
    printFailure(ofAccount.failure);
    return 1;
  }
  console.log(`The app hears of the account ${businessAccountId}.`);
  return 0;
}

/** Why the handshake failed, as far as a handshake of our own can tell. */
async function explain(failure: Failure, { publicUrl, whatsapp }: Config): Promise<void> {
  if (failure.code !== HANDSHAKE_FAILED) {
    printFailure(failure);
    return;
  }
  const { verifyToken } = whatsapp;
  const own = await checkHandshake({ callbackUrl: publicUrl + WEBHOOK_PATH, verifyToken, fetch });
  console.error('Meta could not shake hands with the service, so nothing was changed.');
  if (own.state === 'ok') {
    console.error(
      'From here the handshake works: the address is not open to the outside, or its certificate is not from a public authority.',
    );
  } else {
    console.error(own.sentence);
    if (own.mend !== null) console.error(own.mend);
  }
  if (failure.detail !== null) console.error(`Meta says: ${failure.detail}`);
}

async function showWebhook(setUp: SetUp, json: boolean): Promise<ExitCode> {
  if (lacksIds(setUp, 'appId', 'businessAccountId')) return EXIT_CONFIG;
  const { config, management } = setUp;
  const ofApp = await management.appSubscription();
  if (ofApp.kind === 'failed') {
    printFailure(ofApp.failure);
    return 1;
  }
  const apps = await management.subscribedApps();
  if (apps.kind === 'failed') {
    printFailure(apps.failure);
    return 1;
  }
  const own = apps.value.find((app) => app.appId === config.whatsapp.appId) ?? null;
  const others = apps.value.filter((app) => app !== own).map((app) => app.appId);
  if (json) {
    console.log(JSON.stringify({ app: ofApp.value, account: own, otherApps: others }, null, 2));
    return 0;
  }
  const { value } = ofApp;
  const missing = value === null ? [] : WEBHOOK_FIELDS.filter((field) => !value.fields.includes(field));
  const rows = [
    ['address', value === null ? 'none: npm run bot -- webhook set' : (value.callbackUrl ?? 'none')],
    ...(value === null ? [] : [['active', value.active ? 'yes' : 'no, Meta switched it off']]),
    ...(value === null ? [] : [['fields', value.fields.join(', ') || 'none']]),
    ...(missing.length === 0 ? [] : [['missing', missing.join(', ')]]),
    ['account', own === null ? 'not heard of: npm run bot -- webhook set' : 'heard of'],
    ...(own?.overrideCallbackUrl ? [['instead', own.overrideCallbackUrl]] : []),
    ...(others.length === 0 ? [] : [['other apps', others.join(', ')]]),
  ];
  for (const line of columns(rows)) console.log(line);
  return 0;
}
