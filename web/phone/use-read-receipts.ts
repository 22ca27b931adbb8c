import { type RefObject, useEffect } from 'react';
import type { Phone } from '../../contract/phone.ts';
import { unreadOf } from './emulator-view.ts';
import { useOnScreen } from './use-on-screen.ts';
import { useWindowAttention } from './use-window-attention.ts';

/** Reports the bot's messages as read once a person can have seen them. */
export function useReadReceipts(
  phone: Phone,
  device: RefObject<Element | null>,
  markRead: (number: string) => void,
): void {
  const isOnScreen = useOnScreen(device);
  const hasAttention = useWindowAttention();
  // With the status in the key: a message read before it counted as delivered is reported again afterwards.
  const unread = unreadOf(phone)
    .map((message) => `${message.wamid} ${message.status}`)
    .join();
  useEffect(() => {
    if (isOnScreen && hasAttention && unread !== '') markRead(phone.number);
  }, [isOnScreen, hasAttention, unread, markRead, phone.number]);
}
