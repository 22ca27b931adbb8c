import { useCallback, useState } from 'react';
import type { Phone } from '../../contract/phone.ts';
import { type DeepLink, forgetDeepLink, readDeepLink } from './deep-link.ts';
import { lastUsedPhone } from './last-used-phone.ts';

/**
 * The message that the page's address asks to send, and the phone that shall send it: the one chosen, the only one,
 * or the one last used. When none of these says it, `mustAsk`.
 */
export function useLinkedMessage(phones: readonly Phone[]): {
  message: DeepLink | null;
  sender: string | null;
  mustAsk: boolean;
  choose: (number: string) => void;
  ask: () => void;
  forget: () => void;
} {
  const [message, setMessage] = useState(() => readDeepLink(window.location.search));
  const [choice, setChoice] = useState<string | 'ask' | null>(lastUsedPhone);

  const ask = useCallback(() => setChoice('ask'), []);
  const forget = useCallback(() => {
    setMessage(null);
    forgetDeepLink();
  }, []);

  const only = phones.length === 1 ? phones[0]?.number : undefined;
  const sender =
    message === null ? null : (only ?? phones.find((phone) => phone.number === choice)?.number ?? null);
  return {
    message,
    sender,
    mustAsk: message !== null && sender === null && phones.length > 0,
    choose: setChoice,
    ask,
    forget,
  };
}
