import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ChatMessage } from '../../contract/phone.ts';

/** So close to the end that a person means the end. */
const NEAR_PX = 48;

/**
 * Keeps a chat scrolled to its end, unless its reader has scrolled up. `below` is how many messages have arrived
 * beneath what is read, null while the end is in view.
 */
export function useStickToLatest(
  log: RefObject<HTMLElement | null>,
  messages: readonly ChatMessage[],
): { below: number | null; jump: () => void; onScroll: () => void } {
  const atEnd = useRef(true);
  const [seenCount, setSeenCount] = useState<number | null>(null);
  const latest = messages.at(-1)?.wamid;
  const latestOwn = messages.findLast((message) => message.from === 'learner')?.wamid;

  const jump = useCallback(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [log]);

  const onScroll = () => {
    const element = log.current;
    if (element === null) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    setSeenCount((seen) => (atEnd.current ? null : (seen ?? messages.length)));
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is the occasion, not an input.
  useLayoutEffect(() => {
    if (atEnd.current) jump();
  }, [latest, jump]);

  // Whoever writes wants to see what comes of it. On its own, because the answer may arrive in the same moment.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useLayoutEffect(jump, [latestOwn, jump]);

  // The chat also grows and shrinks without a message: a reason opens, the keyboard comes, the typing dots appear.
  useEffect(() => {
    if (log.current === null) return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) jump();
    });
    observer.observe(log.current);
    for (const child of log.current.children) observer.observe(child);
    return () => observer.disconnect();
  }, [log, jump]);

  return { below: seenCount === null ? null : messages.length - seenCount, jump, onScroll };
}
