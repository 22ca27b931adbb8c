import type { WhatsAppConfig } from '../config.ts';

/** Why Meta could not bring notifications to this address, as a sentence; null when it can. */
export function unfitForWebhooks(it: { publicUrl: string; whatsapp: WhatsAppConfig }): string | null {
  const url = new URL(it.publicUrl);
  if (isLoopback(url.hostname)) {
    // An emulator on this machine reaches what is on this machine.
    if (isLoopback(new URL(it.whatsapp.apiBaseUrl).hostname)) return null;
    return `PUBLIC_URL is ${it.publicUrl}, which only this machine can reach: Meta brings its notifications from outside.`;
  }
  if (url.protocol === 'https:') return null;
  return `PUBLIC_URL is ${it.publicUrl}, which is not https: Meta brings notifications to no other.`;
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
