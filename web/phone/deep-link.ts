/** `/?to=<business digits>&text=<message>`: in the demo, what a `wa.me` link is on a real phone. */
export type DeepLink = { readonly to: string; readonly text: string };

export function readDeepLink(search: string): DeepLink | null {
  const query = new URLSearchParams(search);
  const to = query.get('to')?.replace(/\D/g, '') ?? '';
  return to === '' ? null : { to, text: query.get('text') ?? '' };
}

/** Takes the link out of the address bar, so that loading the page again does not offer its message again. */
export function forgetDeepLink(): void {
  window.history.replaceState(null, '', window.location.pathname);
}
