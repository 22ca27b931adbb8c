import type { EmulatorState, MoveClock, NewPhone, Phone, SayText, TapButton } from '../../contract/phone.ts';

/** `failed` says in plain words what went wrong, to be shown as it is. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly why: string };

export const EVENTS_PATH = '/__emulator/events';

export function fetchState(): Promise<Outcome<EmulatorState>> {
  return call('GET', 'state');
}

export function makePhone(phone: NewPhone): Promise<Outcome<Phone>> {
  return call('POST', 'phones', phone);
}

export function say(number: string, text: SayText): Promise<Outcome<{ wamid: string }>> {
  return call('POST', `phones/${number}/say`, text);
}

export function tap(number: string, button: TapButton): Promise<Outcome<{ wamid: string }>> {
  return call('POST', `phones/${number}/tap`, button);
}

export function markRead(number: string): Promise<Outcome<{ ok: true }>> {
  return call('POST', `phones/${number}/read`, {});
}

export function moveClock(move: MoveClock): Promise<Outcome<{ now: number }>> {
  return call('POST', 'clock', move);
}

const SILENCE = 'The emulator does not answer. Is it still running?';
const TIMEOUT_MS = 20_000;

/** Asks the emulator for anything below `/__emulator/`. */
export async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Outcome<T>> {
  try {
    const response = await fetch(`/__emulator/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return { kind: 'failed', why: await reasonOf(response) };
    // The emulator that answers also served this page, and both compile against contract/phone.ts.
    const value: T = await response.json();
    return { kind: 'done', value };
  } catch {
    return { kind: 'failed', why: SILENCE };
  }
}

async function reasonOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string')
    return asSentence(body.error);
  return `The emulator answered with an error (${response.status}).`;
}

function asSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;
}
