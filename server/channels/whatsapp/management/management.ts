import type { z } from 'zod';
import type { TemplateDefinition } from '../../channel.ts';
import { createGraph, type GraphAnswer } from '../graph.ts';
import { templateBody, templateComponents } from '../submit-template.ts';
import { withoutSecrets } from '../without-secrets.ts';
import { type Answer, known, readAnswer, settingMissing } from './answer.ts';
import {
  type AccountFacts,
  type AppSubscription,
  accountSchema,
  appSubscriptionsSchema,
  type CreatedTemplate,
  createdTemplateSchema,
  doneSchema,
  type NumberFacts,
  numberIdsSchema,
  numberSchema,
  type Profile,
  profilesSchema,
  type SubscribedApp,
  subscribedAppsSchema,
  type TemplateAtMeta,
  type TokenFacts,
  templatesSchema,
  tokenSchema,
} from './answer-schemas.ts';
import { readProbe, type VersionProbe } from './version-probe.ts';

const SECONDS = 1000;
const CONNECT_TIMEOUT_MS = 10 * SECONDS;
/** Setting a webhook makes Meta shake hands with us before it answers. */
const REQUEST_TIMEOUT_MS = 30 * SECONDS;
const PAGE_SIZE = 100;
/** An account holds at most 6,000 templates; a cursor that leads nowhere must not keep us for ever. */
const MOST_PAGES = 100;

export type ManagementOptions = {
  readonly token: string;
  readonly phoneNumberId: string;
  readonly businessAccountId: string | null;
  readonly appId: string | null;
  readonly appSecret: string;
  readonly apiBaseUrl: string;
  readonly apiVersion: string;
};

/** The calls to Meta that set things up and look after them. None of them sends a message; all may be made twice. */
export type Management = {
  /** Whether the API version lives, and what time it is at Meta. */
  probeVersion(): Promise<Answer<VersionProbe>>;
  token(): Promise<Answer<TokenFacts>>;
  number(): Promise<Answer<NumberFacts>>;
  /** Makes the number ready to send; `pin` is its two-step code. */
  register(pin: string): Promise<Answer<null>>;
  account(): Promise<Answer<AccountFacts>>;
  numberIdsOfAccount(): Promise<Answer<readonly string[]>>;
  subscribedApps(): Promise<Answer<readonly SubscribedApp[]>>;
  subscribeAccount(): Promise<Answer<null>>;
  appSubscription(): Promise<Answer<AppSubscription>>;
  setAppSubscription(it: {
    callbackUrl: string;
    verifyToken: string;
    fields: readonly string[];
  }): Promise<Answer<null>>;
  templates(): Promise<Answer<readonly TemplateAtMeta[]>>;
  createTemplate(definition: TemplateDefinition): Promise<Answer<CreatedTemplate>>;
  /** Sends it into review again. Meta allows it once a day. */
  editTemplate(id: string, definition: TemplateDefinition): Promise<Answer<null>>;
  /** This language only. The name cannot be used again in it for 30 days. */
  deleteTemplate(it: { name: string; id: string }): Promise<Answer<null>>;
  profile(): Promise<Answer<Profile>>;
  setProfile(change: ProfileChange): Promise<Answer<null>>;
  close(): Promise<void>;
};

/** What is not named stays as it is. */
export type ProfileChange = {
  readonly about?: string;
  readonly description?: string;
  readonly email?: string;
  readonly websites?: readonly string[];
};

/** The management side of the WhatsApp door. */
export function createManagement(options: ManagementOptions): Management {
  const { phoneNumberId, businessAccountId, appId, appSecret } = options;
  const secrets = [options.token, appSecret];
  const graphWith = (token: string | null) =>
    createGraph({
      ...options,
      token,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
    });
  const graph = graphWith(options.token);
  const appGraph = graphWith(`${appId}|${appSecret}`);
  const nobody = graphWith(null);

  function read<T>(answer: GraphAnswer, schema: z.ZodType<T>): Answer<T> {
    const it = readAnswer(answer, schema);
    return it.kind === 'failed' ? { kind: 'failed', failure: withoutSecrets(it.failure, secrets) } : it;
  }
  const done = (answer: GraphAnswer): Answer<null> => {
    const it = read(answer, doneSchema);
    return it.kind === 'failed' ? it : known(null);
  };

  async function ofAccount<T>(call: (account: string) => Promise<Answer<T>>): Promise<Answer<T>> {
    return businessAccountId === null
      ? settingMissing('WHATSAPP_BUSINESS_ACCOUNT_ID', 'it names the account of number and templates.')
      : call(businessAccountId);
  }
  async function ofApp<T>(call: (app: string) => Promise<Answer<T>>): Promise<Answer<T>> {
    return appId === null
      ? settingMissing('WHATSAPP_APP_ID', 'it names the app whose webhook and token this is about.')
      : call(appId);
  }

  /** Every page of a list. */
  async function all<T>(
    path: string,
    schema: z.ZodType<{ items: T[]; after: string | null }>,
  ): Promise<Answer<readonly T[]>> {
    const items: T[] = [];
    let after: string | null = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const cursor: string = after === null ? '' : `&after=${encodeURIComponent(after)}`;
      const answer = read(await graph.call('GET', path + cursor), schema);
      if (answer.kind === 'failed') return answer;
      items.push(...answer.value.items);
      after = answer.value.after;
      if (after === null) break;
    }
    return known(items);
  }

  return {
    async probeVersion() {
      return readProbe(await nobody.call('GET', '/me'));
    },
    token: () =>
      ofApp(async () =>
        read(
          await appGraph.call('GET', `/debug_token?input_token=${encodeURIComponent(options.token)}`),
          tokenSchema,
        ),
      ),
    async number() {
      return read(await graph.call('GET', `/${phoneNumberId}?fields=${NUMBER_FIELDS}`), numberSchema);
    },
    async register(pin) {
      const body = { messaging_product: 'whatsapp', pin };
      const answer = done(await graph.call('POST', `/${phoneNumberId}/register`, body));
      return answer.kind === 'failed'
        ? { kind: 'failed', failure: withoutSecrets(answer.failure, [pin]) }
        : answer;
    },
    account: () =>
      ofAccount(async (account) =>
        read(await graph.call('GET', `/${account}?fields=${ACCOUNT_FIELDS}`), accountSchema),
      ),
    numberIdsOfAccount: () =>
      ofAccount(async (account) => {
        const numbers = await all(`/${account}/phone_numbers?limit=${PAGE_SIZE}`, numberIdsSchema);
        return numbers.kind === 'failed' ? numbers : known(numbers.value.map((number) => number.id));
      }),
    subscribedApps: () =>
      ofAccount(async (account) =>
        read(await graph.call('GET', `/${account}/subscribed_apps`), subscribedAppsSchema),
      ),
    subscribeAccount: () =>
      ofAccount(async (account) => done(await graph.call('POST', `/${account}/subscribed_apps`))),
    appSubscription: () =>
      ofApp(async (app) => read(await appGraph.call('GET', `/${app}/subscriptions`), appSubscriptionsSchema)),
    setAppSubscription: ({ callbackUrl, verifyToken, fields }) =>
      ofApp(async (app) => {
        const answer = done(
          await appGraph.call('POST', `/${app}/subscriptions`, {
            object: 'whatsapp_business_account',
            callback_url: callbackUrl,
            verify_token: verifyToken,
            fields: fields.join(','),
          }),
        );
        return answer.kind === 'failed'
          ? { kind: 'failed', failure: withoutSecrets(answer.failure, [verifyToken]) }
          : answer;
      }),
    templates: () =>
      ofAccount((account) =>
        all(`/${account}/message_templates?fields=${TEMPLATE_FIELDS}&limit=${PAGE_SIZE}`, templatesSchema),
      ),
    createTemplate: (definition) =>
      ofAccount(async (account) =>
        read(
          await graph.call('POST', `/${account}/message_templates`, templateBody(definition)),
          createdTemplateSchema,
        ),
      ),
    async editTemplate(id, definition) {
      return done(
        await graph.call('POST', `/${id}`, {
          components: templateComponents(definition),
          message_send_ttl_seconds: definition.timeToLiveSeconds,
        }),
      );
    },
    deleteTemplate: ({ name, id }) =>
      ofAccount(async (account) => {
        const query = new URLSearchParams({ hsm_id: id, name });
        return done(await graph.call('DELETE', `/${account}/message_templates?${query}`));
      }),
    async profile() {
      const path = `/${phoneNumberId}/whatsapp_business_profile?fields=${PROFILE_FIELDS}`;
      return read(await graph.call('GET', path), profilesSchema);
    },
    async setProfile(change) {
      const body = { messaging_product: 'whatsapp', ...change };
      return done(await graph.call('POST', `/${phoneNumberId}/whatsapp_business_profile`, body));
    },
    async close() {
      await Promise.all([graph.close(), appGraph.close(), nobody.close()]);
    },
  };
}

const NUMBER_FIELDS = [
  'id',
  'display_phone_number',
  'verified_name',
  'status',
  'platform_type',
  'quality_rating',
  'whatsapp_business_manager_messaging_limit',
  'health_status',
].join(',');
const ACCOUNT_FIELDS = 'id,primary_funding_id';
const TEMPLATE_FIELDS = [
  'id',
  'name',
  'language',
  'status',
  'category',
  'correct_category',
  'message_send_ttl_seconds',
  'quality_score',
  'rejected_reason',
  'components',
].join(',');
const PROFILE_FIELDS = 'about,address,description,email,websites,vertical';
