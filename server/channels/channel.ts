import type { Heard } from '../../interview/heard.ts';

/** A door to the learners. It knows its platform and nothing of the store. */
export interface Channel {
  /** Hands one message over. Never throws for anything the platform or the network does: the outcome says what to do next. */
  send(to: Recipient, message: ChannelMessage, options: SendOptions): Promise<SendOutcome>;
  /** Blue ticks for the learner's message and, with `typing`, the typing indicator (it ends with our next message or after 25 s). */
  markRead(channelId: string, options: { typing: boolean }): Promise<void>;
  /** The number learners write to, digits only; null while the platform does not tell. */
  businessNumber(): Promise<string | null>;
  /** Submits a template for approval; `exists` when it is there already. */
  submitTemplate(
    template: TemplateDefinition,
  ): Promise<'submitted' | 'exists' | { readonly failed: Failure }>;
  /** How our number, its account and its templates stand. What the platform does not tell is null, or not in the list. */
  readAccount(): Promise<AccountReading>;
  close(): Promise<void>;
}

export type AccountReading = {
  readonly dailyLimit: number | 'unlimited' | null;
  /** `GREEN`, `YELLOW`, `RED` … */
  readonly quality: string | null;
  readonly hasPaymentMethod: boolean | null;
  readonly templates: readonly Omit<TemplateNews, 'at'>[];
};

/** Digits only, or the business-scoped id of a learner whose number we do not see. At least one is set. */
export type Recipient = { readonly phone: string | null; readonly bsuid: string | null };

export type SendOptions = {
  /** Returned in every status of this message: how a delivery finds our row even when the answer to the call was lost. */
  readonly callbackData: string;
  /** The learner's message to quote. */
  readonly quoting: string | null;
};

export type ChannelMessage =
  | { readonly form: 'text'; readonly text: string }
  | { readonly form: 'buttons'; readonly text: string; readonly buttons: readonly ReplyButton[] }
  | {
      readonly form: 'template';
      readonly name: string;
      /** The platform's own code: `en`, `es`, `pt_BR`. */
      readonly languageCode: string;
      readonly parameters: readonly { readonly name: string; readonly text: string }[];
      /** One per quick-reply button, in the template's order. */
      readonly payloads: readonly string[];
    };

/** `id` at most 256 characters, `title` at most 20. */
export type ReplyButton = { readonly id: string; readonly title: string };

export type SendOutcome =
  /** Accepted is not delivered. `waId` may differ from the number we sent to (Brazil, Mexico, Argentina). */
  | {
      readonly kind: 'accepted';
      readonly channelId: string;
      readonly waId: string | null;
      readonly bsuid: string | null;
    }
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** The request left us and no answer came: it may or may not have been sent. Only a status webhook can tell. */
  | { readonly kind: 'unknown'; readonly why: string };

/** What to do next, by name: the platform's error code decides, never the HTTP status alone. */
export const FAILURE_CLASSES = [
  'retry',
  'pace',
  'template',
  'user',
  'opt-out',
  'wait',
  'operator',
  'bug',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/**
 * What else meets the same failure: nothing but this message, everything to this learner, to the learner's country,
 * in this template, in any template, or everything the number sends.
 */
export type FailureReach = 'message' | 'learner' | 'country' | 'template' | 'templates' | 'everything';

export type Failure = {
  readonly class: FailureClass;
  readonly reach: FailureReach;
  /** After so many tries a passing fault is a fault of ours; null: it may pass until the message is stale. */
  readonly mostTries: number | null;
  /** The platform's code; null when it gave none (an HTML page, a refused connection). */
  readonly code: number | null;
  /** One sentence for the operator: what happened and what to do. */
  readonly sentence: string;
  /** The platform's own detail, for the log. Never shown to a learner. */
  readonly detail: string | null;
};

export type TemplateDefinition = {
  readonly name: string;
  readonly languageCode: string;
  readonly category: 'UTILITY';
  readonly body: string;
  readonly footer: string | null;
  readonly quickReplies: readonly string[];
  /** Named parameters of the body with a sample each. */
  readonly samples: readonly { readonly name: string; readonly example: string }[];
  readonly timeToLiveSeconds: number;
};

/** Everything one notification said, sorted. Nothing in a batch is lost because its neighbour is unreadable. */
export type WebhookReading = {
  readonly messages: readonly InboundMessage[];
  readonly statuses: readonly InboundStatus[];
  readonly templates: readonly TemplateNews[];
  readonly account: readonly AccountNews[];
  /** Items set aside, each with the reason. */
  readonly unreadable: readonly { readonly why: string; readonly item: unknown }[];
  /** Items for other phone numbers of the account, and fields we do not use. */
  readonly ignored: number;
};

/** What the platform says of the number and its account. */
export type AccountNews = {
  readonly field: string;
  /** For the operator: what happened and, where there is something to do, what. */
  readonly sentence: string;
  /** The same for every repeat of the same news. */
  readonly key: string;
  readonly at: number;
  /** `trouble`: only an operator can mend it. `note`: good to know. */
  readonly weight: 'note' | 'trouble';
  /** What can no longer be sent because of it. */
  readonly halts: 'everything' | 'templates' | null;
  /** How many people we may write to first in a day from now on; null where it says nothing of that. */
  readonly dailyLimit: number | 'unlimited' | null;
};

export type Sender = {
  readonly phone: string | null;
  readonly bsuid: string | null;
  /** A further spelling of the same number from the notification's contact, when it differs. */
  readonly waId: string | null;
};

export type InboundMessage = {
  readonly channelId: string;
  readonly sender: Sender;
  /** Epoch milliseconds, by the platform's clock. */
  readonly sentAt: number;
  /** The id of our message that was quoted or whose button was tapped. */
  readonly about: string | null;
  readonly heard: Heard;
};

export const DELIVERIES = ['sent', 'delivered', 'read', 'played', 'failed'] as const;
export type Delivery = (typeof DELIVERIES)[number];

export type InboundStatus = {
  readonly channelId: string;
  readonly delivery: Delivery;
  readonly at: number;
  readonly callbackData: string | null;
  readonly recipient: Sender;
  readonly failure: Failure | null;
  readonly price: { readonly type: string | null; readonly category: string | null } | null;
};

export type TemplateNews = {
  readonly name: string;
  /** Normalised to the underscore spelling: `pt_BR`. */
  readonly languageCode: string;
  readonly state: string | null;
  readonly category: string | null;
  readonly reason: string | null;
  readonly at: number;
};
