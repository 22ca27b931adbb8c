import { Notices } from './notices.tsx';
import { Phones } from './phones.tsx';
import { useEmulator } from './use-emulator.ts';
import { useNotices } from './use-notices.ts';

/** The whole page. */
export function PhonePage() {
  const { view, connection } = useEmulator();
  const { notices, tell, dismiss } = useNotices();
  return (
    <>
      {view !== null && connection === 'lost' && (
        <p className="lost-banner" role="status">
          Connection lost. Trying again…
        </p>
      )}
      {view !== null && <Phones view={view} tell={tell} />}
      {view === null && (
        <main className="page-message">
          <h1>Interview Bot · practice phones</h1>
          <p role="status">
            {connection === 'lost' ? 'The emulator does not answer. Trying again…' : 'Connecting…'}
          </p>
        </main>
      )}
      <Notices notices={notices} onDismiss={dismiss} />
    </>
  );
}
