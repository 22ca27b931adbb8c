import { type ReactNode, useState } from 'react';
import type { MoveClock } from '../../contract/phone.ts';
import { tomorrowAtNine } from './clock-words.ts';
import { BotIcon } from './icons.tsx';
import type { PhoneActions } from './use-phone-actions.ts';
import { VirtualClock } from './virtual-clock.tsx';

const HOURS = 60 * 60 * 1000;

type Props = {
  clockAheadMs: number;
  actions: PhoneActions;
  onNewPhone: () => void;
  /** One more button at the end. */
  children: ReactNode;
};

export function TopBar({ clockAheadMs, actions, onNewPhone, children }: Props) {
  const [isMoving, setIsMoving] = useState(false);

  const move = async (how: MoveClock) => {
    if (isMoving) return;
    setIsMoving(true);
    await actions.moveClock(how);
    setIsMoving(false);
  };

  return (
    <header className="top-bar">
      <h1>
        <BotIcon />
        <span>
          Interview Bot <span className="top-bar-subtitle">· practice phones</span>
        </span>
      </h1>
      <VirtualClock clockAheadMs={clockAheadMs} />
      <div className="top-bar-tools">
        <div className="top-bar-buttons">
          <button type="button" aria-disabled={isMoving} onClick={() => void move({ byMs: 1 * HOURS })}>
            +1 hour
          </button>
          <button
            type="button"
            className="primary"
            aria-disabled={isMoving}
            onClick={() => void move({ to: tomorrowAtNine(Date.now() + clockAheadMs) })}
          >
            Jump to tomorrow 09:00
          </button>
          <button type="button" onClick={onNewPhone}>
            New phone
          </button>
        </div>
        {children}
      </div>
    </header>
  );
}
