/** Troubles to switch on while a test runs; they count from the next delivery on. */
export type WebhookSwitches = {
  /** Every delivery arrives twice. */
  duplicate: boolean;
  /** No order, neither between learners nor within one. */
  shuffle: boolean;
  /** How many notifications may share one request. */
  batch: number;
  /** Nothing leaves until this is off again. */
  hold: boolean;
  badSignature: boolean;
  missingSignature: boolean;
};

export const NO_TROUBLE: WebhookSwitches = {
  duplicate: false,
  shuffle: false,
  batch: 1,
  hold: false,
  badSignature: false,
  missingSignature: false,
};
