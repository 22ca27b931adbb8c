import closeWithGrace from 'close-with-grace';
import { createApp } from './app.ts';
import type { Config } from './config.ts';

const SECONDS = 1000;

/** Runs the real service until it is told to stop. */
export async function runService(config: Config): Promise<void> {
  const app = await createApp(config);
  const { url } = await app.start();
  // Templates that are there already stay as they are; the others go into review.
  if (config.whatsapp.businessAccountId !== null) void app.submitTemplates();
  console.log(`${config.businessName} is listening on ${url} (${config.publicUrl})`);
  // Longer than any request to a model may take; what is cut off all the same is a job and runs at the next start.
  closeWithGrace({ delay: 30 * SECONDS }, () => app.stop());
}
