import type { Selectable } from 'kysely';
import type { AskedBefore } from '../../interview/choosing.ts';
import { questionIn } from '../../interview/question.ts';
import type { AskedQuestion } from '../../interview/scene.ts';
import type { Bank } from '../bank.ts';
import type { Reader, Writer } from './store.ts';
import type { AskedQuestionsTable } from './tables.ts';

export async function newestAsked(db: Reader, bank: Bank, learnerId: string): Promise<AskedQuestion | null> {
  const row = await newestRow(db, learnerId);
  return row === undefined ? null : askedFrom(bank, row);
}

/** Meta's clock, by which people say things, and ours, by which we ask, may differ by so much. */
const CLOCKS_DIFFER_MS = 2 * 60 * 1000;

/**
 * The newest, and the one that waits before the learner's eyes: the newest, or an older one shown after it was asked.
 * Of the moment at which something was said, where something was; `askedSince` tells that there is a newer one.
 */
export async function newestAndOpen(
  db: Reader,
  bank: Bank,
  learnerId: string,
  saidAt: number | null,
): Promise<{ newest: AskedQuestion | null; open: AskedQuestion | null; askedSince: boolean }> {
  const very = await newestRow(db, learnerId);
  const until = saidAt === null ? null : saidAt + CLOCKS_DIFFER_MS;
  const askedSince = until !== null && very !== undefined && very.asked_at > until;
  const newest = askedSince ? await newestRow(db, learnerId, until) : very;
  if (newest === undefined) return { newest: null, open: null, askedSince };
  const shownSince = await db.q
    .selectFrom('asked_questions')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('state', '=', 'asked')
    .where('id', '!=', newest.id)
    .where('asked_at', '<=', newest.asked_at)
    .where('shown_at', '>', newest.shown_at ?? newest.asked_at)
    .orderBy('shown_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const open = shownSince ?? (newest.state === 'asked' ? newest : undefined);
  return {
    newest: askedFrom(bank, newest),
    open: open === undefined ? null : askedFrom(bank, open),
    askedSince,
  };
}

function newestRow(db: Reader, learnerId: string, until: number | null = null) {
  return db.q
    .selectFrom('asked_questions')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .$if(until !== null, (query) => query.where('asked_at', '<=', until ?? 0))
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Only a question that was asked of this learner: ids travel in buttons, and buttons can be forwarded. */
export async function askedById(
  db: Reader,
  bank: Bank,
  id: string,
  learnerId: string,
): Promise<AskedQuestion | null> {
  const row = await db.q
    .selectFrom('asked_questions')
    .selectAll()
    .where('id', '=', id)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row === undefined ? null : askedFrom(bank, row);
}

/** The question that one of our messages brought or was about; `gone` when that one has left the bank. */
export async function askedByMessage(
  db: Reader,
  bank: Bank,
  channelId: string,
  learnerId: string,
): Promise<AskedQuestion | 'gone' | null> {
  const row = await db.q
    .selectFrom('messages')
    .innerJoin('asked_questions', 'asked_questions.id', 'messages.asked_id')
    .selectAll('asked_questions')
    .where('messages.channel_id', '=', channelId)
    .where('messages.learner_id', '=', learnerId)
    .executeTakeFirst();
  return row === undefined ? null : (askedFrom(bank, row) ?? 'gone');
}

/** The date of the last daily question (slot 0), and how many further ones a date has seen (slots 1 and up). */
export async function askedOn(
  db: Reader,
  learnerId: string,
  localDate: string,
): Promise<{ lastDailyOn: string | null; extrasToday: number }> {
  const row = await db.q
    .selectNoFrom((eb) => [
      eb
        .selectFrom('asked_questions')
        .select((it) => it.fn.max('local_date').as('date'))
        .where('learner_id', '=', learnerId)
        .where('slot', '=', 0)
        .as('date'),
      eb
        .selectFrom('asked_questions')
        .select((it) => it.fn.max('slot').as('slot'))
        .where('learner_id', '=', learnerId)
        .where('local_date', '=', localDate)
        .as('slot'),
    ])
    .executeTakeFirst();
  return { lastDailyOn: row?.date ?? null, extrasToday: row?.slot ?? 0 };
}

/** Everything a learner was asked, oldest first. */
export async function askedBefore(db: Reader, learnerId: string): Promise<AskedBefore[]> {
  const rows = await db.q
    .selectFrom('asked_questions')
    .select(['slug', 'asked_at', 'coverage', 'recalls_slug'])
    .where('learner_id', '=', learnerId)
    .orderBy('asked_at')
    .execute();
  return rows.map((row) => ({
    slug: row.slug,
    askedAt: row.asked_at,
    coverage: row.coverage,
    recalls: row.recalls_slug !== null,
  }));
}

/**
 * It is asked again, so that it was asked before that instant says nothing more. With it go the messages about it; where
 * an answer to it has come late and is still of use, it stays.
 */
export async function forgetAskedBefore(
  tx: Writer,
  it: { learnerId: string; slug: string; before: number },
): Promise<void> {
  await tx.q
    .deleteFrom('asked_questions')
    .where('learner_id', '=', it.learnerId)
    .where('asked_at', '<', it.before)
    .where('slug', '=', it.slug)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('answers')
            .select('answers.id')
            .whereRef('answers.asked_id', '=', 'asked_questions.id'),
        ),
      ),
    )
    .execute();
}

/** Null when the question has left the bank: what was asked about it can no longer be answered. */
export function askedFrom(bank: Bank, row: Selectable<AskedQuestionsTable>): AskedQuestion | null {
  const question = bank.find(row.slug);
  if (question === null) return null;
  return {
    id: row.id,
    question: questionIn(question, row.language),
    localDate: row.local_date,
    state: row.state,
    shown: row.shown_at !== null,
  };
}
