import type { Config } from '../server/config.ts';
import type { Database } from '../server/store/connections.ts';

export const ENCRYPTION_KEYS = [{ id: 'bench', key: Buffer.alloc(32, 7) }];
export const APP_SECRET = 'bench-app-secret';
export const PHONE_NUMBER_ID = '220330440550660';

/** Every limit of Meta's lifted, unless a measurement is about one. */
export function configuration(
  it: { database: Database; apiBaseUrl: string } & Partial<Pick<Config, 'roles' | 'openai'>> & {
      messagesPerSecond?: number;
    },
): Config {
  return {
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://bot.test',
    database: it.database,
    roles: it.roles ?? { web: true, worker: true },
    whatsapp: {
      token: 'bench-token',
      phoneNumberId: PHONE_NUMBER_ID,
      verifyToken: 'bench-verify-token',
      appSecret: APP_SECRET,
      businessAccountId: null,
      appId: null,
      apiBaseUrl: it.apiBaseUrl,
      apiVersion: 'v25.0',
      messagesPerSecond: it.messagesPerSecond ?? UNPACED,
      dailyLimit: NO_LIMIT,
      chatLinkBaseUrl: 'https://wa.me',
    },
    openai: it.openai ?? null,
    encryptionKeys: ENCRYPTION_KEYS,
    logLevel: 'silent',
    businessName: 'Interview Bot',
    contact: 'help@bot.test',
    extraQuestionsPerDay: 3,
    dispatchGraceMs: 90_000,
    trustProxy: false,
    metricsToken: null,
  };
}

const UNPACED = 1_000_000;
const NO_LIMIT = 1_000_000_000;
