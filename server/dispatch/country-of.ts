import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Recipient } from '../channels/channel.ts';

/** Where a person's number is from, as WhatsApp judges it: `BR`. The +1 of Canada is not that of the United States. */
export function countryOf(recipient: Recipient): string | null {
  if (recipient.phone !== null) return parsePhoneNumberFromString(`+${recipient.phone}`)?.country ?? null;
  return recipient.bsuid?.slice(0, 2) ?? null;
}
