import { type App, createApp } from '../../server/app.ts';
import type { Config } from '../../server/config.ts';
import { offer } from './offer.ts';

let app: App | null = null;

/** The service as it is, in a process of its own. */
export type ServiceOffers = typeof offers;

const offers = offer({
  async start(config: Config): Promise<{ url: string }> {
    app = await createApp(config);
    return app.start();
  },
  /** Looks at once for what became due. */
  async tick(): Promise<void> {
    await app?.tick();
  },
  /** What this process has computed so far: on a busy machine it tells more than the time that passed. */
  processorSeconds(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  },
});
