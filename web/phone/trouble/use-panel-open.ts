import { useCallback, useState } from 'react';

const KEY = 'interview-bot.trouble-panel';

/** `isAskedFor`: somebody opened it on this visit, and so looks for it. */
export type PanelOpen = {
  readonly isOpen: boolean;
  readonly isAskedFor: boolean;
  toggle(): void;
  close(): void;
};

/**
 * Whether the panel is open, remembered for the next visit. Where it would cover the phones it begins closed: the link
 * of a registration shall lead to a phone.
 */
export function usePanelOpen(coversPhones: boolean): PanelOpen {
  const [isOpen, setIsOpen] = useState(() => !coversPhones && wasOpen());
  const [isAskedFor, setIsAskedFor] = useState(false);

  const set = useCallback((open: boolean) => {
    setIsOpen(open);
    setIsAskedFor(open);
    remember(open);
  }, []);
  const close = useCallback(() => set(false), [set]);

  return { isOpen, isAskedFor, toggle: () => set(!isOpen), close };
}

function wasOpen(): boolean {
  try {
    return window.localStorage.getItem(KEY) === 'open';
  } catch {
    // Storage is forbidden in some private windows; then it begins closed.
    return false;
  }
}

function remember(isOpen: boolean): void {
  try {
    window.localStorage.setItem(KEY, isOpen ? 'open' : 'closed');
  } catch {
    // As above: nothing is lost but a convenience.
  }
}
