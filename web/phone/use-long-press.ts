import { type PointerEvent, useRef } from 'react';

const LONG_MS = 450;

/** Handlers for a finger held still. A mouse has the button that appears on hover instead. */
export function useLongPress(onLongPress: () => void) {
  const timer = useRef<number | undefined>(undefined);
  const cancel = () => window.clearTimeout(timer.current);
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType === 'touch') timer.current = window.setTimeout(onLongPress, LONG_MS);
    },
    onPointerUp: cancel,
    // The browser takes the finger over when it begins to scroll.
    onPointerCancel: cancel,
    onPointerLeave: cancel,
  };
}
