import type { Management } from '../channels/whatsapp/management/management.ts';
import { WEBHOOK_FIELDS, WEBHOOK_PATH } from '../channels/whatsapp/webhook-fields.ts';
import type { Config } from '../config.ts';
import { type Check, notChecked } from './check.ts';
import { checkAccountSubscription, checkOwnership, checkPayment } from './check-account.ts';
import { checkAppSubscription } from './check-app-subscription.ts';
import { checkClock } from './check-clock.ts';
import { checkConfiguration } from './check-configuration.ts';
import { checkDailyLimit } from './check-daily-limit.ts';
import { checkHealth, checkNumber, checkQuality } from './check-number.ts';
import { checkProfile } from './check-profile.ts';
import { checkHandshake, checkSignature } from './check-public-webhook.ts';
import { checkTemplates } from './check-templates.ts';
import { checkToken } from './check-token.ts';
import { checkVersion } from './check-version.ts';

export type Examination = {
  readonly config: Pick<Config, 'publicUrl' | 'whatsapp'>;
  readonly management: Management;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  /** Null when the database cannot be read from here. */
  readonly activeLearners: () => Promise<number | null>;
};

/** One look. `needs` are the names of earlier ones that must not have failed. */
type Look = {
  readonly name: string;
  readonly needs: readonly string[];
  /** A setting that must be there; null when it is. */
  readonly lacks?: string | null;
  check(): Promise<Check | readonly Check[]>;
};

/** Everything that must be right between this program and Meta, in the order in which one thing stands on another. */
export async function examine(it: Examination): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const look of looksAt(it)) {
    const broken = look.needs.find((name) => checks.some((check) => check.name === name && isBroken(check)));
    if (look.lacks) checks.push(notChecked(look.name, `${look.lacks} is not set`));
    else if (broken !== undefined) checks.push(notChecked(look.name, `the check of the ${broken} failed`));
    else checks.push(...[await look.check()].flat());
  }
  return checks;
}

function isBroken(check: Check): boolean {
  return check.state === 'failed';
}

function looksAt({ config, management, fetch, now, activeLearners }: Examination): readonly Look[] {
  const { whatsapp } = config;
  const { verifyToken, phoneNumberId } = whatsapp;
  const appId = whatsapp.appId ?? '';
  const businessAccountId = whatsapp.businessAccountId ?? '';
  const callbackUrl = config.publicUrl + WEBHOOK_PATH;
  const probe = once(async () => ({ answer: await management.probeVersion(), askedAt: now() }));
  const number = once(() => management.number());
  const lacksApp = whatsapp.appId === null ? 'WHATSAPP_APP_ID' : null;
  const lacksAccount = whatsapp.businessAccountId === null ? 'WHATSAPP_BUSINESS_ACCOUNT_ID' : null;
  const signedIn = ['API version', 'access token'];
  const sending = [...signedIn, 'phone number'];

  return [
    { name: 'configuration', needs: [], check: async () => checkConfiguration(config) },
    {
      name: 'API version',
      needs: [],
      check: async () => checkVersion((await probe()).answer, { version: whatsapp.apiVersion, now: now() }),
    },
    {
      name: 'access token',
      needs: ['API version'],
      lacks: lacksApp,
      check: async () =>
        checkToken(await management.token(), {
          appId,
          businessAccountId: whatsapp.businessAccountId,
          now: now(),
        }),
    },
    { name: 'phone number', needs: signedIn, check: async () => checkNumber(await number()) },
    { name: 'health', needs: signedIn, check: async () => checkHealth(await number()) },
    { name: 'quality', needs: sending, check: async () => checkQuality(await number()) },
    {
      name: 'daily limit',
      needs: sending,
      check: async () =>
        checkDailyLimit(await number(), {
          ownLimit: whatsapp.dailyLimit,
          activeLearners: await activeLearners(),
        }),
    },
    {
      name: 'account',
      needs: signedIn,
      lacks: lacksAccount,
      check: async () =>
        checkOwnership(await management.numberIdsOfAccount(), { phoneNumberId, businessAccountId }),
    },
    {
      name: 'payment',
      needs: signedIn,
      lacks: lacksAccount,
      check: async () => checkPayment(await management.account()),
    },
    {
      name: 'account subscription',
      needs: signedIn,
      lacks: lacksApp ?? lacksAccount,
      check: async () => checkAccountSubscription(await management.subscribedApps(), { appId, callbackUrl }),
    },
    {
      name: 'app subscription',
      needs: ['API version', 'access token'],
      lacks: lacksApp,
      check: async () =>
        checkAppSubscription(await management.appSubscription(), { callbackUrl, fields: WEBHOOK_FIELDS }),
    },
    { name: 'handshake', needs: [], check: () => checkHandshake({ callbackUrl, verifyToken, fetch }) },
    { name: 'signature', needs: ['handshake'], check: () => checkSignature({ callbackUrl, fetch }) },
    {
      name: 'templates',
      needs: signedIn,
      lacks: lacksAccount,
      check: async () => checkTemplates(await management.templates()),
    },
    { name: 'profile', needs: signedIn, check: async () => checkProfile(await management.profile()) },
    {
      name: 'clock',
      needs: ['API version'],
      check: async () => {
        const { answer, askedAt } = await probe();
        return checkClock(answer, askedAt);
      },
    },
  ];
}

/** Several looks at one answer of Meta's. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask();
    return asked;
  };
}
