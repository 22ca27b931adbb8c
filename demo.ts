import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { demoLog } from './demo-log.ts';
import { createEmulator } from './emulator/emulator.ts';
import { createApp } from './server/app.ts';
import type { DemoSettings, WhatsAppConfig } from './server/config.ts';
import type { SealingKey } from './server/store/sealing.ts';
import { buildIfStale } from './web/build-if-stale.ts';

const SECONDS = 1000;

/** The pretend account that the demo talks to. Nothing of it exists at Meta. */
const ACCOUNT = {
  token: 'EAADEMOTOKEN',
  appSecret: 'demo-app-secret',
  verifyToken: 'demo-verify-token',
  phoneNumberId: '220330440550660',
  businessAccountId: '110220330440550',
  appId: '330440550660770',
};
const BUSINESS_NUMBER = '15550100200';

/** The second root: the emulator and the service in one process, on one clock that the phone page can move. */
export async function runDemo(it: { emulatorPort: number; settings: DemoSettings }): Promise<void> {
  const { emulatorPort, settings } = it;
  await buildIfStale();
  mkdirSync(settings.dataFolder, { recursive: true });
  const logFile = join(settings.dataFolder, 'demo.log');
  const clock = demoClock(settings);
  const emulatorUrl = `http://localhost:${emulatorPort}`;
  const emulator = createEmulator({
    ...ACCOUNT,
    port: emulatorPort,
    businessNumber: BUSINESS_NUMBER,
    businessName: settings.businessName,
    webhookUrl: `http://127.0.0.1:${settings.port}/webhooks/whatsapp`,
    registrationUrl: settings.publicUrl,
    pageRoot: join(import.meta.dirname, 'web/dist'),
    now: clock.now,
    onClockMove: (byMs) => {
      clock.move(byMs);
      void app.tick();
    },
  });
  const app = await createApp(
    { ...settings, ...secretsOf(settings), whatsapp: pretendWhatsApp(emulatorUrl) },
    { now: clock.now, logTo: demoLog(logFile) },
  );

  await emulator.start();
  const { url } = await app.start();
  await app.submitTemplates();
  closeWithGrace({ delay: 10 * SECONDS }, async ({ signal }) => {
    console.log(`\n${signal ?? 'Done'}: closing. What was not finished goes on at the next start.`);
    await app.stop();
    await emulator.close();
  });
  printBanner({ settings, url, emulatorUrl, logFile });
}

function pretendWhatsApp(emulatorUrl: string): WhatsAppConfig {
  return {
    ...ACCOUNT,
    apiBaseUrl: emulatorUrl.replace('localhost', '127.0.0.1'),
    apiVersion: 'v25.0',
    messagesPerSecond: 20,
    dailyLimit: null,
    chatLinkBaseUrl: `${emulatorUrl}/chat`,
  };
}

/** The real clock, moved ahead by hand. Kept over a restart: what was asked tomorrow must not lie in the future again. */
function demoClock(settings: DemoSettings): { now: () => number; move: (byMs: number) => void } {
  const file = join(settings.dataFolder, 'demo-clock');
  let aheadMs = existsSync(file) ? Number(readFileSync(file, 'utf8')) || 0 : 0;
  return {
    now: () => Date.now() + aheadMs,
    move(byMs) {
      aheadMs += byMs;
      writeFileSync(file, String(aheadMs));
    },
  };
}

/** Made once and kept beside the data, so that what one run has sealed the next can open. */
function secretsOf(settings: DemoSettings): { encryptionKeys: readonly SealingKey[] } {
  if (settings.encryptionKeys !== null) return { encryptionKeys: settings.encryptionKeys };
  const file = join(settings.dataFolder, 'demo-encryption-key');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
  }
  return { encryptionKeys: [{ id: 'demo', key: Buffer.from(readFileSync(file, 'utf8'), 'base64') }] };
}

function printBanner(it: {
  settings: DemoSettings;
  url: string;
  emulatorUrl: string;
  logFile: string;
}): void {
  const { settings, url, emulatorUrl, logFile } = it;
  const grader = settings.openai === null ? 'the offline grader (no OPENAI_API_KEY)' : settings.openai.model;
  console.log(`
  ┌───────────────────────────────────────────────────────────────────────────┐
  │  DEMO: no WhatsApp credentials found, so this talks to a pretend WhatsApp │
  │  on this machine. No message leaves it.                                   │
  └───────────────────────────────────────────────────────────────────────────┘

  Phones        ${emulatorUrl}   ← begin here
  Registration  ${settings.publicUrl}
  Health        ${url}/health/ready

  Answers are assessed by ${grader}.
  Data: ${settings.database.kind === 'sqlite' ? settings.database.file : 'PostgreSQL'} · Log: ${logFile}
  Ctrl-C closes it; everything is kept for the next start.
`);
}
