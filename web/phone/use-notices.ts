import { useCallback, useState } from 'react';

/** Something to tell the person at the page, for a while. */
export type Notice = { readonly id: number; readonly kind: 'trouble' | 'news'; readonly text: string };

const SHOWN_FOR_MS = { trouble: 12_000, news: 4_000 } as const;

export function useNotices(): {
  notices: readonly Notice[];
  tell: (kind: Notice['kind'], text: string) => void;
  dismiss: (id: number) => void;
} {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const dismiss = useCallback((id: number) => setNotices((all) => all.filter((it) => it.id !== id)), []);
  const tell = useCallback(
    (kind: Notice['kind'], text: string) => {
      const notice: Notice = { id: performance.now(), kind, text };
      // News makes older news out of date, and the same trouble told twice is one trouble.
      setNotices((all) => [...all.filter((it) => it.kind === 'trouble' && it.text !== text), notice]);
      window.setTimeout(() => dismiss(notice.id), SHOWN_FOR_MS[kind]);
    },
    [dismiss],
  );
  return { notices, tell, dismiss };
}
