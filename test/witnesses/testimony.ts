import type { Sender, WebhookReading } from '../../server/channels/channel.ts';
import { readWebhook } from '../../server/channels/whatsapp/read-webhook.ts';

/**
 * What one reader says a notification told: the part that a service acts on, in words that belong to no reader.
 * What only one of them knows (a price model, a profile picture) is left out.
 */
export type Testimony = { readonly messages: readonly Said[]; readonly statuses: readonly Told[] };

/** One message of a learner. */
export type Said = {
  readonly id: string;
  readonly from: Address;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The message of ours that it quotes or whose button was tapped. */
  readonly about: string | null;
  readonly what: What;
};

export type What =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tap'; readonly payload: string; readonly title: string }
  | { readonly kind: 'voice'; readonly mediaId: string; readonly mimeType: string | null }
  | { readonly kind: 'media'; readonly type: string }
  | { readonly kind: 'reaction'; readonly emoji: string | null; readonly to: string }
  | { readonly kind: 'moved'; readonly phone: string | null; readonly bsuid: string | null }
  | { readonly kind: 'preference'; readonly wanted: boolean }
  | { readonly kind: 'other'; readonly type: string };

/** What became of one message of ours. */
export type Told = {
  readonly id: string;
  readonly status: string;
  readonly to: Address;
  readonly at: number;
  readonly callbackData: string | null;
  readonly price: { readonly type: string | null; readonly category: string | null } | null;
  readonly failedWith: number | null;
};

export type Address = { readonly phone: string | null; readonly bsuid: string | null };

export const NOTHING_SAID: Testimony = { messages: [], statuses: [] };

/** What our own door makes of it. */
export function ourTestimony(body: unknown, ownPhoneNumberId: string): Testimony {
  const { messages, statuses } = readWebhook(body, ownPhoneNumberId, 0);
  return {
    messages: messages.map(({ channelId, sender, sentAt, about, heard }) => ({
      id: channelId,
      from: addressOf(sender),
      at: sentAt,
      about,
      what: whatOf(heard),
    })),
    statuses: statuses.map(({ channelId, delivery, recipient, at, callbackData, price, failure }) => ({
      id: channelId,
      status: delivery,
      to: addressOf(recipient),
      at,
      callbackData,
      price,
      failedWith: failure?.code ?? null,
    })),
  };
}

/** Line by line, what the witness says differently. Nothing: they agree, whatever the order. */
export function disagreements(ours: Testimony, theirs: Testimony): string[] {
  return [
    ...differences(
      'message',
      byKey(ours.messages, ({ id }) => id),
      byKey(theirs.messages, ({ id }) => id),
    ),
    ...differences('status', byKey(ours.statuses, statusKey), byKey(theirs.statuses, statusKey)),
  ];
}

function addressOf({ phone, bsuid }: Sender): Address {
  return { phone, bsuid };
}

function whatOf(heard: WebhookReading['messages'][number]['heard']): What {
  switch (heard.kind) {
    case 'text':
    case 'tap':
    case 'reaction':
      return heard;
    case 'voice':
      return { kind: 'voice', mediaId: heard.media.mediaId, mimeType: heard.media.mimeType };
    case 'media':
      return { kind: 'media', type: heard.what };
    case 'address-changed':
      return { kind: 'moved', phone: heard.phone, bsuid: heard.bsuid };
    case 'marketing-preference':
      return { kind: 'preference', wanted: heard.wanted };
    case 'media-lost':
    case 'unsupported':
      return { kind: 'other', type: heard.what };
    default: {
      const impossible: never = heard;
      throw new Error(`no words for ${JSON.stringify(impossible)}`);
    }
  }
}

function statusKey({ id, status }: Told): string {
  return `${id} ${status}`;
}

function byKey<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item> {
  return new Map(items.map((item) => [keyOf(item), item]));
}

function differences<Item extends object>(
  name: string,
  ours: ReadonlyMap<string, Item>,
  theirs: ReadonlyMap<string, Item>,
): string[] {
  const missed = [...ours].filter(([key]) => !theirs.has(key)).map(([key]) => `misses ${name} ${key}`);
  const added = [...theirs].filter(([key]) => !ours.has(key)).map(([key]) => `adds ${name} ${key}`);
  const changed = [...ours].flatMap(([key, item]) => {
    const other = theirs.get(key);
    return other === undefined ? [] : changedFields(item, other).map((line) => `${name} ${key}: ${line}`);
  });
  return [...missed, ...added, ...changed];
}

function changedFields<Item extends object>(ours: Item, theirs: Item): string[] {
  const written = new Map(Object.entries(theirs).map(([field, value]) => [field, JSON.stringify(value)]));
  return Object.entries(ours)
    .map(([field, value]) => [field, JSON.stringify(value), written.get(field)] as const)
    .filter(([, one, other]) => one !== other)
    .map(([field, one, other]) => `${field} is ${other}, not ${one}`);
}
