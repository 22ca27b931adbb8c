import { z } from 'zod';
import type { Channel, Failure } from '../channel.ts';
import { operator } from './error-table.ts';
import { brokenLimit, failureOf, notSent } from './failures.ts';
import { findFault } from './find-fault.ts';
import { createGraph, type GraphAnswer } from './graph.ts';
import { graphErrorIn } from './graph-error.ts';
import { createManagement } from './management/management.ts';
import { messageBody } from './message-body.ts';
import { readAccount } from './read-account.ts';
import { outcomeOfSending } from './send-outcome.ts';
import { outcomeOfSubmitting, templateBody } from './submit-template.ts';
import { withoutSecrets } from './without-secrets.ts';

const SECONDS = 1000;
/** Meta answers within two seconds when it is well; feedback is promised within thirty. */
const REQUEST_TIMEOUT_MS = 20 * SECONDS;
const CONNECT_TIMEOUT_MS = 10 * SECONDS;

export type WhatsAppOptions = {
  readonly token: string;
  readonly phoneNumberId: string;
  /** Needed for templates and for knowing whether there is a payment method. */
  readonly businessAccountId: string | null;
  readonly appSecret: string;
  readonly apiBaseUrl: string;
  /** `v25.0` */
  readonly apiVersion: string;
  readonly requestTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
  /** Hears, as one sentence, of failures that stop nobody: a read receipt that did not get through. */
  readonly onTrouble?: (sentence: string) => void;
};

/** The door to WhatsApp: Meta's Cloud API, or anything that speaks like it at `apiBaseUrl`. */
export function createWhatsApp(options: WhatsAppOptions): Channel {
  const { phoneNumberId, businessAccountId } = options;
  const graph = createGraph({
    ...options,
    requestTimeoutMs: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
  });
  const management = createManagement({ ...options, appId: null });
  const secrets = [options.token, options.appSecret];

  return {
    async send(to, message, sendOptions) {
      const fault = findFault(to, message, sendOptions);
      if (fault !== null) return { kind: 'refused', failure: brokenLimit(fault) };
      const body = messageBody(to, message, sendOptions);
      const outcome = outcomeOfSending(await graph.call('POST', `/${phoneNumberId}/messages`, body));
      if (outcome.kind !== 'refused') return outcome;
      return { kind: 'refused', failure: withoutSecrets(outcome.failure, [...secrets, to.phone, to.bsuid]) };
    },

    async markRead(channelId, { typing }) {
      const answer = await graph.call('POST', `/${phoneNumberId}/messages`, {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: channelId,
        ...(typing ? { typing_indicator: { type: 'text' } } : {}),
      });
      const failure = failureIn(answer);
      if (failure !== null) options.onTrouble?.(`A message could not be marked as read. ${failure.sentence}`);
    },

    async businessNumber() {
      const answer = await graph.call('GET', `/${phoneNumberId}?fields=display_phone_number`);
      return answer.kind === 'answered' ? displayedNumberIn(answer.body) : null;
    },

    async submitTemplate(template) {
      if (businessAccountId === null) return { failed: ACCOUNT_UNKNOWN };
      const body = templateBody(template);
      const outcome = outcomeOfSubmitting(
        await graph.call('POST', `/${businessAccountId}/message_templates`, body),
      );
      return typeof outcome === 'string' ? outcome : { failed: withoutSecrets(outcome.failed, secrets) };
    },

    readAccount: () => readAccount(management),

    async close() {
      await Promise.all([graph.close(), management.close()]);
    },
  };
}

const ACCOUNT_UNKNOWN: Failure = {
  ...operator(
    'Templates cannot be submitted without the account they belong to: set WHATSAPP_BUSINESS_ACCOUNT_ID.',
  ),
  code: null,
  detail: null,
};

function failureIn(answer: GraphAnswer): Failure | null {
  if (answer.kind !== 'answered') return notSent(answer.why);
  const error = graphErrorIn(answer.body);
  const succeeded = answer.status >= 200 && answer.status < 300;
  return succeeded && error === null ? null : failureOf(error, answer.status);
}

const displayedNumber = z.object({ display_phone_number: z.string() });

/** Meta displays it as `+1 555-010-0200`. */
function displayedNumberIn(body: unknown): string | null {
  const digits = displayedNumber.safeParse(body).data?.display_phone_number.replace(/\D/g, '');
  return digits === undefined || digits === '' ? null : digits;
}
