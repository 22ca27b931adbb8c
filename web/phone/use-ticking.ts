import { useSyncExternalStore } from 'react';

/** A value that time changes, read anew every second; the component renders again only when it differs. */
export function useTicking<T extends string | number | boolean>(read: () => T): T {
  return useSyncExternalStore(everySecond, read);
}

function everySecond(tick: () => void): () => void {
  const timer = window.setInterval(tick, 1000);
  return () => window.clearInterval(timer);
}
