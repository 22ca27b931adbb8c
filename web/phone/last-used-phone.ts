const KEY = 'interview-bot.last-used-phone';

/** The phone last written on, over all tabs: a confirmation link opens in a tab of its own. */
export function lastUsedPhone(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    // Storage is forbidden in some private windows; then we ask each time.
    return null;
  }
}

export function rememberPhone(number: string): void {
  try {
    window.localStorage.setItem(KEY, number);
  } catch {
    // As above: nothing is lost but a convenience.
  }
}
