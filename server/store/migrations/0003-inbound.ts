import { type Kysely, sql } from 'kysely';

/** When people said that they want in, who a status is about, and whom we greeted that is no learner. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('learners').addColumn('confirmed_at', 'bigint').execute();
  await sql`
    update learners set confirmed_at = (
      select max(at) from consents where consents.learner_id = learners.id and consents.event = 'confirmed'
    )`.execute(db);

  await db.schema.alterTable('inbox').addColumn('line', 'text').execute();
  await db.schema
    .alterTable('inbox')
    .addColumn('as_stranger', 'smallint', (it) => it.notNull().defaultTo(0))
    .execute();

  await db.schema.alterTable('deliveries').addColumn('recipient_sealed', 'text').execute();

  await db.schema
    .createTable('strangers')
    .addColumn('address_hash', 'text', (it) => it.primaryKey())
    .addColumn('greeted_at', 'bigint')
    .addColumn('helped_at', 'bigint')
    .addColumn('silenced_at', 'bigint')
    .execute();
}
