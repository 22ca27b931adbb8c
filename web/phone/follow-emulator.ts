import type { PhoneEvent } from '../../contract/phone.ts';
import { EVENTS_PATH, fetchState } from './emulator-api.ts';
import { afterEvent, type EmulatorView, viewOf } from './emulator-view.ts';
import { fetchSwitches } from './trouble/trouble-api.ts';

export type Connection = 'connecting' | 'live' | 'lost';

const TRY_AGAIN_AFTER_MS = 1500;

/**
 * Keeps telling how the emulator stands, until the returned function is called. After every interruption the whole
 * state is fetched anew: events that fell into the gap are not repeated.
 */
export function followEmulator(tell: {
  view: (view: EmulatorView) => void;
  connection: (connection: Connection) => void;
}): () => void {
  let view: EmulatorView | null = null;
  let source: EventSource | null = null;
  /** Events that came while the state was on its way; they may be older or newer than it. */
  let waiting: PhoneEvent[] | null = [];
  let fetches = 0;
  let retry: number | undefined;

  const hear = (event: PhoneEvent) => {
    if (waiting !== null || view === null) {
      waiting?.push(event);
      return;
    }
    const next = afterEvent(view, event, Date.now());
    if (next === 'refetch') {
      void refetch();
      return;
    }
    view = next;
    tell.view(view);
  };

  const refetch = async () => {
    fetches += 1;
    const mine = fetches;
    waiting = [];
    const [state, switches] = await Promise.all([fetchState(), fetchSwitches()]);
    if (mine !== fetches) return;
    if (state.kind === 'failed' || switches.kind === 'failed') {
      reconnectLater();
      return;
    }
    view = viewOf(state.value, switches.value, Date.now());
    const missed: PhoneEvent[] = waiting;
    waiting = null;
    tell.view(view);
    tell.connection('live');
    missed.forEach(hear);
  };

  const connect = () => {
    disconnect();
    source = new EventSource(EVENTS_PATH);
    source.onopen = () => void refetch();
    source.onmessage = ({ data }) => hear(JSON.parse(data));
    source.onerror = reconnectLater;
  };

  /** By hand: a browser gives up for good when the answer was an error, and waits as long as it likes otherwise. */
  const reconnectLater = () => {
    disconnect();
    tell.connection('lost');
    retry = window.setTimeout(connect, TRY_AGAIN_AFTER_MS);
  };

  const disconnect = () => {
    fetches += 1;
    window.clearTimeout(retry);
    source?.close();
    source = null;
  };

  /**
   * Browsers allow six connections to one origin, and every link of a registration opens one more tab of this page:
   * a tab that nobody sees must not hold one, or the seventh would load for ever.
   */
  const followWhenSeen = () => {
    if (document.hidden) disconnect();
    else connect();
  };

  document.addEventListener('visibilitychange', followWhenSeen);
  followWhenSeen();
  return () => {
    document.removeEventListener('visibilitychange', followWhenSeen);
    disconnect();
  };
}
