import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { Database } from './store/connections.ts';
import type { SealingKey } from './store/sealing.ts';

/** Where relative paths begin: the project's root, wherever the process was started. */
const PROJECT_ROOT = join(import.meta.dirname, '..');
/** sysexits.h: something was found in an unconfigured or misconfigured state. */
export const EXIT_CONFIG = 78;

export type WhatsAppConfig = {
  readonly token: string;
  readonly phoneNumberId: string;
  readonly verifyToken: string;
  readonly appSecret: string;
  readonly businessAccountId: string | null;
  readonly appId: string | null;
  readonly apiBaseUrl: string;
  readonly apiVersion: string;
  readonly messagesPerSecond: number;
  /** Unique learners outside their windows in a moving day. Null: whatever Meta says. */
  readonly dailyLimit: number | null;
  /** Where a chat with us is opened: `https://wa.me`. */
  readonly chatLinkBaseUrl: string;
};

/** Which half of the work this process does. The clock runs with the worker. */
export type Roles = { readonly web: boolean; readonly worker: boolean };

/** A valid configuration. Everything that the environment can say has been said, checked and defaulted here. */
export type Config = {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly database: Database;
  readonly roles: Roles;
  readonly whatsapp: WhatsAppConfig;
  readonly openai: {
    readonly apiKey: string;
    readonly baseUrl: string | null;
    readonly model: string;
    readonly api: 'responses' | 'chat';
  } | null;
  readonly encryptionKeys: readonly SealingKey[];
  readonly logLevel: string;
  readonly businessName: string;
  readonly contact: string | null;
  readonly extraQuestionsPerDay: number;
  readonly dispatchGraceMs: number;
  readonly trustProxy: boolean | string;
  /** Null: metrics are for this machine only. */
  readonly metricsToken: string | null;
};

/** What the environment asks for: the demo fills in WhatsApp, keys and database by itself. */
export type Wanted =
  | { readonly kind: 'service'; readonly config: Config }
  | { readonly kind: 'demo'; readonly emulatorPort: number; readonly settings: DemoSettings }
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

export type DemoSettings = Omit<Config, 'whatsapp' | 'encryptionKeys'> & {
  /** Where the demo keeps its clock, its key and its log. */
  readonly dataFolder: string;
  readonly encryptionKeys: readonly SealingKey[] | null;
};

/** The only place that reads the environment, with `.env` under what is set already. */
export function readEnvironment(): NodeJS.ProcessEnv {
  const file = join(PROJECT_ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}

/** Turns the environment into a configuration, or into one sentence per thing that is missing or wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Wanted {
  // An empty value in a .env file means the same as none.
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = variables.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const credentials = CREDENTIALS.filter((name) => given[name] !== undefined);
  const isDemo = credentials.length === 0;
  if (!isDemo) {
    problems.push(
      ...[...CREDENTIALS, ...NEEDED_WITH_CREDENTIALS]
        .filter((name) => given[name] === undefined)
        .map((name) => `${name}: is missing. ${PURPOSE[name]}`),
    );
  }
  // One SQLite file belongs to one process, so a process with half of the roles would leave the other half undone.
  if (parsed.success && 'file' in parsed.data.DATABASE_URL && !hasBothRoles(parsed.data.ROLES)) {
    problems.push('ROLES: must be "web,worker": SQLite is run by one process.');
  }
  if (!parsed.success || problems.length > 0) return { kind: 'refused', problems };
  const it = parsed.data;

  const settings: DemoSettings = {
    host: it.HOST ?? (isDemo ? '127.0.0.1' : '0.0.0.0'),
    port: it.PORT,
    publicUrl: it.PUBLIC_URL ?? `http://localhost:${it.PORT}`,
    roles: it.ROLES,
    database: databaseOf(it.DATABASE_URL, it.DATABASE_CONNECTIONS),
    dataFolder: 'file' in it.DATABASE_URL ? dirname(it.DATABASE_URL.file) : join(PROJECT_ROOT, 'data'),
    openai:
      it.OPENAI_API_KEY === undefined
        ? null
        : {
            apiKey: it.OPENAI_API_KEY,
            baseUrl: it.OPENAI_BASE_URL ?? null,
            model: it.OPENAI_MODEL,
            api: it.OPENAI_API,
          },
    encryptionKeys: it.ENCRYPTION_KEYS ?? null,
    logLevel: it.LOG_LEVEL ?? (it.DEBUG ? 'debug' : 'info'),
    businessName: it.BUSINESS_NAME,
    contact: it.CONTACT ?? null,
    extraQuestionsPerDay: it.EXTRA_QUESTIONS_PER_DAY,
    dispatchGraceMs: it.DISPATCH_GRACE_SECONDS * 1000,
    trustProxy: it.TRUST_PROXY,
    metricsToken: it.METRICS_TOKEN ?? null,
  };
  if (isDemo) return { kind: 'demo', emulatorPort: it.EMULATOR_PORT, settings };

  const whatsapp = {
    token: it.WHATSAPP_TOKEN ?? '',
    phoneNumberId: it.WHATSAPP_PHONE_NUMBER_ID ?? '',
    verifyToken: it.WHATSAPP_VERIFY_TOKEN ?? '',
    appSecret: it.WHATSAPP_APP_SECRET ?? '',
    businessAccountId: it.WHATSAPP_BUSINESS_ACCOUNT_ID ?? null,
    appId: it.WHATSAPP_APP_ID ?? null,
    apiBaseUrl: it.WHATSAPP_API_BASE_URL,
    apiVersion: it.WHATSAPP_API_VERSION,
    messagesPerSecond: it.WHATSAPP_MESSAGES_PER_SECOND,
    dailyLimit: it.WHATSAPP_DAILY_LIMIT ?? null,
    chatLinkBaseUrl: 'https://wa.me',
  };
  return { kind: 'service', config: { ...settings, whatsapp, encryptionKeys: it.ENCRYPTION_KEYS ?? [] } };
}

const CREDENTIALS = [
  'WHATSAPP_TOKEN',
  'WHATSAPP_PHONE_NUMBER_ID',
  'WHATSAPP_VERIFY_TOKEN',
  'WHATSAPP_APP_SECRET',
] as const;
const NEEDED_WITH_CREDENTIALS = ['ENCRYPTION_KEYS', 'CONTACT'] as const;

const PURPOSE: Readonly<
  Record<(typeof CREDENTIALS)[number] | (typeof NEEDED_WITH_CREDENTIALS)[number], string>
> = {
  WHATSAPP_TOKEN: 'The access token of the system user, from Meta Business Settings.',
  WHATSAPP_PHONE_NUMBER_ID:
    'The id of the sending number (not the number itself), from the app’s API set-up page.',
  WHATSAPP_VERIFY_TOKEN: 'Any secret of your own; enter the same one where the webhook is set up at Meta.',
  WHATSAPP_APP_SECRET: 'From the app’s basic settings at Meta; every webhook is checked with it.',
  ENCRYPTION_KEYS: 'Make one with: echo "k1:$(openssl rand -base64 32)".',
  CONTACT:
    'An address or number of a person, named when a learner asks for HELP; Meta’s policy requires one.',
};

const url = z.url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' });
const port = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(0)
  .max(65_535, 'must be at most 65535');

const variables = z.object({
  HOST: z.string().optional(),
  PORT: port.default(3000),
  EMULATOR_PORT: port.default(3001),
  PUBLIC_URL: url.transform((it) => it.replace(/\/+$/, '')).optional(),
  DATABASE_URL: z.string().default('sqlite:./data/interview-bot.db').transform(databaseUrl),
  DATABASE_CONNECTIONS: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(2, 'must be at least 2')
    .max(200)
    .default(20),
  ROLES: z.string().default('web,worker').transform(roles),
  WHATSAPP_TOKEN: z.string().optional(),
  WHATSAPP_PHONE_NUMBER_ID: z.string().regex(/^\d+$/, 'is the id from Meta, digits only').optional(),
  WHATSAPP_VERIFY_TOKEN: z.string().optional(),
  WHATSAPP_APP_SECRET: z.string().optional(),
  WHATSAPP_BUSINESS_ACCOUNT_ID: z.string().regex(/^\d+$/, 'is the id from Meta, digits only').optional(),
  WHATSAPP_APP_ID: z.string().regex(/^\d+$/, 'is the id from Meta, digits only').optional(),
  WHATSAPP_API_BASE_URL: url.default('https://graph.facebook.com').transform((it) => it.replace(/\/+$/, '')),
  WHATSAPP_API_VERSION: z
    .string()
    .regex(/^v\d{2}\.0$/, 'must look like v25.0')
    .default('v25.0'),
  WHATSAPP_MESSAGES_PER_SECOND: z.coerce
    .number('must be a number')
    .positive('must be above zero')
    .max(1000)
    .default(20),
  WHATSAPP_DAILY_LIMIT: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .positive('must be above zero')
    .optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: url.optional(),
  OPENAI_MODEL: z.string().default('gpt-6-luna'),
  OPENAI_API: z.enum(['responses', 'chat'], 'must be "responses" or "chat"').default('responses'),
  ENCRYPTION_KEYS: z.string().transform(encryptionKeys).optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .optional(),
  DEBUG: z.stringbool('must be true or false').default(false),
  BUSINESS_NAME: z.string().max(60, 'must be at most 60 characters').default('Interview Bot'),
  CONTACT: z.string().max(200, 'must be at most 200 characters').optional(),
  EXTRA_QUESTIONS_PER_DAY: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(0)
    .max(20)
    .default(3),
  DISPATCH_GRACE_SECONDS: z.coerce.number('must be a number').positive('must be above zero').default(90),
  TRUST_PROXY: z.string().default('false').transform(trustProxy),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
});

/** `sqlite:./folder/bot.db` and `sqlite:///./bot.db` are relative to the project's root, `sqlite:/var/bot.db` is not. */
function databaseUrl(
  value: string,
  context: z.RefinementCtx,
): { readonly file: string } | { readonly url: string } {
  if (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value)) return { url: value };
  const path = /^sqlite:(?:\/\/\/(?=\.)|\/\/(?=\/)|(?!\/\/))(.+)$/.exec(value)?.[1];
  if (path === undefined) {
    const message =
      'must look like sqlite:./data/interview-bot.db or postgres://user:password@host/database.';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  return { file: isAbsolute(path) ? path : join(PROJECT_ROOT, path) };
}

function databaseOf(it: { file: string } | { url: string }, connections: number): Database {
  return 'file' in it ? { kind: 'sqlite', file: it.file } : { kind: 'postgres', url: it.url, connections };
}

function roles(value: string, context: z.RefinementCtx): Roles {
  const named = value.split(',').map((role) => role.trim());
  const known = named.filter((role) => role === 'web' || role === 'worker');
  if (known.length !== named.length || known.length === 0) {
    context.addIssue({ code: 'custom', message: 'must be "web", "worker" or "web,worker".' });
    return z.NEVER;
  }
  return { web: known.includes('web'), worker: known.includes('worker') };
}

function hasBothRoles({ web, worker }: Roles): boolean {
  return web && worker;
}

function encryptionKeys(value: string, context: z.RefinementCtx): SealingKey[] {
  const keys = value.split(',').map((entry) => {
    const [id, base64, ...rest] = entry.trim().split(':');
    return { id: id ?? '', key: Buffer.from(base64 ?? '', 'base64'), extra: rest.length };
  });
  const wrong = keys.some((it) => !/^[\w-]{1,20}$/.test(it.id) || it.key.length !== 32 || it.extra > 0);
  if (wrong || new Set(keys.map((it) => it.id)).size !== keys.length) {
    context.addIssue({
      code: 'custom',
      message: 'must be id:key,id:key… with distinct ids and keys of 32 bytes in base64, the newest first.',
    });
    return z.NEVER;
  }
  return keys.map(({ id, key }) => ({ id, key }));
}

/** `false`, `true`, or the addresses of the proxies whose word is taken. */
function trustProxy(value: string, context: z.RefinementCtx): boolean | string {
  const word = value.trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  if (word.split(',').every((part) => /^\s*[\da-f.:]+(\/\d{1,3})?\s*$/.test(part) && /[.:]/.test(part)))
    return value;
  context.addIssue({ code: 'custom', message: 'must be true, false, or the addresses of your proxies.' });
  return z.NEVER;
}
