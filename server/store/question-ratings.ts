import type { Reader, Writer } from './store.ts';

const MINUTES = 60 * 1000;

/** A few answers more would hardly change which question is chosen. */
const REMEMBERED_MS = 5 * MINUTES;

/** What answers have taught us of the questions, by slug; of one that nobody answered, nothing. */
export type QuestionRatings = (db: Reader) => Promise<ReadonlyMap<string, number>>;

/** Read now and then only: every question of a morning is chosen by them. */
export function rememberRatings({ now }: { now: () => number }): QuestionRatings {
  let remembered: { readonly ratings: ReadonlyMap<string, number>; readonly until: number } | null = null;
  return async (db) => {
    if (remembered !== null && now() < remembered.until) return remembered.ratings;
    const rows = await db.q.selectFrom('question_ratings').select(['slug', 'rating']).execute();
    const ratings = new Map(rows.map((row) => [row.slug, row.rating]));
    remembered = { ratings, until: now() + REMEMBERED_MS };
    return ratings;
  };
}

/** Added up by the database: of two that answer at once both count. `answers` is 0 when one is graded again. */
export async function changeRating(
  tx: Writer,
  it: { slug: string; startsAt: number; change: number; answers: 0 | 1 },
): Promise<void> {
  const { slug, startsAt, change, answers } = it;
  await tx.q
    .insertInto('question_ratings')
    .values({ slug, rating: startsAt + change, answers })
    .onConflict((oc) =>
      oc.column('slug').doUpdateSet((eb) => ({
        rating: eb('question_ratings.rating', '+', change),
        answers: eb('question_ratings.answers', '+', answers),
      })),
    )
    .execute();
}
