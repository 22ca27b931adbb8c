import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { PATIENCE_MS } from './patience.ts';

/** Where the browser for tests of pages is, or null on a machine without one. */
export function chromiumPath(): string | null {
  return PLACES.find((place) => place !== undefined && existsSync(place)) ?? null;
}

/**
 * Whether tests of pages are left out, with the reason for people to read. In CI nothing is left out: there a
 * missing browser must fail, by `launchChromium`.
 */
export function withoutChromium(): string | null {
  const missing = chromiumPath() === null && process.env.CI === undefined;
  return missing ? MISSING : null;
}

/** A browser that talks to nobody but the test. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(MISSING);
  return chromium.launch({ executablePath, args: [...QUIET] });
}

/** Somebody's browser of their own, in a test with the patience of all others: half a minute is not always enough. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

const MISSING =
  'Tests in a browser need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.';

const QUIET = [
  // Containers run as root, where Chromium's sandbox does not start.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;
