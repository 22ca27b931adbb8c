/** Where notifications go and which. Both halves are needed, and both are forgotten often in real set-ups. */
export type Subscription = ReturnType<typeof createSubscription>;

const EVERY_FIELD = 'every-field';

export function createSubscription(initialUrl: string | null) {
  let callbackUrl = initialUrl;
  let fields: readonly string[] | typeof EVERY_FIELD = EVERY_FIELD;
  let accountSubscribed = initialUrl !== null;

  return {
    callbackUrl: () => callbackUrl,
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
      callbackUrl !== null && accountSubscribed && (fields === EVERY_FIELD || fields.includes(field)),
  };
}
