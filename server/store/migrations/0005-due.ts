import { type Kysely, sql } from 'kysely';

/** Thousands are due in the same minute: without the id in the index each page of them is sorted out of all the others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('learners_due').execute();
  await db.schema
    .createIndex('learners_due')
    .on('learners')
    .columns(['next_ask_at', 'id'])
    .where(sql.ref('next_ask_at'), 'is not', null)
    .execute();
}
