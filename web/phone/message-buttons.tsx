import { useState } from 'react';
import type { ChatButton } from '../../contract/phone.ts';
import { DoneIcon, ReplyIcon } from './icons.tsx';

type Props = {
  wamid: string;
  buttons: readonly ChatButton[];
  onTap: (wamid: string, buttonId: string) => Promise<boolean>;
};

/** The buttons under a message. A tapped one may be tapped again: the real chat allows it for templates. */
export function MessageButtons({ wamid, buttons, onTap }: Props) {
  const [isBusy, setIsBusy] = useState(false);
  if (buttons.length === 0) return null;

  const tap = async (button: ChatButton) => {
    if (isBusy) return;
    setIsBusy(true);
    await onTap(wamid, button.id);
    setIsBusy(false);
  };

  return (
    <div className="message-buttons">
      {buttons.map((button) => (
        <button
          key={button.id}
          type="button"
          className={button.tapped ? 'tapped' : undefined}
          aria-disabled={isBusy}
          onClick={() => void tap(button)}
        >
          {button.tapped ? <DoneIcon /> : <ReplyIcon />}
          {button.title}
          {button.tapped && <span className="unseen"> (tapped)</span>}
        </button>
      ))}
    </div>
  );
}
