import type { Writer } from './store.ts';

/** One more date on which nothing reached the learner; how many different ones there are since something did. */
export async function recordUndeliverable(tx: Writer, learnerId: string, localDate: string): Promise<number> {
  await tx.q
    .insertInto('undeliverable_days')
    .values({ learner_id: learnerId, local_date: localDate })
    .onConflict((oc) => oc.columns(['learner_id', 'local_date']).doNothing())
    .execute();
  const row = await tx.q
    .selectFrom('undeliverable_days')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('learner_id', '=', learnerId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Something got through. */
export async function forgetUndeliverable(tx: Writer, learnerId: string): Promise<void> {
  await tx.q.deleteFrom('undeliverable_days').where('learner_id', '=', learnerId).execute();
}
