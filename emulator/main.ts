import { existsSync } from 'node:fs';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { createEmulator } from './emulator.ts';
import { DEFAULT_HOST } from './options.ts';

const DEFAULT_PORT = 3001;
const GRACE_MS = 3000;
/** As in sysexits.h, and as the service itself ends when its settings are wrong. */
const CONFIGURATION_IS_WRONG = 78;
const NOT_STARTED = 1;

/** The emulator alone: fixed ids and secrets, a clock that can only be moved forward. */
const identity = {
  token: 'EAAEMULATORTOKEN',
  appSecret: 'emulator-app-secret',
  verifyToken: 'emulator-verify-token',
  phoneNumberId: '220330440550660',
  businessAccountId: '110220330440550',
  appId: '330440550660770',
  businessNumber: '15550100200',
  businessName: 'Interview Bot',
};

let aheadMs = 0;
const webhookUrl = webhookAddress(process.env.EMULATOR_WEBHOOK_URL);
const seed = wholeNumber('EMULATOR_SEED', process.env.EMULATOR_SEED);
const builtPage = join(import.meta.dirname, '..', 'web', 'dist');

const emulator = createEmulator({
  ...identity,
  port: wholeNumber('EMULATOR_PORT', process.env.EMULATOR_PORT) ?? DEFAULT_PORT,
  host: process.env.EMULATOR_HOST ?? DEFAULT_HOST,
  webhookUrl,
  registrationUrl: webhookUrl === null ? null : new URL('/', webhookUrl).href,
  pageRoot: existsSync(builtPage) ? builtPage : null,
  now: () => Date.now() + aheadMs,
  onClockMove: (byMs) => {
    aheadMs += byMs;
  },
  templateApprovalDelayMs: 2000,
  spelling: process.env.EMULATOR_SPELLING === 'meta' ? 'like-meta' : 'as-written',
  warn: (sentence) => process.stderr.write(`${sentence}\n`),
  ...(seed === null ? {} : { seed }),
});

const { url } = await emulator.start().catch((error: Error) => stop(error.message, NOT_STARTED));
closeWithGrace({ delay: GRACE_MS }, () => emulator.close());

process.stdout.write(`
──────────────────────────────────────────────────────────────────────────────
  A PRETEND WhatsApp Cloud API. Nothing here reaches a real phone.
──────────────────────────────────────────────────────────────────────────────
Graph API          ${url}
Notifications to   ${webhookUrl ?? 'nobody yet (EMULATOR_WEBHOOK_URL, or the set-up calls of the API)'}
Chance             ${seed === null ? 'new at each start (EMULATOR_SEED repeats a run)' : `seed ${seed}`}

A client needs:
  WHATSAPP_API_BASE_URL=${url}
  WHATSAPP_MEDIA_HOSTS=${new URL(url).host}
  WHATSAPP_TOKEN=${identity.token}
  WHATSAPP_APP_SECRET=${identity.appSecret}
  WHATSAPP_VERIFY_TOKEN=${identity.verifyToken}
  WHATSAPP_PHONE_NUMBER_ID=${identity.phoneNumberId}
  WHATSAPP_BUSINESS_ACCOUNT_ID=${identity.businessAccountId}
  WHATSAPP_APP_ID=${identity.appId}

Somebody writes first, which opens the window for 24 hours:
  curl -H 'Content-Type: application/json' -d '{"number":"5511955501234","name":"Ana","language":"pt"}' ${url}/__emulator/phones
  curl -H 'Content-Type: application/json' -d '{"text":"Oi"}' ${url}/__emulator/phones/5511955501234/say

Then they can be answered:
  curl -H 'Authorization: Bearer ${identity.token}' -H 'Content-Type: application/json' \\
    -d '{"messaging_product":"whatsapp","to":"+5511955501234","type":"text","text":{"body":"Hello"}}' \\
    ${url}/v25.0/${identity.phoneNumberId}/messages

And Meta can be made to misbehave (emulator/README.md names every switch):
  curl -H 'Content-Type: application/json' -d '{"webhooks":{"duplicate":true},"sending":{"http503":0.1}}' ${url}/__emulator/switches
`);

function wholeNumber(name: string, value: string | undefined): number | null {
  if (value === undefined || value === '') return null;
  return /^\d{1,10}$/.test(value) ? Number(value) : stop(`${name} must be a whole number, not “${value}”`);
}

function webhookAddress(value: string | undefined): string | null {
  if (value === undefined || value === '') return null;
  return URL.canParse(value) ? value : stop(`EMULATOR_WEBHOOK_URL must be a full address, not “${value}”`);
}

function stop(why: string, exitCode = CONFIGURATION_IS_WRONG): never {
  process.stderr.write(`${why}\n`);
  process.exit(exitCode);
}
