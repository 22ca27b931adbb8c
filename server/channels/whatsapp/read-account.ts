import type { AccountReading } from '../channel.ts';
import type { Management } from './management/management.ts';
import { readDailyLimit } from './read-daily-limit.ts';

/** How number, account and templates stand at Meta. Each of the three is asked for itself: one refusal hides no other. */
export async function readAccount(management: Management): Promise<AccountReading> {
  const [number, account, templates] = await Promise.all([
    management.number(),
    management.account(),
    management.templates(),
  ]);
  return {
    dailyLimit: number.kind === 'known' ? readDailyLimit(number.value.tier) : null,
    quality: number.kind === 'known' ? number.value.quality : null,
    hasPaymentMethod: account.kind === 'known' ? account.value.fundingId !== null : null,
    templates:
      templates.kind === 'known'
        ? templates.value.map((it) => ({
            name: it.name,
            languageCode: it.languageCode,
            state: it.status,
            category: it.category,
            reason: it.rejectedReason,
          }))
        : [],
  };
}
