import type { PretendPhone } from '../phones/pretend-phone.ts';
import type { Pricing } from './pricing.ts';
import type { SendRecord } from './send-record.ts';

/** An accepted message on its way, with what its statuses repeat. */
export type Underway = {
  readonly record: SendRecord;
  /** Null when nobody has that number or id. */
  readonly phone: PretendPhone | null;
  readonly sentToBsuid: boolean;
  /** What Meta charges it as: `service`, or the category of the template. */
  readonly category: string;
  pricing: Pricing | null;
  pricingToldOnArrival: boolean;
  /** Read on the phone before Meta reported it as sent: the statuses keep their order all the same. */
  openedEarly: boolean;
};
