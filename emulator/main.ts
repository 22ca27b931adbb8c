import { existsSync } from 'node:fs';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { createEmulator } from './emulator.ts';

const DEFAULT_PORT = 3001;
const GRACE_MS = 3000;

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
const webhookUrl = process.env.EMULATOR_WEBHOOK_URL ?? null;
const builtPage = join(import.meta.dirname, '..', 'web', 'dist');

const emulator = createEmulator({
  ...identity,
  port: Number(process.env.EMULATOR_PORT ?? DEFAULT_PORT),
  webhookUrl,
  registrationUrl: webhookUrl === null ? null : new URL('/', webhookUrl).href,
  pageRoot: existsSync(builtPage) ? builtPage : null,
  now: () => Date.now() + aheadMs,
  onClockMove: (byMs) => {
    aheadMs += byMs;
  },
  templateApprovalDelayMs: 2000,
});

const { url } = await emulator.start();
closeWithGrace({ delay: GRACE_MS }, () => emulator.close());

process.stdout.write(`
Cloud API emulator: ${url}
Notifications go to: ${webhookUrl ?? 'nobody yet (EMULATOR_WEBHOOK_URL, or the set-up calls of the API)'}

A client needs:
  WHATSAPP_API_BASE_URL=${url}
  WHATSAPP_MEDIA_HOSTS=${new URL(url).host}
  WHATSAPP_TOKEN=${identity.token}
  WHATSAPP_APP_SECRET=${identity.appSecret}
  WHATSAPP_VERIFY_TOKEN=${identity.verifyToken}
  WHATSAPP_PHONE_NUMBER_ID=${identity.phoneNumberId}
  WHATSAPP_BUSINESS_ACCOUNT_ID=${identity.businessAccountId}
  WHATSAPP_APP_ID=${identity.appId}

A message (templates reach everybody, free text only who wrote within 24 hours):
  curl -H 'Authorization: Bearer ${identity.token}' -H 'Content-Type: application/json' \\
    -d '{"messaging_product":"whatsapp","to":"+5511955501234","type":"text","text":{"body":"Hello"}}' \\
    ${url}/v25.0/${identity.phoneNumberId}/messages
`);
