import { useEffect, useState } from 'react';
import type { EmulatorView } from './emulator-view.ts';
import { type Connection, followEmulator } from './follow-emulator.ts';

/** The emulator as it stands now; `view` is null until it first answers. */
export function useEmulator(): { view: EmulatorView | null; connection: Connection } {
  const [view, setView] = useState<EmulatorView | null>(null);
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => followEmulator({ view: setView, connection: setConnection }), []);
  return { view, connection };
}
