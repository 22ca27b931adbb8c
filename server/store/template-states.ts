import type { TemplateNews } from '../channels/channel.ts';
import type { Events } from '../events.ts';
import type { LeaveJob } from '../jobs.ts';
import { closeStoppage, templateGroup } from './stoppages.ts';
import type { Reader, Writer } from './store.ts';
import type { HeldFor, TemplatesTable } from './tables.ts';
import { endTrouble, raiseTrouble } from './troubles.ts';

/** What we know of one template in one language; null: nothing yet. */
export async function templateState(
  db: Reader,
  name: string,
  languageCode: string,
): Promise<Pick<TemplatesTable, 'state' | 'category'> | null> {
  const row = await db.q
    .selectFrom('templates')
    .select(['state', 'category'])
    .where('name', '=', name)
    .where('language_code', '=', languageCode)
    .executeTakeFirst();
  return row ?? null;
}

/** Not known yet counts as usable: Meta tells us soon enough, and a morning must not wait for a missing webhook. */
export function isUsable(state: string | null): boolean {
  return state === null || !UNUSABLE.has(state);
}

const UNUSABLE: ReadonlySet<string> = new Set([
  'REJECTED',
  'PAUSED',
  'DISABLED',
  'DELETED',
  'PENDING_DELETION',
  'ARCHIVED',
  'LIMIT_EXCEEDED',
]);

/**
 * Brings the books up to date with what Meta says of a template, raises one alert when it can no longer do its work
 * as planned, and lets go what waited for it when it can.
 */
export async function recordTemplateNews(
  tx: Writer,
  it: { news: TemplateNews; leave: LeaveJob; events: Events; now: number },
): Promise<void> {
  const { news, leave, events, now } = it;
  await writeNews(tx, news);
  const row = await tx.q
    .selectFrom('templates')
    .selectAll()
    .where('name', '=', news.name)
    .where('language_code', '=', news.languageCode)
    .executeTakeFirstOrThrow();
  const cause = `template:${news.name}:${news.languageCode}`;
  const sentence = whatIsWrong(row);
  if (sentence === null) await endTrouble(tx, cause);
  else {
    const trouble = { cause, about: 'templates', sentence, detail: row.reason, endsAt: null };
    await raiseTrouble(tx, events, trouble, now);
  }
  // Approval ends what a refusal of this template has begun, and whatever waits for a template may try again.
  if (!isUsable(row.state)) return;
  await closeStoppage(tx, leave, `template:${news.name}:${news.languageCode}`);
  const waitsInUs: HeldFor = `${templateGroup(news.name, news.languageCode)}:US`;
  await leave(tx, 'release-held', { heldFor: waitsInUs }, { key: waitsInUs });
}

/** State and category are told apart from each other and in any order: each has its own newest word. */
async function writeNews(tx: Writer, news: TemplateNews): Promise<void> {
  await tx.q
    .insertInto('templates')
    .values({
      name: news.name,
      language_code: news.languageCode,
      state: null,
      category: null,
      reason: null,
      changed_at: 0,
      category_at: 0,
    })
    .onConflict((oc) => oc.columns(['name', 'language_code']).doNothing())
    .execute();
  const row = tx.q
    .updateTable('templates')
    .where('name', '=', news.name)
    .where('language_code', '=', news.languageCode);
  if (news.state !== null) {
    await row
      .set({ state: news.state, reason: news.reason, changed_at: news.at })
      .where('changed_at', '<=', news.at)
      .execute();
  }
  if (news.category !== null) {
    await row
      .set({ category: news.category, category_at: news.at })
      .where('category_at', '<=', news.at)
      .execute();
  }
}

function whatIsWrong(row: TemplatesTable): string | null {
  const template = `Template ${row.name} (${row.language_code})`;
  if (!isUsable(row.state)) {
    return `${template} is ${row.state}: messages go out in another form or wait; run npm run bot -- templates status and mend it in WhatsApp Manager.`;
  }
  if (row.category === 'MARKETING') {
    return `Meta moved ${template.replace('T', 't')} to MARKETING: it costs more, is withheld from some people and never reaches US numbers; ask for a review in WhatsApp Manager within 60 days.`;
  }
  return null;
}
