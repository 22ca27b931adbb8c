/** One thing a learner did on the channel, already freed of the channel's own shapes. */
export type Heard =
  | { readonly kind: 'text'; readonly text: string }
  /** A tap: on a reply button, a list row, or a quick reply of a template. `payload` is what we put there. */
  | { readonly kind: 'tap'; readonly payload: string; readonly title: string }
  | { readonly kind: 'voice'; readonly media: VoiceNote }
  /** A picture, video, document, sticker, place, contact card …: nothing we can assess. */
  | { readonly kind: 'media'; readonly what: string }
  /** A file that WhatsApp could not fetch for us; what it was is all we know. */
  | { readonly kind: 'media-lost'; readonly what: string }
  | { readonly kind: 'reaction'; readonly emoji: string | null; readonly to: string }
  /** The person moved to another number or id. `null` where the notification does not say. */
  | {
      readonly kind: 'address-changed';
      readonly phone: string | null;
      readonly bsuid: string | null;
      readonly previousBsuid: string | null;
    }
  /** The switch in WhatsApp's own settings, about marketing templates only. */
  | { readonly kind: 'marketing-preference'; readonly wanted: boolean }
  /** Edited messages, polls, types that do not exist yet. */
  | { readonly kind: 'unsupported'; readonly what: string };

export type VoiceNote = {
  readonly mediaId: string;
  /** Valid for five minutes only, and often absent. */
  readonly url: string | null;
  readonly mimeType: string;
  /** Base64, as webhooks write it; null when absent. */
  readonly sha256: string | null;
};
