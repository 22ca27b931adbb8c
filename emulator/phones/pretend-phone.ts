import type { ChatMessage, Phone } from '../../contract/phone.ts';
import type { ShownIdentity } from '../../contract/switches.ts';

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
  identity: ShownIdentity;
  username: string | null;
  /** Opens the window for 24 hours; reactions do not. */
  lastInboundAt: number | null;
  blockedBusiness: boolean;
  stoppedMarketing: boolean;
  typingUntil: number | null;
  readonly bubbles: Bubble[];
};
