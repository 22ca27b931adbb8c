import type { ChatMessage, Phone } from '../../contract/phone.ts';

/**
 * What notifications say about the person who holds a phone. `bsuid-only` is somebody with a username whose number
 * Meta does not show; `phone-only` is how it was before business-scoped ids.
 */
export type Identity = 'both' | 'phone-only' | 'bsuid-only' | 'bsuid-in-from';

/** Which notification a tap on a button of this message makes. */
export type TapKind = 'button_reply' | 'list_reply' | 'template-button';

export type Bubble = {
  readonly message: ChatMessage;
  readonly taps: TapKind;
  /** What stands below the titles of a list, by the ids of the rows; a tap tells it as well. */
  readonly descriptions?: ReadonlyMap<string, string>;
};

export type PretendPhone = {
  number: string;
  bsuid: string;
  name: string;
  language: Phone['language'];
  identity: Identity;
  username: string | null;
  /** Opens the window for 24 hours; reactions do not. */
  lastInboundAt: number | null;
  blockedBusiness: boolean;
  stoppedMarketing: boolean;
  typingUntil: number | null;
  readonly bubbles: Bubble[];
};
