import type { AccountTroubles } from '../../contract/switches.ts';
import { tierOf } from '../sending/limits.ts';
import { ACCOUNT_LANE, type Notification } from './notification.ts';

/** What Meta tells when the account changed so. Of a fall to YELLOW it says nothing. */
export function accountNotifications(
  before: Readonly<AccountTroubles>,
  after: Readonly<AccountTroubles>,
  about: { businessNumber: string; atSeconds: number },
): Notification[] {
  const base = { lane: ACCOUNT_LANE, entryTime: about.atSeconds };
  const tier = tierOf(after.recipientsPerDay);
  const news: Notification[] = [];
  if (before.recipientsPerDay !== after.recipientsPerDay) {
    news.push({
      ...base,
      kind: `account:${tier}`,
      field: 'business_capability_update',
      value: { max_daily_conversations_per_business: tier, max_phone_numbers_per_business: 2 },
    });
  }
  if ((before.quality === 'RED') !== (after.quality === 'RED')) {
    const event = after.quality === 'RED' ? 'FLAGGED' : 'UNFLAGGED';
    news.push({
      ...base,
      kind: `number:${event}`,
      field: 'phone_number_quality_update',
      value: {
        display_phone_number: about.businessNumber,
        event,
        max_daily_conversations_per_business: tier,
        current_limit: tier,
      },
    });
  }
  return news;
}
