/** One accepted `POST /messages`: what was asked, and how it went. */
export type SendRecord = {
  readonly wamid: string;
  /** Digits only; null when it went to a business-scoped id that no phone has. */
  readonly to: string | null;
  readonly bsuid: string | null;
  readonly type: string;
  /** As received. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly at: number;
  /** Keys of the request that Meta does not know, and ignores. */
  readonly unknownKeys: readonly string[];
  readonly callbackData: string | null;
  readonly templateName: string | null;
  /** Accepted, and kept back until Meta has seen enough of a new template. */
  readonly heldForQuality: boolean;
  /** Meta counts it: true of everything but reactions and what failed, the free thousand of a month included. */
  billable: boolean;
  outcome: 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  failureCode: number | null;
};
