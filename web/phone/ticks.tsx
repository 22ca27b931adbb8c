import type { ReactNode } from 'react';
import type { ChatMessage } from '../../contract/phone.ts';
import { ClockIcon, OneTickIcon, TwoTicksIcon, WarningIcon } from './icons.tsx';

/** How far a message has come. */
export function Ticks({ status }: { status: ChatMessage['status'] }) {
  const { name, icon } = LOOK[status];
  return (
    <span className={`ticks ticks-${status}`} role="img" aria-label={name} title={name}>
      {icon}
    </span>
  );
}

const LOOK: Readonly<Record<ChatMessage['status'], { name: string; icon: ReactNode }>> = {
  accepted: { name: 'Accepted', icon: <ClockIcon /> },
  sent: { name: 'Sent', icon: <OneTickIcon /> },
  delivered: { name: 'Delivered', icon: <TwoTicksIcon /> },
  read: { name: 'Read', icon: <TwoTicksIcon /> },
  failed: { name: 'Failed', icon: <WarningIcon /> },
};
