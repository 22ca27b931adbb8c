import { useEffect, useRef } from 'react';
import { TroubleIcon } from '../icons.tsx';

type Props = {
  /** In words: what is amiss now. */
  troubles: readonly string[];
  isOpen: boolean;
  onClick: () => void;
};

/** Opens and closes the panel, and shows that something is amiss on purpose even while it is closed. */
export function TroubleButton({ troubles, isOpen, onClick }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);

  // The focus was in the panel, which is gone.
  useEffect(() => {
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);

  const isOn = troubles.length > 0;
  return (
    <button
      ref={button}
      type="button"
      className={isOn ? 'trouble-button trouble-on' : 'trouble-button'}
      aria-expanded={isOpen}
      aria-controls={isOpen ? 'trouble-panel' : undefined}
      title={isOn ? `On now: ${troubles.join(', ')}` : undefined}
      onClick={onClick}
    >
      <TroubleIcon />
      <span className="trouble-button-words">Make trouble</span>
      {isOn && (
        <span className="trouble-count">
          {troubles.length}
          <span className="trouble-button-words"> on</span>
        </span>
      )}
    </button>
  );
}
