/** Where notifications go and which. Both halves are needed, and both are forgotten often in real set-ups. */
export type Subscription = ReturnType<typeof createSubscription>;

/** Who may want another address than the app's. The number's wish goes before the account's. */
export type Overrider = 'account' | 'number';

const EVERY_FIELD = 'every-field';

export function createSubscription(initialUrl: string | null) {
  let callbackUrl = initialUrl;
  let fields: readonly string[] | typeof EVERY_FIELD = EVERY_FIELD;
  let accountSubscribed = initialUrl !== null;
  const overrides: Record<Overrider, string | null> = { account: null, number: null };
  const destination = () => overrides.number ?? overrides.account ?? callbackUrl;

  return {
    /** The app's own address, whoever overrides it. */
    callbackUrl: () => callbackUrl,
    /** Where notifications go in the end. */
    destination,
    overrideOf: (whose: Overrider) => overrides[whose],
    /** `override_callback_uri`, as the account or the number wishes; null takes it back. */
    override(whose: Overrider, url: string | null): void {
      overrides[whose] = url;
    },
    fields: () => (fields === EVERY_FIELD ? ['messages'] : fields),
    accountSubscribed: () => accountSubscribed,
    /** A short cut past the set-up calls: everything goes there from now on. */
    sendEverythingTo(url: string): void {
      callbackUrl = url;
      fields = EVERY_FIELD;
      accountSubscribed = true;
    },
    /** `POST /{app}/subscriptions`: the app's half. */
    setCallback(url: string, chosen: readonly string[]): void {
      callbackUrl = url;
      fields = chosen;
    },
    /** `POST /{account}/subscribed_apps`: the account's half. */
    subscribeAccount(wanted: boolean): void {
      accountSubscribed = wanted;
    },
    wants: (field: string) =>
      destination() !== null && accountSubscribed && (fields === EVERY_FIELD || fields.includes(field)),
  };
}
