import type { ChatMessage, Phone, PhoneEvent } from '../../contract/phone.ts';
import type { ShownIdentity } from '../../contract/switches.ts';
import { bsuidOf } from './bsuid.ts';
import type { Bubble, PretendPhone } from './pretend-phone.ts';

export type PhoneProfile = {
  name: string;
  language?: Phone['language'];
  bsuid?: string;
  identity?: ShownIdentity;
  /** A person with a username; shown in notifications. */
  username?: string;
  /** Other spellings that reach this phone; Meta answers with its own one (Brazil's ninth digit, Mexico, Argentina). */
  alsoReachedAs?: readonly string[];
};

export type PhoneBook = ReturnType<typeof createPhoneBook>;

/** All phones, and everything shown on them. Whoever watches is told of each change. */
export function createPhoneBook(needs: {
  now: () => number;
  tell: (event: PhoneEvent) => void;
  /** How Meta spells a number; the phone is known by that, and reached by every other way of writing it. */
  spell: (number: string) => string;
  faultOf: (names: readonly string[]) => { readonly code: number } | null;
}) {
  const { now, tell, spell } = needs;
  const byNumber = new Map<string, PretendPhone>();
  const byBsuid = new Map<string, PretendPhone>();
  const otherSpellings = new Map<string, string>();
  const byWamid = new Map<string, { phone: PretendPhone; bubble: Bubble }>();

  function find(number: string): PretendPhone | null {
    return byNumber.get(otherSpellings.get(number) ?? number) ?? byNumber.get(spell(number)) ?? null;
  }

  function add(written: string, profile: PhoneProfile): PretendPhone {
    const number = spell(written);
    const phone: PretendPhone = {
      number,
      bsuid: profile.bsuid ?? bsuidOf(number),
      name: profile.name,
      language: 'en',
      identity: 'both',
      username: null,
      lastInboundAt: null,
      blockedBusiness: false,
      stoppedMarketing: false,
      typingUntil: null,
      bubbles: [],
    };
    byNumber.set(number, phone);
    introduce(phone, profile);
    return phone;
  }

  function introduce(phone: PretendPhone, profile: PhoneProfile): void {
    byBsuid.delete(phone.bsuid);
    phone.bsuid = profile.bsuid ?? phone.bsuid;
    byBsuid.set(phone.bsuid, phone);
    phone.name = profile.name;
    phone.language = profile.language ?? phone.language;
    phone.identity = profile.identity ?? phone.identity;
    phone.username = profile.username ?? phone.username;
    for (const spelling of profile.alsoReachedAs ?? []) otherSpellings.set(spelling, phone.number);
    announce(phone);
  }

  /** For whoever watches: something about the person changed. */
  function announce(phone: PretendPhone): void {
    const { messages: _, ...withoutMessages } = shown(phone);
    tell({ kind: 'phone', phone: withoutMessages });
  }

  function shown(phone: PretendPhone): Phone {
    return {
      number: phone.number,
      name: phone.name,
      language: phone.language,
      bsuid: phone.bsuid,
      identity: phone.identity,
      blocked: phone.blockedBusiness,
      stoppedMarketing: phone.stoppedMarketing,
      failsWith: needs.faultOf([phone.number, phone.bsuid])?.code ?? null,
      typingUntil: phone.typingUntil !== null && phone.typingUntil > now() ? phone.typingUntil : null,
      messages: phone.bubbles.map((bubble) => bubble.message),
    };
  }

  function setTyping(phone: PretendPhone, until: number | null): void {
    if (phone.typingUntil === null && until === null) return;
    phone.typingUntil = until;
    tell({ kind: 'typing', number: phone.number, until });
  }

  function change(wamid: string, changed: (message: ChatMessage) => void): void {
    const found = byWamid.get(wamid);
    if (found === undefined) return;
    changed(found.bubble.message);
    tell({ kind: 'message', number: found.phone.number, message: found.bubble.message });
  }

  return {
    add,
    introduce,
    find,
    findByBsuid: (bsuid: string): PretendPhone | null => byBsuid.get(bsuid) ?? null,
    findMessage: (wamid: string) => byWamid.get(wamid) ?? null,
    all: (): readonly PretendPhone[] => [...byNumber.values()],
    shown,
    announce,
    show(phone: PretendPhone, bubble: Bubble): void {
      phone.bubbles.push(bubble);
      byWamid.set(bubble.message.wamid, { phone, bubble });
      tell({ kind: 'message', number: phone.number, message: bubble.message });
    },
    change,
    setTyping,
    /** Everybody clears their chat of what is older. */
    forget(before: number): void {
      for (const phone of byNumber.values()) {
        const kept = phone.bubbles.findIndex(({ message }) => message.at >= before);
        const old = phone.bubbles.splice(0, kept === -1 ? phone.bubbles.length : kept);
        for (const { message } of old) byWamid.delete(message.wamid);
      }
    },
    /** The person keeps the chat, but is reached under a new number and, with it, a new id; or under a new id only. */
    move(phone: PretendPhone, written: string): void {
      const number = spell(written);
      const holder = find(number);
      if (holder !== null && holder !== phone) throw new Error(`+${number} is the number of ${holder.name}`);
      byNumber.delete(phone.number);
      byBsuid.delete(phone.bsuid);
      phone.bsuid = bsuidOf(number, phone.number === number ? phone.bsuid : '');
      if (phone.number !== number) phone.lastInboundAt = null;
      phone.number = number;
      byNumber.set(number, phone);
      byBsuid.set(phone.bsuid, phone);
      announce(phone);
    },
  };
}
