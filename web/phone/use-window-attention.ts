import { useSyncExternalStore } from 'react';

/** True while the window is in front and has the focus: only then has a person seen what it shows. */
export function useWindowAttention(): boolean {
  return useSyncExternalStore(onChange, () => !document.hidden && document.hasFocus());
}

function onChange(tell: () => void): () => void {
  window.addEventListener('focus', tell);
  window.addEventListener('blur', tell);
  document.addEventListener('visibilitychange', tell);
  return () => {
    window.removeEventListener('focus', tell);
    window.removeEventListener('blur', tell);
    document.removeEventListener('visibilitychange', tell);
  };
}
