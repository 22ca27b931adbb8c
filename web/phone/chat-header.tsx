import type { EmulatorState } from '../../contract/phone.ts';
import { displayNumber } from './display-number.ts';
import { BotIcon } from './icons.tsx';

/** Whom this phone is chatting with. */
export function ChatHeader({
  business,
  isTyping,
}: {
  business: EmulatorState['business'];
  isTyping: boolean;
}) {
  return (
    <div className="chat-header">
      <span className="avatar" aria-hidden="true">
        <BotIcon />
      </span>
      <div>
        <strong>{business.name}</strong>
        <span>{isTyping ? 'typing…' : displayNumber(business.number)}</span>
      </div>
    </div>
  );
}
